"""Plans as a pure function of two states."""

import itertools

import pytest

from territo_opendata.publish.diff import diff
from territo_opendata.publish.model import Current, Desired, Item


def wanted(*items, version="1.0.0"):
    return Desired("folder:/x", "/r", "d" * 64, "essai", version, items)


def file(name, content, **options):
    return Item(name, {"bytes": len(content), "sha256": content}, **options)


CASES = [
    ("nothing there", [file("a", "1")], [], [("create", "a")]),
    ("the same", [file("a", "1")], [file("a", "1")], []),
    ("changed", [file("a", "2")], [file("a", "1")], [("update", "a")]),
    ("gone", [], [file("a", "1")], [("remove", "a")]),
    ("renamed", [file("b", "1")], [file("a", "1")], [("create", "b"), ("remove", "a")]),
    (
        "in order",
        [file("b", "1"), file("a", "2")],
        [file("a", "1")],
        [("create", "b"), ("update", "a")],
    ),
]


@pytest.mark.parametrize(
    ("desired", "current", "actions"), [case[1:] for case in CASES], ids=[case[0] for case in CASES]
)
def test_what_differs_is_changed_and_nothing_else(desired, current, actions):
    plan = diff(wanted(*desired), Current(tuple(current)))
    assert [(each.kind, each.object_id) for each in plan.actions] == actions
    assert plan.empty is (not actions)
    assert ("removal" in plan.needs) is any(kind == "remove" for kind, _ in actions)
    there = {each.object_id: each.state for each in current}
    for each in plan.actions:
        assert each.before == there.get(each.object_id)


def test_any_state_is_brought_to_any_other_and_then_left_alone():
    """All pairs of the 27 states of three files: absent, or with one of two contents."""
    states = [
        tuple(file(name, content) for name, content in zip("abc", contents, strict=True) if content)
        for contents in itertools.product(["", "1", "2"], repeat=3)
    ]
    for start, end in itertools.product(states, repeat=2):
        there = {each.object_id: each.state for each in start}
        for action in diff(wanted(*end), Current(start)).actions:
            assert there.get(action.object_id) == action.before
            if action.after is None:
                del there[action.object_id]
            else:
                there[action.object_id] = action.after
        assert there == {each.object_id: each.state for each in end}


def test_what_must_be_in_place_before_is_said_even_when_it_is_there_already():
    first, second = file("release", "1"), file("entry", "2", requires=("release",))
    (action,) = diff(wanted(first, second), Current((first,))).actions
    assert action.precondition == {"release": first.state}


@pytest.mark.parametrize(
    ("published", "version", "needed"),
    [
        (None, "1.0.0", False),
        ("1.0.0", "1.0.0", False),
        ("1.0.0", "1.0.1", False),
        ("1.0.9", "1.0.10", False),
        ("1.10.0", "1.9.0", True),
        ("2.0.0", "2.0.0-rc.1", True),
        ("2.0.0-rc.2", "2.0.0-rc.10", False),
        ("2.0.0-rc.1", "2.0.0-beta", True),
        ("2.0.0-1", "2.0.0-alpha", False),
        ("2.0.0+a", "2.0.0+b", False),
        ("n’importe quoi", "0.0.1", False),
    ],
)
def test_an_older_version_needs_a_consent(published, version, needed):
    plan = diff(wanted(file("a", "1"), version=version), Current((), published))
    assert ("version" in plan.needs) is needed
