"""Publication to CKAN under faults."""

from collections.abc import Iterator

import pytest

from tests.portals.faults.matrix import Bench, FaultMatrix, opened_bench
from tests.portals.faults.rules import Meanwhile, Rule, path_like
from tests.portals.faults.trial import Trial
from tests.portals.portals import Ckan

pytestmark = pytest.mark.portal


@pytest.fixture(scope="module")
def bench(running_ckan: Ckan, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bench]:
    """A CKAN with a proxy before it."""
    with opened_bench(running_ckan, tmp_path_factory.mktemp("ckan")) as opened:
        yield opened


class TestMatrix(FaultMatrix):
    """Each step, each fault.

    What another publisher wrote between our write and our reading it back cannot be told from what
    the portal altered, and the DataStore has no lock: both are a mismatch (exit code 1).
    """

    told = frozenset({1, 2, 4})


def test_of_two_who_create_a_dataset_one_wins_and_the_other_says_so(bench: Bench) -> None:
    trial = bench.trial()
    trial.watched = False
    other = Trial(bench.portal, bench.proxy, bench.first, bench.whole)
    first = Rule(Meanwhile(other.join), matches=path_like("package_create"))
    error = trial.run(first)
    assert error is not None
    assert error.exit_code in (2, 4)
    created = [each.status for each in bench.proxy.log if first.matches(each)]
    assert created == [409, 200]
    trial.check_whole()
    assert trial.wrong == []
    bench.count()


def test_of_two_who_update_a_dataset_one_wins_and_the_other_says_so(bench: Bench) -> None:
    """The lock of package_revise: whoever read before the other wrote is refused."""
    trial = bench.update()
    other = Trial(bench.portal, bench.proxy, bench.third, bench.latest, trial.old)
    first = Rule(Meanwhile(other.join), matches=path_like("package_revise"))
    error = trial.run(first)
    assert error is not None
    assert error.exit_code in (2, 4)
    other.check_whole()
    assert other.wrong == []
    bench.count()
