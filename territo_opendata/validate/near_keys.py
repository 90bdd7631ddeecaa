"""What a reference to nothing may have meant: the key that it misspells, or whose name it gives."""

from collections.abc import Iterator

from territo_opendata.reference.names import fold
from territo_opendata.tables.table import open_table
from territo_opendata.validate.headers import match_header
from territo_opendata.validate.inputs import TableInput

_MOST_ROWS = 20_000
"""Beyond so many rows, a table has names that are alike, and comparing takes too long."""

_MOST_ASKED = 100
"""How many different values are looked up in a run: each is compared with many keys."""

_SHORTEST_TYPED = 4
_LONGEST = 200
"""Characters beyond which a text stands for no key: folding a hostile cell would take seconds."""

_NAMES = frozenset(
    {"acronyme", "intitule", "label", "libelle", "name", "nom", "sigle", "title", "titre"}
)
"""The fields whose text stands for the key of its row in the mouth of people."""


class NearKeys:
    """The keys of a table and the texts beside them, read when first asked."""

    def __init__(self, table: TableInput, field: str) -> None:
        self._table = table
        self._field = field
        self._keys: dict[str, str | None] | None = None
        self._initials: dict[str, list[str]] = {}
        self._asked: dict[str, str | None] = {}

    def of(self, value: str) -> str | None:
        """Return the one key meant by `value`, None when there is none or it is not clear."""
        if len(value) > _LONGEST:
            return None
        if value not in self._asked:
            if len(self._asked) >= _MOST_ASKED:
                return None
            self._asked[value] = self._find(value)
        return self._asked[value]

    def _find(self, value: str) -> str | None:
        if self._keys is None:
            self._keys = self._read()
            for text in self._keys:
                self._initials.setdefault(text[0], []).append(text)
        wanted = fold(value)
        if wanted in self._keys:
            return self._keys[wanted]
        from territo_opendata.fixes.enums import one_edit_apart

        # Between numbers and between short words, one character is all the difference there is.
        if len(wanted) < _SHORTEST_TYPED or any(char.isdigit() for char in wanted):
            return None
        alike = [text for text in self._initials.get(wanted[0], ()) if one_edit_apart(wanted, text)]
        meant = {self._keys[text] for text in alike}
        return meant.pop() if len(meant) == 1 else None

    def _read(self) -> dict[str, str | None]:
        """Return the key by each folded text that stands for it; None for one of several rows."""
        keys: dict[str, str | None] = {}
        for number, (key, texts) in enumerate(self._rows()):
            if number == _MOST_ROWS:
                return {}
            for text in {fold(each) for each in texts} - {""}:
                keys[text] = key if keys.setdefault(text, key) == key else None
        return keys

    def _rows(self) -> Iterator[tuple[str, list[str]]]:
        """Yield the key of each row, and it with the names beside it."""
        table = self._table
        opened = open_table(table.source, table.dialect, table.encoding)
        matched = match_header(
            table.schema, opened.header.labels, ignore_case=not table.dialect.header_case
        )
        names = [each.name for each in matched.fields]
        if self._field not in names:
            return
        key = names.index(self._field)
        told = [place for place, name in enumerate(names) if fold(name) in _NAMES or place == key]
        for chunk in opened.chunks():
            for cells in chunk.cells:
                if key < len(cells) and cells[key]:
                    yield cells[key], [cells[place] for place in told if place < len(cells)]
