"""Random tables of random schemas, written in every way: what holds of every repair holds of them."""

import json
import os
import tempfile
from pathlib import Path

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.agreement.tables import files, schemas
from tests.repair.laws import check

EXAMPLES = int(os.environ.get("TERRITO_REPAIR_EXAMPLES", "60"))
SETTINGS = settings(
    max_examples=EXAMPLES,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    derandomize=True,
    phases=[Phase.explicit, Phase.generate],
)


def kept_promises(schema: dict, content: bytes, accept: frozenset[str] = frozenset()) -> None:
    with tempfile.TemporaryDirectory() as folder:
        table, descriptor = Path(folder, "data.csv"), Path(folder, "schema.json")
        table.write_bytes(content)
        descriptor.write_text(json.dumps(schema), "utf-8")
        check(table, str(descriptor), accept)


@SETTINGS
@given(st.data())
def test_nasty_tables_of_any_schema(data: st.DataObject) -> None:
    schema = data.draw(schemas())
    kept_promises(schema, data.draw(files(schema)))
