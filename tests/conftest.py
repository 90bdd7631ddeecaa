"""What every test shares: which tests run, and what is said of those that do not."""

import os

import pytest

PORTALS = os.environ.get("TERRITO_PORTALS") == "1"
NO_SKIP = os.environ.get("TERRITO_NO_SKIP") == "1"
_left_out: list[pytest.Item] = []


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out the tests that need a portal server, unless they are asked for."""
    if PORTALS:
        return
    _left_out.extend(item for item in items if item.get_closest_marker("portal"))
    if _left_out:
        config.hook.pytest_deselected(items=_left_out)
        items[:] = [item for item in items if item not in _left_out]


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say what was left out."""
    if not PORTALS:
        terminalreporter.write_line(
            f"Portal tests (a real CKAN, a real udata) left out: {len(_left_out)}; "
            "“python3 scripts/run_tests.py --portals” runs them."
        )


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Fail a run that must skip nothing, but for what needs the package registries."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    skipped = reporter.stats.get("skipped", []) if reporter is not None else []
    if NO_SKIP and any("TERRITO_NETWORK" not in str(each.longrepr) for each in skipped):
        reporter.write_line("TERRITO_NO_SKIP=1, yet tests were skipped.", red=True)
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
