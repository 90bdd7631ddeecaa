"""croissant.json, read by mlcroissant: valid, and every table loads with its codes as they are."""

import json

import mlcroissant
import pytest

from territo_opendata.publish import apply_plan, make_plan, parse_target
from territo_opendata.release.croissant import encode_croissant
from tests.publish.packages import make_release

# mlcroissant 1.1 is behind rdflib 7.6 and pandas 3.1.
pytestmark = [
    pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning"),
    pytest.mark.filterwarnings("ignore:The inplace keyword in DataFrame"),
]


@pytest.fixture(scope="module")
def release(tmp_path_factory):
    return make_release(tmp_path_factory.mktemp("croissant"), "1.0.0", "a")


def read(path):
    dataset = mlcroissant.Dataset(jsonld=path)
    issues = dataset.metadata.ctx.issues
    assert (issues.errors, issues.warnings) == (set(), set())
    return dataset


def records(dataset, table):
    """Return the rows of a table by field name."""
    return [
        {key.rpartition("/")[2]: value for key, value in row.items()}
        for row in dataset.records(table)
    ]


def test_the_release_loads_where_it_lies(release):
    dataset = read(release.path / "croissant.json")
    assert [each.id for each in dataset.metadata.record_sets] == ["communes", "mesures"]
    assert dataset.metadata.conforms_to == ["http://mlcommons.org/croissant/1.0"]
    assert [row["code"] for row in records(dataset, "communes")] == [b"01004", b"62765", b"xa"]
    first, second, third, _ = records(dataset, "mesures")
    assert (first["code"], first["entier"], first["montant"]) == (b"01004", 12, 1234567.5)
    assert (first["oui"], first["annee"]) == (True, 2026)
    assert first["jour"].date().isoformat() == "2026-11-22"
    assert second["entier"] is None
    assert second["debut"] == b"2024-02"
    assert third["code"] is None


def test_every_file_is_given_with_its_digest(release):
    node = json.loads((release.path / "croissant.json").read_text(encoding="utf-8"))
    files = {each["@id"]: each["sha256"] for each in node["distribution"]}
    assert files == {
        each["path"]: release.file(each["path"]).sha256 for each in release.descriptor["resources"]
    }
    (towns, _) = node["recordSet"]
    assert towns["key"] == [{"@id": "communes/code"}]


def test_a_published_folder_names_the_files_of_one_release(release, tmp_path):
    target = parse_target(f"folder:{tmp_path / 'public'}", release)
    apply_plan(make_plan(target), target)
    path = tmp_path / "public/essai/croissant.json"
    assert len(records(read(path), "communes")) == 3
    whole = json.loads(encode_croissant(release.descriptor, "https://x.fr/essai/releases/1"))
    urls = [each["contentUrl"] for each in whole["distribution"]]
    assert urls[0] == "https://x.fr/essai/releases/1/communes.csv"


@pytest.mark.parametrize(
    "damage",
    [
        lambda node: node["distribution"][0].pop("sha256"),
        lambda node: node["recordSet"][0]["field"][0].pop("dataType"),
        lambda node: node["recordSet"][0]["field"][0]["source"]["fileObject"].update({"@id": "x"}),
    ],
    ids=["no digest", "no type", "no such file"],
)
def test_mlcroissant_would_say_what_is_wrong(release, tmp_path, damage):
    node = json.loads(encode_croissant(release.descriptor, "https://x.fr"))
    damage(node)
    path = tmp_path / "croissant.json"
    path.write_text(json.dumps(node), encoding="utf-8")
    with pytest.raises(mlcroissant.ValidationError):
        mlcroissant.Dataset(jsonld=path)
