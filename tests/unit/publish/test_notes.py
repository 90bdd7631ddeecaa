"""Sentences that plans for several kinds of target share."""

import pytest

from territo_opendata.publish.notes import unencrypted, untouched


@pytest.mark.parametrize(
    ("base", "told"),
    [
        ("https://donnees.exemple.fr", False),
        ("http://127.0.0.1:5000", False),
        ("http://localhost", False),
        ("http://[::1]:5000/x", False),
        ("http://donnees.exemple.fr", True),
    ],
)
def test_a_token_in_clear_is_told(base, told):
    assert bool(unencrypted(base)) is told


def test_what_stays_is_named_up_to_ten():
    assert untouched([]) == ()
    (note,) = untouched([f"f{number}\x1b" for number in range(12)])
    assert "« f9\\u001b »" in note.fr
    assert "« f10" not in note.fr
    assert note.en.endswith("and 2 others.")
