"""Our readers of cells say what frictionless 5.21 says, of thousands of odd texts."""

import os
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.agreement.readings import CRASHED, frictionless_reader, our_reader, same
from tests.unit.validate_cells.texts import FIELDS, SEEDS, name, texts

EXAMPLES = max(25, int(os.environ.get("TERRITO_EXAMPLES", "0")) // 100)
"""For each of the fields, of which there are over a hundred."""


def assert_same(field: dict[str, Any], readers: tuple[Any, Any], text: str) -> None:
    theirs, ours = readers[0](text), readers[1](text)
    if theirs == CRASHED:
        assert ours[1], f"{field} {text!r}: we pass {ours} where frictionless crashes"
        return
    assert same(ours[0], theirs[0]), f"{field} {text!r}: {ours} {theirs}"
    assert ours[1] == theirs[1], f"{field} {text!r}: {ours} {theirs}"


@pytest.fixture(params=FIELDS, ids=name, scope="module")
def field(request: pytest.FixtureRequest) -> dict[str, Any]:
    return request.param


@pytest.fixture(scope="module")
def readers(field: dict[str, Any]) -> tuple[Any, Any]:
    return frictionless_reader(field), our_reader(field)


def test_odd_texts(field: dict[str, Any], readers: tuple[Any, Any]) -> None:
    for text in dict.fromkeys(text for kind in SEEDS.values() for text in kind):
        assert_same(field, readers, text)


@given(data=st.data())
@settings(
    max_examples=EXAMPLES, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck)
)
def test_made_texts(field: dict[str, Any], readers: tuple[Any, Any], data: st.DataObject) -> None:
    assert_same(field, readers, data.draw(texts(field["type"])))


def test_threads_read_alike() -> None:
    read = our_reader({"type": "string", "format": "wkt"})
    texts = [f"LINESTRING (30 {number}, 10 30, 40 40)" for number in range(60)]
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(read, texts))
    assert found == [(text, ()) for text in texts]
