"""Durations have equal hashes where they are equal, and nowhere else."""

import itertools

from isodate import parse_duration

from territo_opendata.validate.hashing import hash_value

TEXTS = ("P1Y", "P12M", "P1.5Y", "P18M", "P1M", "P1Y1D", "PT24H", "P1D", "P0Y1D", "P0Y", "-P1Y")


def test_hashes_are_equal_where_durations_are() -> None:
    values = [parse_duration(text) for text in TEXTS]
    for one, two in itertools.product(values, repeat=2):
        assert (hash_value(one) == hash_value(two)) is bool(one == two), (one, two)
