"""Publication to udata under faults."""

from collections.abc import Iterator

import pytest

from tests.portals.faults.matrix import Bench, FaultMatrix, opened_bench
from tests.portals.portals import Udata

pytestmark = pytest.mark.portal


@pytest.fixture(scope="module")
def bench(running_udata: Udata, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bench]:
    """A udata with a proxy before it."""
    with opened_bench(running_udata, tmp_path_factory.mktemp("udata")) as opened:
        yield opened


class TestMatrix(FaultMatrix):
    """Each step, each fault."""
