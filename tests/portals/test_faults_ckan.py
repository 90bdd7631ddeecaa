"""Publication to CKAN under faults."""

from collections.abc import Iterator

import pytest

from tests.portals.faults.matrix import Bench, FaultMatrix, opened_bench
from tests.portals.portals import Ckan

pytestmark = pytest.mark.portal


@pytest.fixture(scope="module")
def bench(running_ckan: Ckan, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bench]:
    """A CKAN with a proxy before it."""
    with opened_bench(running_ckan, tmp_path_factory.mktemp("ckan")) as opened:
        yield opened


class TestMatrix(FaultMatrix):
    """Each step, each fault."""
