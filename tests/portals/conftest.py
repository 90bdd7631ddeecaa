"""The test portals, started when a test first needs them."""

import pytest

from tests.portals.portals import Ckan, Udata
from tests.portals.starters import ckan as ckan_starter
from tests.portals.starters import udata as udata_starter

pytest.register_assert_rewrite("tests.portals.faults.matrix")


@pytest.fixture(scope="session")
def running_ckan() -> Ckan:
    """A running CKAN, with whatever it holds."""
    state = ckan_starter.up()
    return Ckan("ckan", state["url"], state["tokens"], state, state["small_url"])


@pytest.fixture(scope="session")
def running_udata() -> Udata:
    """A running udata, with whatever it holds."""
    state = udata_starter.up()
    return Udata("udata", state["url"], state["tokens"], state, state["organizations"])


@pytest.fixture
def ckan(running_ckan: Ckan) -> Ckan:
    """A running CKAN that holds no dataset."""
    running_ckan.purge()
    return running_ckan


@pytest.fixture
def udata(running_udata: Udata) -> Udata:
    """A running udata that holds no dataset."""
    running_udata.purge()
    return running_udata


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say how large the fault matrix was."""
    from tests.portals.faults.matrix import cases

    for kind, number in cases.items():
        terminalreporter.write_line(f"Publication to {kind} under faults: {number} cases.")
