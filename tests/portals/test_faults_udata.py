"""Publication to udata under faults."""

from collections.abc import Iterator

import pytest

from territo_opendata.errors import RemoteError
from tests.portals.faults.matrix import Bench, FaultMatrix, opened_bench
from tests.portals.faults.rules import Meanwhile, Rule, path_like
from tests.portals.faults.trial import Trial
from tests.portals.portals import Udata

pytestmark = pytest.mark.portal


@pytest.fixture(scope="module")
def bench(running_udata: Udata, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bench]:
    """A udata with a proxy before it."""
    with opened_bench(running_udata, tmp_path_factory.mktemp("udata")) as opened:
        yield opened


class TestMatrix(FaultMatrix):
    """Each step, each fault."""


def test_a_dataset_created_twice_is_undone_by_the_younger(bench: Bench) -> None:
    trial = bench.trial()
    trial.watched = False
    other = Trial(bench.portal, bench.proxy, bench.first, bench.whole)
    first = Rule(Meanwhile(other.join), matches=path_like(r"/datasets/$", "POST"))
    error = trial.run(first)
    assert isinstance(error, RemoteError)
    assert "Une autre publication" in error.text.fr
    created = [each.status for each in bench.proxy.log if first.matches(each)]
    assert created == [201, 201]
    trial.check_single()
    trial.check_whole()
    assert trial.wrong == []
    bench.count()
