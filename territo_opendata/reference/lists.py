"""Lists that the vintages lack: cantons, countries, postal codes, FANTOIR numbers.

They are read out of the sources of the package that Validata checks formats with, as literals:
none of its code is run.
"""

import ast
from collections.abc import Iterable
from itertools import groupby

from territo_opendata.errors import MismatchError
from territo_opendata.reference.tarballs import read_members

_MEMBERS = {
    "cantons": ("canton", "CANTON_COG_2024"),
    "pays": ("pays", "PAYS_COG_2024"),
    "codes_postaux": ("code_postal", "CODES_POSTAUX_SEMESTRE1_2025"),
    "fantoir": ("code_fantoir", "PARTIAL_CODE_FANTOIR"),
}


def read_list(wheel: bytes, name: str) -> frozenset[str]:
    """Return the list called `name` (`cantons`, `pays`, `codes_postaux`, `fantoir`).

    Raises MismatchError when the verified wheel does not hold it as a literal.
    """
    module, variable = _MEMBERS[name]
    path = f"frformat/formats/{module}_frozenset.py"
    source = read_members(wheel, [path])[path]
    try:
        found = _literal(ast.parse(source), variable)
    except (ValueError, SyntaxError) as error:
        raise _no_list(variable, path) from error
    if found is None:
        raise _no_list(variable, path)
    return found


def _literal(module: ast.Module, variable: str) -> frozenset[str] | None:
    for node in module.body:
        match node:
            case ast.Assign(
                targets=[ast.Name(id=found)],
                value=ast.Call(func=ast.Name(id="frozenset"), args=[literal]),
            ) if found == variable:
                return frozenset(ast.literal_eval(literal))
    return None


def _no_list(variable: str, path: str) -> MismatchError:
    return MismatchError(
        f"La liste « {variable} » manque dans le fichier « {path} » du paquet.",
        f"The list “{variable}” is missing from the package's file “{path}”.",
    )


def as_ranges(numbers: Iterable[str]) -> list[str]:
    """Return four-character numbers (`0001`, `A012`, `ZB03`) as sorted ranges (`A000-A999`)."""
    keyed = sorted((value.rstrip("0123456789"), value) for value in numbers)
    ranges = []
    for prefix, group in groupby(keyed, key=lambda pair: pair[0]):
        values = [int(value.removeprefix(prefix)) for _, value in group]
        width = 4 - len(prefix)
        for first, last in _runs(values):
            ranges.append(f"{prefix}{first:0{width}}-{prefix}{last:0{width}}")
    return ranges


def _runs(values: list[int]) -> Iterable[tuple[int, int]]:
    for _, run in groupby(enumerate(values), key=lambda pair: pair[1] - pair[0]):
        members = [value for _, value in run]
        yield members[0], members[-1]
