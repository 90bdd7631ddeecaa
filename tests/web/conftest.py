"""The page, started once for each module."""

from collections.abc import Iterator

import pytest

from tests.tools.conftest import node_modules  # noqa: F401
from tests.web.serving import Served, serving


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with serving(tmp_path_factory.mktemp("temp"), "--max-size", "5") as page:
        yield page
