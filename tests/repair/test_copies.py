"""Dirty copies of our datasets, repaired: no right value changed, none changed to a wrong one."""

import os
from decimal import Decimal, InvalidOperation
from pathlib import Path

import pytest

from territo_opendata.descriptors.model import Field
from tests.repair.dirty import copy
from tests.repair.laws import check, records

COPIES = int(os.environ.get("TERRITO_REPAIR_COPIES", "40"))
BATCH = 20


def same(one: str, other: str, field: Field) -> bool:
    if field.type in ("number", "integer"):
        try:
            return Decimal(one) == Decimal(other)
        except InvalidOperation:
            pass
    return one == other


@pytest.mark.parametrize("first", range(0, COPIES, BATCH))
def test_no_repair_harms(first: int, tmp_path: Path) -> None:
    harmful = []
    mended = 0
    for seed in range(first, min(first + BATCH, COPIES)):
        dirty = copy(seed)
        path = tmp_path / f"{seed}.csv"
        path.write_bytes(dirty.content)
        done = check(path, dirty.name)
        if not done.changes:
            continue
        header, *rows = records(done.content)
        places = {label.strip(): place for place, label in enumerate(header)}
        assert len(rows) == len(dirty.truth), (seed, dirty.done)
        for row, truth, soiled in zip(rows, dirty.truth, dirty.dirty, strict=True):
            for place, field in enumerate(dirty.schema.fields):
                found = row[places[field.name]]
                if same(found, truth[place], field):
                    mended += found != soiled[place]
                elif found.strip() != soiled[place].strip():
                    harmful.append((seed, field.name, truth[place], soiled[place], found))
    assert not harmful
    assert mended > BATCH


def test_most_copies_are_soiled_in_several_ways() -> None:
    kinds = {each.partition(":")[2] for seed in range(200) for each in copy(seed).done}
    assert len(kinds) > 12
