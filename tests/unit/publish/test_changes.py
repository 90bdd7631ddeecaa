"""Differences between states, and how plans tell them."""

import pytest

from territo_opendata.publish.changes import changes


@pytest.mark.parametrize(
    ("before", "after", "found"),
    [
        ({}, {}, []),
        ({"a": 1}, {"a": 1}, []),
        ({"a": 1}, {"a": 2}, [("a", 1, 2)]),
        ({"a": 1}, {"b": 2}, [("a", 1, None), ("b", None, 2)]),
        ({"a": {"b": 1, "c": 2}}, {"a": {"b": 1, "c": 3}}, [("a.c", 2, 3)]),
        ({"a": ["x", "y"]}, {"a": ["y"]}, [("a", ["x", "y"], ["y"])]),
        (
            {"f": [{"name": "x", "type": "int"}, {"name": "y"}]},
            {"f": [{"name": "x", "type": "text"}, {"name": "z"}]},
            [("f.x.type", "int", "text"), ("f.y", {"name": "y"}, None), ("f.z", None, {"name": "z"})],
        ),
        (
            {"f": [{"id": "x"}, {"id": "y"}]},
            {"f": [{"id": "y"}, {"id": "x"}]},
            [("f", ["x", "y"], ["y", "x"])],
        ),
        ({"f": [{"name": "x"}, {"name": "x"}]}, {"f": []}, [("f", [{"name": "x"}] * 2, [])]),
        ({"a": None}, {}, [("a", None, None)]),
    ],
)  # fmt: skip
def test_each_value_that_differs_is_told(before, after, found):
    assert [(each.path, each.before, each.after) for each in changes(before, after)] == found
