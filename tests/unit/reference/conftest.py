"""A made-up country of a few communes, packed as the registries pack the real one."""

import hashlib
import io
import json
import os
import tarfile
import zipfile
from pathlib import Path

import pytest

from territo_opendata.reference.tarballs import Pin

LISTS = {
    "canton": 'CANTON_COG_2023 = frozenset({"Vieux"})\nCANTON_COG_2024 = frozenset({"Été", "Bas"})\n',
    "pays": 'PAYS_COG_2024 = frozenset({"France"})\n',
    "code_postal": 'CODES_POSTAUX_SEMESTRE1_2025 = frozenset({"98000", "01000"})\n',
    "code_fantoir": (
        'PARTIAL_CODE_FANTOIR = frozenset({"0000", "0001", "0003", "A012", "ZA01", "ZA02"})\n'
    ),
}


def commune(code, nom, *former, **more):
    """Return a commune's entry, as the package writes it."""
    entry = {
        "code": code,
        "nom": nom,
        "type": "commune-actuelle",
        "zone": "metro",
        "departement": code[:2],
        "region": "84",
        "codesPostaux": [f"{code[:2]}000"],
        "population": 10,
        "siren": f"21{code[:2]}00{code[2:]}"[:9],
    }
    if former:
        entry["anciensCodes"] = list(former)
    return entry | more


def delegated(code, nom, chief):
    """Return a delegated commune's entry."""
    return {
        "code": code,
        "nom": nom,
        "type": "commune-deleguee",
        "departement": code[:2],
        "region": "84",
        "chefLieu": chief,
    }


def tgz(communes, **more):
    """Return a package with these communes, as npm packs it."""
    files = {
        "communes": communes,
        "regions": [
            {"code": "84", "nom": "Auvergne-Rhône-Alpes"},
            {"code": "975", "nom": "Saint-Pierre-et-Miquelon"},
        ],
        "departements": [
            {"code": "01", "nom": "Ain", "region": "84"},
            {"code": "975", "nom": "Saint-Pierre-et-Miquelon", "region": "975"},
        ],
        "epci": [
            {
                "code": "200000001",
                "nom": "CC  du  Haut",
                "populationMunicipale": 20,
                "membres": [{"code": "01002"}, {"code": "01001"}],
            }
        ],
        "ept": [],
    } | more
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w:gz") as archive:
        for name, content in files.items():
            data = json.dumps(content).encode()
            member = tarfile.TarInfo(f"package/data/{name}.json")
            member.size = len(data)
            archive.addfile(member, io.BytesIO(data))
    return out.getvalue()


def wheel(lists=None):
    """Return a package of lists, as a wheel that pip takes."""
    out = io.BytesIO()
    info = "listes-1.0.dist-info"
    with zipfile.ZipFile(out, "w") as archive:
        for name, source in (LISTS if lists is None else lists).items():
            archive.writestr(f"frformat/formats/{name}_frozenset.py", source)
        archive.writestr(f"{info}/METADATA", "Metadata-Version: 2.1\nName: listes\nVersion: 1.0\n")
        archive.writestr(
            f"{info}/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
        )
        archive.writestr(f"{info}/RECORD", "")
    return out.getvalue()


def pin(content, *, client="npm", package="@x/pays", version="1.0", millesime=2026):
    """Return the pin of a made-up package."""
    return Pin(client, package, version, millesime, hashlib.sha256(content).hexdigest())


@pytest.fixture
def make():
    """Give the makers above to tests, which cannot import this file."""
    import types

    return types.SimpleNamespace(
        commune=commune, delegated=delegated, tgz=tgz, wheel=wheel, pin=pin, lists=LISTS
    )


@pytest.fixture
def npm(tmp_path, monkeypatch):
    """Put a program called npm, alone, on the path: it runs the shell lines it is given."""
    if os.name == "nt":
        pytest.skip("the program is a script of a POSIX shell")
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder))

    def install(*lines: str) -> Path:
        program = folder / "npm"
        program.write_text("\n".join(["#!/bin/sh", *lines, ""]))
        program.chmod(0o755)
        return program

    return install
