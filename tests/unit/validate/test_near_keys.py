"""Which key of another table a reference to nothing may have meant."""

from pathlib import Path

import pytest

from territo_opendata.descriptors.model import Field, Schema
from territo_opendata.tables.source import Source
from territo_opendata.validate import near_keys
from territo_opendata.validate.inputs import TableInput
from territo_opendata.validate.near_keys import NearKeys

TABLE = """id,nom,sigle,remarque
action-coeur-de-ville,Action Cœur de Ville,ACV,la première
petites-villes-de-demain,Petites villes de demain,PVD,unique
contrat-nord,Contrat,CN,
contrat-sud,Contrat,CS,
200067106,Numérotée,,
"""


@pytest.fixture
def keys(tmp_path: Path) -> NearKeys:
    path = tmp_path / "programmes.csv"
    path.write_text(TABLE, "utf-8")
    fields = tuple(Field(name) for name in ("id", "nom", "sigle", "remarque"))
    return NearKeys(TableInput("programmes", Source(str(path), path), Schema(fields)), "id")


@pytest.mark.parametrize(
    ("value", "near"),
    [
        ("Action Coeur de Ville", "action-coeur-de-ville"),
        ("ACTION_COEUR_DE_VILLE", "action-coeur-de-ville"),
        ("petite-villes-de-demain", "petites-villes-de-demain"),
        ("PVD", "petites-villes-de-demain"),
        (" acv ", "action-coeur-de-ville"),
        ("Contrat", None),
        ("contrat-est", None),
        ("unique", None),
        ("200067107", None),
        ("200 067 106", None),
        ("", None),
        ("zzz", None),
        ("ACV" + " " * 200, None),
    ],
)
def test_only_what_is_clear(keys: NearKeys, value: str, near: str | None) -> None:
    assert keys.of(value) == near


def test_large_tables_have_none(keys: NearKeys, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(near_keys, "_MOST_ROWS", 2)
    assert keys.of("PVD") is None


def test_many_values_are_not_all_looked_up(keys: NearKeys, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(near_keys, "_MOST_ASKED", 1)
    assert keys.of("ACV") is not None
    assert keys.of("PVD") is None
    assert keys.of("ACV") is not None
