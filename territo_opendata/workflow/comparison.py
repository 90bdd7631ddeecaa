"""Two things that the user names, compared; and a release with what is published of it."""

import dataclasses
import datetime as dt
import os
from collections.abc import Iterator
from dataclasses import dataclass

from territo_opendata import project
from territo_opendata.compare import (
    Comparison,
    PackageSide,
    changelog_entry,
    compare_packages,
    comparison_level,
    is_enough,
    least_version,
    reason_lines,
)
from territo_opendata.errors import DescriptorError, MismatchError, MissingFileError, RefusedError
from territo_opendata.language import LANGUAGES, Language, Text, visible
from territo_opendata.publish import Plan, Target
from territo_opendata.release.names import version_key
from territo_opendata.tables.spool import DEFAULT_LIMIT, Spool
from territo_opendata.validate.inputs import Progress
from territo_opendata.workflow.published import PublishedSource
from territo_opendata.workflow.sides import is_table, package_side, source_side
from territo_opendata.workflow.single_tables import TableChoice, matched, only, table_side
from territo_opendata.workflow.validation import silent


@dataclass(frozen=True, slots=True)
class Asked:
    """What to compare, and how.

    `old` and `new` are each a table, a folder, a descriptor, an address or a portal's dataset;
    `schema` and `sheet` are those of tables named by their file, `key` pairs rows where no
    primary key does. `limit` caps the lists of rows, `max_size` (bytes) what is fetched.
    """

    old: str
    new: str
    schema: str | None = None
    sheet: str | None = None
    key: tuple[str, ...] = ()
    limit: int = 20
    max_size: int = DEFAULT_LIMIT


def compare(asked: Asked, *, progress: Progress = silent) -> Comparison:
    """Return what differs. Raises UsageError, MissingFileError, DescriptorError, RemoteError."""
    with Spool(asked.max_size) as spool:
        old, new = _sides(asked, spool)
        return compare_packages(old, new, key=asked.key, limit=asked.limit, progress=progress)


def _sides(asked: Asked, spool: Spool) -> tuple[PackageSide, PackageSide]:
    known = project.resolve_schema(asked.schema) if asked.schema is not None else None
    choice = TableChoice(known, asked.sheet)
    single = [is_table(place) for place in (asked.old, asked.new)]
    old, new = (
        table_side(place, choice, spool) if alone else package_side(place, spool)
        for place, alone in zip((asked.old, asked.new), single, strict=True)
    )
    if single == [True, True]:
        if new.tables[0].schema is None and old.tables[0].schema is not None:
            return old, matched(new, old)
        return matched(old, new), new
    if single == [True, False]:
        old = matched(old, new)
        return old, only(new, old.tables[0].name)
    if single == [False, True]:
        new = matched(new, old)
        return only(old, new.tables[0].name), new
    return old, new


def today() -> dt.date:
    """Return the day of a changelog entry: SOURCE_DATE_EPOCH (reproducible-builds.org), else today."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if epoch.isascii() and epoch.isdecimal() and len(epoch) < 12:
        return dt.datetime.fromtimestamp(int(epoch), dt.UTC).date()
    return dt.datetime.now(dt.UTC).date()


def check_version(plan: Plan, target: Target, key: tuple[str, ...] = ()) -> None:
    """Raise RefusedError when the release's version is too low for what it changes at the target.

    It is compared with the package that is published there: its descriptor, and the tables whose
    digests differ; `key` pairs rows as it does for `compare`. A consent to any version ("version"), a plan that changes nothing and a first
    publication need no look.
    """
    if plan.empty or "version" in plan.given:
        return
    with Spool() as spool:
        try:
            published = source_side(PublishedSource(target, plan.name), spool)
        except (MissingFileError, DescriptorError, MismatchError):
            return  # nothing there that a reader could use: publishing mends it
        if version_key(plan.version) < version_key(str(published.title.version)):
            return  # an older version needs the same consent, and the plan itself says so
        release = package_side(plan.release, spool)
        if not target.address.startswith("folder:"):
            release = _as_taken(release, published)
        found = compare_packages(published, release, key=key, limit=0)
    level = comparison_level(found)
    if is_enough(found.old.version, plan.version, level) is False:
        raise _too_low(found)


def _as_taken(release: PackageSide, published: PackageSide) -> PackageSide:
    """Return the release without the files that a portal lacks: it may not take their format."""
    names = {each.name for each in published.files}
    files = tuple(each for each in release.files if each.name in names)
    return dataclasses.replace(release, files=files)


def _too_low(found: Comparison) -> RefusedError:
    texts = {language: _refusal(found, language) for language in LANGUAGES}
    return RefusedError(texts["fr"], texts["en"])


def _unpaired(found: Comparison, language: Language) -> Iterator[str]:
    """Yield that rows which only changed count as removed and added, where nothing tells them."""
    rows = ((each.name, each.rows) for each in found.tables if each.rows)
    names = [visible(name) for name, each in rows if not each.key and each.added and each.removed]
    if names:
        listed = ", ".join(names)
        yield Text(
            f"Sans identifiant déclaré ({listed}), une ligne modifiée compte comme une ligne retirée "
            "et une ligne ajoutée\u00a0: si une colonne les distingue, nommez-la avec --key.",
            f"Without a declared identifier ({listed}), a changed row counts as one removed and one "
            "added: if a column tells rows apart, name it with --key.",
        ).say(language)


def _refusal(found: Comparison, language: Language) -> str:
    level = comparison_level(found)
    least = least_version(found.old.version, level)
    entry = changelog_entry(found, language, today())
    listed = "\n".join([*reason_lines(found, language), *_unpaired(found, language)])
    if language == "fr":
        return (
            f"La version {found.new.version} est trop basse : entre elle et la version publiée "
            f"({found.old.version}), les différences sont de classe {level.name}.\n{listed}\n"
            f"Donnez au paquet au moins la version {least} (`version` de datapackage.json), "
            "ou ajoutez --allow-version pour publier tout de même. "
            f"À ajouter à CHANGELOG.md :\n\n{entry}"
        )
    return (
        f"Version {found.new.version} is too low: the differences from the published one "
        f"({found.old.version}) are of class {level.name}.\n{listed}\n"
        f"Give the package at least version {least} (`version` in datapackage.json), "
        "or add --allow-version to publish all the same. "
        f"To add to CHANGELOG.md:\n\n{entry}"
    )
