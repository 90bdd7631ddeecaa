"""Every check by its name, and the making of those that a schema asks for.

A maker makes the check out of its parameters. Its module is loaded then, with its libraries and
look-up tables, so that a schema pays only for the checks it asks for.
"""

import dataclasses
from collections.abc import Callable, Iterable, Mapping, Sequence
from importlib import import_module

from territo_opendata.descriptors.known_checks import nearest_check
from territo_opendata.descriptors.model import CustomCheck, Schema
from territo_opendata.validate.checks.errors import UnknownCheckError
from territo_opendata.validate.checks.interface import (
    CellCheck,
    Cells,
    Check,
    Fault,
    RowCheck,
    TableCheck,
)
from territo_opendata.validate.checks.params import Params

CHECKS: Mapping[str, str] = {
    "both-or-neither": "columns.both_or_neither",
    "canton": "formats.in_list",
    "code-commune-cog": "territories.code_commune_cog",
    "code-commune-insee": "territories.code_commune_insee",
    "code-departement": "formats.in_list",
    "code-fantoir": "formats.code_fantoir",
    "code-pays-iso2": "formats.in_list",
    "code-pays-iso3": "formats.in_list",
    "code-postal": "formats.in_list",
    "code-region": "formats.in_list",
    "cohesive-columns-value": "columns.cohesive_columns",
    "commune": "formats.in_list",
    "commune-departement": "territories.commune_departement",
    "compare-columns-value": "columns.compare_columns",
    "conditional-required": "conditions.conditional_required",
    "conditional-value": "conditions.conditional_value",
    "contiguous-periods": "periods.contiguous_periods",
    "coordonnees-gps-francaises": "positions.gps_coordinates",
    "crte": "programmes.crte",
    "departement": "formats.in_list",
    "epci": "territories.epci",
    "french-gps-coordinates": "positions.gps_coordinates",
    "french-siren-value": "companies.siren",
    "french-siret-value": "companies.siret",
    "identifiant": "programmes.identifiant",
    "nomenclature-acte": "formats.nomenclature_acte",
    "nomenclature-actes-value": "formats.nomenclature_acte",
    "numero-departement": "formats.in_list",
    "one-of-required": "columns.one_of_required",
    "opening-hours-value": "texts.opening_hours",
    "parts-add-up": "totals.parts_add_up",
    "pays": "formats.in_list",
    "phone-number-value": "texts.phone_number",
    "qpv": "programmes.qpv",
    "region": "formats.in_list",
    "siren": "companies.siren",
    "siret": "companies.siret",
    "sum-columns-value": "columns.sum_columns",
    "year-interval-value": "texts.year_interval",
}
"""Every check by the name that schemas give it: where its maker is, module and function."""


def _maker(name: str) -> Callable[[Params], list[Check]]:
    module, _, function = CHECKS[name].partition(".")
    found = import_module(f"territo_opendata.validate.checks.{module}")
    maker: Callable[[Params], list[Check]] = getattr(found, function)
    return maker


def build_check(check: CustomCheck, schema: Schema) -> list[Check]:
    """Return what has to be judged for one check of the schema.

    The faults name the check and its parameters as the rule they come from. Raises
    UnknownCheckError for a name that is not in `CHECKS`, and CheckParamsError for parameters
    that are missing, of a wrong kind, or name no field of the schema.
    """
    if check.name not in CHECKS:
        raise UnknownCheckError(check.name, nearest_check(check.name) or None)
    return [_named(each, check) for each in _maker(check.name)(Params(check, schema))]


def _named(made: Check, check: CustomCheck) -> Check:
    """Return the check with the schema's own name of it in every fault."""
    argument = dict(check.params)

    def name(fault: Fault) -> Fault:
        return dataclasses.replace(fault, constraint=check.name, argument=argument)

    match made:
        case CellCheck(judge=judge_cell):

            def judge(text: str) -> Fault | None:
                fault = judge_cell(text)
                return None if fault is None else name(fault)

            return dataclasses.replace(made, name=check.name, judge=judge)
        case RowCheck(judge=judge_row):

            def judge_each(cells: Cells) -> Iterable[Fault]:
                return [name(fault) for fault in judge_row(cells)]

            return dataclasses.replace(made, name=check.name, judge=judge_each)
        case TableCheck(judge=judge_table):

            def judge_all(rows: Sequence[Cells]) -> Iterable[tuple[int, Fault]]:
                return ((index, name(fault)) for index, fault in judge_table(rows))

            return dataclasses.replace(made, name=check.name, judge=judge_all)
