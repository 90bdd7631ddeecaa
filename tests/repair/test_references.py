"""References to nothing: proposed, and mended on demand, after what the cells say by themselves."""

import json
from pathlib import Path

import pytest

from territo_opendata.validate.inputs import Options
from territo_opendata.workflow.repaired import ToMend
from territo_opendata.workflow.repairing import repaired_file
from tests.repair.laws import check

HEADER = (
    "financement_id,programme_id,nature,montant_eur,financeur_id,beneficiaire,type_territoire,"
    "code_territoire,annee_debut,annee_fin,duree_annees,date_decision,source_id,remarque\n"
)
ROW = "{id},{programme},subvention,12,,Commune,commune,{code},2020,2021,1,,s1a-action-coeur-de-ville,\n"
ACCEPT = frozenset({"foreign-key"})
FILLER = "".join(
    ROW.format(id=f"x-{n}", programme="action-coeur-de-ville", code="62193") for n in range(3000)
)


def table(path: Path, *rows: tuple[str, str], filler: str = "") -> Path:
    lines = [
        ROW.format(id=f"f-{n}", programme=programme, code=code)
        for n, (programme, code) in enumerate(rows)
    ]
    path.write_text(HEADER + filler + "".join(lines), "utf-8")
    return path


@pytest.mark.parametrize("filler", ["", FILLER])
@pytest.mark.parametrize(
    ("given", "wanted"),
    [
        (("Action Coeur de Ville", "62193"), ("action-coeur-de-ville", "62193")),
        (("petite-villes-de-demain", "62193"), ("petites-villes-de-demain", "62193")),
        (("action-coeur-de-ville", "01091"), ("action-coeur-de-ville", "01033")),
        (("action-coeur-de-ville", "1091"), ("action-coeur-de-ville", "01033")),
        (("Action Coeur de Ville", "1091"), ("action-coeur-de-ville", "01033")),
    ],
)
def test_mended_on_demand(
    given: tuple[str, str], wanted: tuple[str, str], filler: str, tmp_path: Path
) -> None:
    path = table(tmp_path / "a.csv", ("action-coeur-de-ville", "1053"), given, filler=filler)
    done = check(path, "financements", ACCEPT, Options())
    assert done.errors == 0
    row = done.content.decode().splitlines()[-1].split(",")
    assert (row[1], row[7]) == wanted
    changed = [each for each in done.changes if each.code == "foreign-key"]
    assert {each.safety for each in changed} == {"unsafe"}
    assert {(each.before, each.after) for each in changed} <= {*zip(given, wanted, strict=True)}


def test_proposed_where_nothing_was_asked(tmp_path: Path) -> None:
    path = table(tmp_path / "a.csv", ("Action Coeur de Ville", "1091"))
    with repaired_file(ToMend(str(path), "financements")) as done:
        proposed = dict(done.proposals.counts)
        made = [(each.before, each.after) for each in done.log.read()]
    assert made == [("1091", "01091")]
    assert {(code, name): count for (code, name, _), count in proposed.items()} == {
        ("foreign-key", "programme_id"): 1,
        ("foreign-key", "code_territoire"): 1,
    }


def test_rows_left_out_do_not_move_the_others(tmp_path: Path) -> None:
    path = table(tmp_path / "a.csv", ("action-coeur-de-ville", "62193"), ("PAQTE.", "1091"))
    lines = path.read_text("utf-8").splitlines(keepends=True)
    path.write_text("".join([lines[0], ",,\n", lines[1], lines[1], *lines[2:]]), "utf-8")
    done = check(path, "financements", ACCEPT | {"primary-key"}, Options())
    assert [each.row for each in done.changes] == [2, 4, 5, 5]
    assert done.content.decode().splitlines()[2].split(",")[1::6][:2] == ["paqte", "01033"]


def test_what_the_file_cannot_hold_is_left(tmp_path: Path) -> None:
    (tmp_path / "cles.csv").write_text("id,nom\nœuvre-☃,Neige\n", "utf-8")
    (tmp_path / "liens.csv").write_bytes("lien,note\nNeige,été à Nîmes\n".encode("cp1252"))
    keys = {"fields": [{"name": "id", "type": "string"}, {"name": "nom", "type": "string"}]}
    links = {
        "fields": [{"name": "lien", "type": "string"}, {"name": "note", "type": "string"}],
        "foreignKeys": [{"fields": "lien", "reference": {"resource": "cles", "fields": "id"}}],
    }
    resources = [
        {"name": "cles", "path": "cles.csv", "schema": keys},
        {"name": "liens", "path": "liens.csv", "encoding": "cp1252", "schema": links},
    ]
    package = {"name": "p", "resources": resources}
    (tmp_path / "datapackage.json").write_text(json.dumps(package), "utf-8")
    asked = ToMend(str(tmp_path / "liens.csv"), accept=ACCEPT)
    with repaired_file(asked) as done:
        assert done.report.tables[0].by_code == {"foreign-key": 1}
