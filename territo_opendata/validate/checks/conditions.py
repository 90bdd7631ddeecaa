"""Rules that hold only on the rows where other columns have certain values."""

from collections.abc import Iterator, Mapping

from territo_opendata.validate.checks.interface import Cells, Check, Fault, RowCheck
from territo_opendata.validate.checks.params import Params

Condition = Mapping[str, tuple[str | None, ...]]


def conditional_required(params: Params) -> list[Check]:
    """Ask that the columns `required` are filled on the rows that `when` describes.

    `when` gives for each column the text, or the list of texts, that it holds; null is an empty
    cell.
    """
    params.expect_only("when", "required")
    when, required = params.condition(), params.columns("required", least=1)

    def judge(cells: Cells) -> Iterator[Fault]:
        if _meets(cells, when):
            for column, cell in zip(required, cells[len(when) :], strict=True):
                if cell is None:
                    facts = {"condition": say_condition(when)}
                    yield Fault("conditional-required", column, facts)

    return [RowCheck("conditional-required", (*when, *required), judge)]


def conditional_value(params: Params) -> list[Check]:
    """Ask that `column` holds one of `allowed`, or nothing, on the rows that `when` describes."""
    params.expect_only("when", "column", "allowed")
    when, column = params.condition(), params.column()
    allowed = params.values("allowed")

    def judge(cells: Cells) -> Iterator[Fault]:
        if _meets(cells, when) and cells[-1] is not None and cells[-1] not in allowed:
            facts = {"condition": say_condition(when), "allowed": list(allowed)}
            yield Fault("conditional-value", column, facts)

    return [RowCheck("conditional-value", (*when, column), judge)]


def _meets(cells: Cells, when: Condition) -> bool:
    return all(cell in known for cell, known in zip(cells, when.values(), strict=False))


def say_condition(when: Condition) -> str:
    """Return the condition in signs that need no language: `nature = étape | réunion`."""
    return " ; ".join(
        f"{column} = {' | '.join('∅' if each is None else each for each in known)}"
        for column, known in when.items()
    )
