"""The fault matrix: each step of a publication, each fault, on whichever portal."""

import os
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

import pytest
from urllib3.util import Retry

from territo_opendata.clients import portal as sessions
from territo_opendata.errors import RemoteError
from territo_opendata.release import Release
from tests.portals.faults.package import make_release
from tests.portals.faults.proxy import FaultProxy
from tests.portals.faults.publishers import Publishers
from tests.portals.faults.rules import (
    FAULTS,
    IN_TURN,
    Exchange,
    Meanwhile,
    OnceEach,
    Rule,
    reading,
)
from tests.portals.faults.sight import Sight, see, see_whole
from tests.portals.faults.trial import Trial
from tests.portals.portals import Portal

cases: Counter[str] = Counter()
"""How many cases were tried, by kind of portal; told at the end of the run."""

TOKENS = {"ckan": "TERRITO_CKAN_TOKEN", "udata": "TERRITO_UDATA_KEY"}
_PATIENCE = (5.0, 1.5)

CHAINS: Mapping[str, tuple[str, ...]] = (
    {name: (name,) for name in FAULTS} if os.environ.get("TERRITO_FAULTS") == "all" else IN_TURN
)
"""The faults that hit each step, taking turns; with TERRITO_FAULTS=all each one hits every step."""


def spread(steps: Sequence[Exchange], count: int = 4) -> range:
    """Return the numbers of about so many steps, from the first on."""
    return range(0, len(steps), max(1, round(len(steps) / count)))


def once_each(names: tuple[str, ...]) -> OnceEach:
    """Return the rule by which these faults take turns in hitting each step once."""
    first, *others = (FAULTS[each] for each in names)
    return OnceEach(first, others=tuple(others))


@dataclass(frozen=True)
class Bench:
    """A portal, the proxy before it, three releases, and what each of them leaves there.

    `steps` are the requests that write, in an undisturbed first publication, `update_steps` those
    of an update.
    """

    portal: Portal
    proxy: FaultProxy
    first: Release
    second: Release
    third: Release
    whole: Sight
    updated: Sight
    latest: Sight
    steps: tuple[Exchange, ...]
    update_steps: tuple[Exchange, ...]

    def trial(self) -> Trial:
        """Return a first publication to an empty portal."""
        self.portal.purge()
        trial = Trial(self.portal, self.proxy, self.first, self.whole)
        trial.forget()
        return trial

    def update(self) -> Trial:
        """Return an update of what was published."""
        trial = self.trial()
        assert trial.run() is None
        old = see(self.portal)
        return Trial(self.portal, self.proxy, self.second, self.updated, old)

    def count(self, number: int = 1) -> None:
        """Note so many cases."""
        cases[self.portal.kind] += number


def prepare(portal: Portal, proxy: FaultProxy, folder: Path) -> Bench:
    """Publish the releases undisturbed, and note what they leave."""
    releases = [
        make_release(folder / version, version, f"repère-{version}")
        for version in ("1.0.0", "1.0.1", "1.0.2")
    ]
    portal.purge()
    seen: list[Sight] = []
    logs = []
    for release in releases:
        trial = Trial(portal, proxy, release, old=seen[-1] if seen else None)
        assert trial.run() is None
        logs.append(tuple(each for each in proxy.log if each.writes))
        seen.append(see_whole(portal))
        assert trial.run() is None
        assert [each for each in proxy.log if each.writes] == [], "published twice"
    assert len({(each.dataset, *each.resources.items()) for each in seen}) == 1
    return Bench(portal, proxy, *releases, *seen, steps=logs[0], update_steps=logs[1])


@contextmanager
def opened_bench(portal: Portal, folder: Path) -> Iterator[Bench]:
    """Put a proxy before the portal, which the publisher finds in `http_proxy`."""
    with pytest.MonkeyPatch.context() as patch, FaultProxy() as proxy:
        patch.setenv(TOKENS[portal.kind], portal.tokens["editor"])
        patch.setenv("http_proxy", proxy.url)
        patch.delenv("no_proxy", raising=False)
        patch.delenv("NO_PROXY", raising=False)
        yield prepare(portal, proxy, folder)


class FaultMatrix:
    """The tests; the module of each portal has a fixture `bench`.

    `told` are the exit codes by which a publisher says that another one was at work.
    """

    told: ClassVar[frozenset[int]] = frozenset({2, 4})

    @pytest.fixture
    def impatient(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Wait a little for answers, and not at all before retries."""
        monkeypatch.setattr(sessions, "TIMEOUTS", _PATIENCE)
        monkeypatch.setattr(sessions, "POLICY", Retry(total=5, backoff_factor=0))

    @pytest.mark.parametrize("chain", CHAINS)
    @pytest.mark.usefixtures("impatient")
    def test_each_step_of_a_first_publication_fails_once(self, bench: Bench, chain: str) -> None:
        trial, rule = bench.trial(), once_each(CHAINS[chain])
        for _error in trial.until_done(rule):
            pass
        trial.check_whole()
        assert trial.wrong == []
        assert rule.hits >= len(bench.steps) - 1
        bench.count(rule.hits)

    @pytest.mark.parametrize("chain", CHAINS)
    @pytest.mark.usefixtures("impatient")
    def test_each_step_of_an_update_fails_once(self, bench: Bench, chain: str) -> None:
        trial, rule = bench.update(), once_each(CHAINS[chain])
        for _error in trial.until_done(rule):
            pass
        trial.check_whole()
        assert trial.wrong == []
        assert rule.hits > 3
        bench.count(rule.hits)

    @pytest.mark.usefixtures("impatient")
    def test_one_fault_at_one_step_and_nothing_kept_in_between(self, bench: Bench) -> None:
        names = list(FAULTS)
        for number in spread(bench.steps, 5):
            fault = names[number * 7 % len(names)]
            trial = bench.trial()
            trial.run(Rule(FAULTS[fault], nth=number))
            trial.forget()
            assert trial.run() is None
            trial.check_whole()
            assert trial.wrong == [], (number, fault)
            bench.count()

    @pytest.mark.usefixtures("impatient")
    def test_each_reading_fails_once(self, bench: Bench) -> None:
        trial, rule = bench.trial(), once_each(("cut-before", "502", "429", "cut-answer"))
        rule.matches = reading
        stopped = list(trial.until_done(rule))
        trial.check_whole()
        assert trial.wrong == []
        assert len(stopped) <= rule.hits / 4, "only what is cut while it is read stops a run"
        assert rule.hits > 5
        bench.count(rule.hits)

    @pytest.mark.parametrize("fault", ["429", "500", "502", "403", "413"])
    @pytest.mark.usefixtures("impatient")
    def test_what_lasts_is_told_and_nothing_is_seen(self, bench: Bench, fault: str) -> None:
        trial = bench.trial()
        error = trial.run(Rule(FAULTS[fault], nth=len(bench.steps) // 2, always=True))
        assert isinstance(error, RemoteError)
        assert error.exit_code == 4
        assert see(bench.portal) is None
        assert trial.run() is None
        trial.check_whole()
        assert trial.wrong == []
        bench.count()

    @pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
    def test_killed_at_each_request(self, bench: Bench, after: bool) -> None:
        trial = bench.trial()
        with Publishers(bench.portal.target, trial.release) as publishers:
            rule = publishers.fatal(after=after)
            for _ in range(4 * len(bench.steps)):
                trial.proxy.reset(rule, watch=trial.look)
                if publishers.run() == 0:
                    break
                trial.check_single()
        trial.check_whole()
        assert trial.wrong == []
        assert rule.hits >= len(bench.steps) - 1
        bench.count(rule.hits)

    def test_killed_at_each_entry_of_the_journal(self, bench: Bench) -> None:
        trial, kills = bench.trial(), 0
        with Publishers(bench.portal.target, trial.release) as publishers:
            trial.proxy.reset(watch=trial.look)
            while publishers.run(die_after_entry=True) != 0:
                kills += 1
                trial.check_single()
                assert kills < 4 * len(bench.steps)
        trial.check_whole()
        assert trial.wrong == []
        assert kills > 5
        bench.count(kills)

    @pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
    def test_two_publishers_of_one_first_release(self, bench: Bench, after: bool) -> None:
        told = 0
        for number in spread(bench.steps):
            trial = bench.trial()
            trial.watched = False
            other = Trial(bench.portal, bench.proxy, bench.first, bench.whole)
            error = trial.run(Rule(Meanwhile(other.join, after), nth=number))
            told += error is not None
            trial.check_single()
            assert trial.again() is None
            trial.check_whole()
            assert trial.wrong == [], number
            bench.count()
        assert told, "nobody was told"

    @pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
    def test_two_publishers_of_two_updates(self, bench: Bench, after: bool) -> None:
        trial, told = bench.update(), 0
        start, other = (
            Trial(bench.portal, bench.proxy, release, old=trial.old)
            for release in (bench.first, bench.third)
        )
        for number in spread(bench.update_steps):
            assert start.again() is None
            rule = Rule(Meanwhile(other.join, after), nth=number)
            error = trial.run(rule)
            seen = see_whole(bench.portal).content
            if error is None:
                assert seen in (bench.updated.content, bench.latest.content), number
            else:
                assert error.exit_code in self.told, error
                told += 1
            assert trial.again() is None
            trial.check_whole()
            assert trial.wrong == [], number
            bench.count()
        assert told, "nobody was told"
