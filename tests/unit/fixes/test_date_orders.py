"""What the dates of a column say together about those that could be read both ways."""

import pytest

from territo_opendata.descriptors.model import Field
from territo_opendata.fixes import propose
from territo_opendata.fixes.date_orders import Orders, order_of

VERDICTS = [
    (["31/12/2020", "03/04/2020"], "day"),
    (["31/12/2020", "15-04-2021"], "day"),
    (["31/12/2020 10:30", "03/04/2020 10:30"], "day"),
    (["31/12/2020"] + ["03/04/2020"] * 3, "day"),
    (["31/12/2020"] + ["03/04/2020"] * 4, "unknown"),
    (["03/04/2020", "05/06/2020"], "unknown"),
    (["31/05/2018", "5/2/2018"], "unknown"),
    (["31/12/2020", "03-04-2020"], "unknown"),
    (["14/11/2017", "5/2/2018"], "unknown"),
    (["14/1/2017", "5/2/2018"], "day"),
    (["31/12/2020", "12/31/2020"], "mixed"),
    (["12/31/2020", "03/04/2020"], "mixed"),
    (["05/05/2020", "2020-12-31", "", "x"], "day"),
]


@pytest.mark.parametrize(("cells", "verdict"), VERDICTS)
def test_the_verdict_on_a_column(cells: list[str], verdict: str) -> None:
    orders = Orders()
    for cell in cells:
        order = order_of(cell)
        if order is not None:
            orders.add(order)
    assert orders.verdict == verdict


SAFETIES = [
    ("03/04/2020", None, "unsafe"),
    ("03/04/2020", "day", "safe"),
    ("03/04/2020", "unknown", "unsafe"),
    ("03/04/2020", "mixed", "display"),
    ("31/12/2020", None, "safe"),
    ("31/12/2020", "unknown", "safe"),
    ("31/12/2020", "mixed", "unsafe"),
    ("12/31/2020", "day", "unsafe"),
    ("05/05/2020", "mixed", "safe"),
]


@pytest.mark.parametrize(("cell", "order", "safety"), SAFETIES)
def test_how_sure_a_date_is_in_its_column(cell: str, order: str | None, safety: str) -> None:
    for field, code in (
        (Field("d", "date"), "type-date"),
        (Field("d", "datetime"), "type-datetime"),
    ):
        text = cell if field.type == "date" else f"{cell} 10:30"
        fix = propose(code, text, field, {} if order is None else {"date_order": order})
        assert fix is not None
        assert fix.safety == safety
