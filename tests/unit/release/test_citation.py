"""CITATION.cff against the schema of the Citation File Format 1.2.0, as check-jsonschema ships it."""

import importlib.resources
import json

import jsonschema
import pytest
import yaml

from territo_opendata.release.citation import encode_citation
from tests.publish.packages import make_release

SCHEMA = json.loads(
    importlib.resources.files("check_jsonschema.builtin_schemas.vendor")
    .joinpath("citation-file-format.json")
    .read_text(encoding="utf-8")
)


@pytest.fixture(scope="module")
def release(tmp_path_factory):
    return make_release(tmp_path_factory.mktemp("citation"), "1.0.0", "a")


def read(content):
    """Return the citation, proved to follow the format."""
    found = yaml.safe_load(content)
    jsonschema.validate(found, SCHEMA)
    return found


def test_the_release_says_how_to_cite_it(release):
    found = read((release.path / "CITATION.cff").read_bytes())
    assert found["type"] == "dataset"
    assert found["title"] == "Données d’essai"
    assert found["version"] == "1.0.0"
    assert found["date-released"] == "2026-11-22"
    assert found["license"] == "etalab-2.0"
    assert found["authors"] == [{"name": "Ville d’Essai", "email": "donnees@example.org"}]
    assert found["url"] == "https://example.org/essai"


def test_the_schema_refuses_what_is_no_citation(release):
    content = encode_citation(release.descriptor)
    with pytest.raises(jsonschema.ValidationError):
        read(content.replace(b"authors:", b"auteurs:"))


@pytest.mark.parametrize(
    "text",
    [
        "simple",
        "deux-points : et # dièse",
        "« guillemets » \"doubles\" 'simples'",
        "- tiret\n? question\r\n  retrait\t",
        "oui: [non, {x: y}] & *a !b %c @d `e`",
        "\x7f\x85\u2028\ufeff\x00\u200e",
        "œuvre 🏘 𝄞 \U000e0001",
        "yes",
        "1.10",
        "\\ \\n",
    ],
)
def test_any_text_comes_back_as_it_was(release, text):
    described = {
        **release.descriptor,
        "title": text,
        "description": text,
        "keywords": [text],
        "contributors": [{"title": text, "role": "author"}],
    }
    found = read(encode_citation(described))
    assert found["title"] == found["abstract"] == text
    assert found["keywords"] == [text]
    assert found["authors"] == [{"name": text}]


@pytest.mark.parametrize(
    ("licence", "found"),
    [
        ({"name": "CC-BY-4.0"}, {"license": "CC-BY-4.0"}),
        ({"name": "lov2"}, {"license": "etalab-2.0"}),
        ({"name": "maison", "path": "https://x.fr/l"}, {"license-url": "https://x.fr/l"}),
        ({"title": "sans adresse"}, {}),
    ],
)
def test_licences_are_named_as_spdx_names_them(release, licence, found):
    said = read(encode_citation({**release.descriptor, "licenses": [licence]}))
    assert {key: value for key, value in said.items() if key.startswith("license")} == found


def test_authors_are_those_that_the_package_names(release):
    contributors = [
        {"title": "Éditeur", "path": "https://x.fr", "roles": ["publisher"]},
        {"title": "Zoé Née", "familyName": "Née", "givenName": "Zoé", "role": "author"},
        {"title": "Bureau", "role": "Author", "path": "page.html", "email": "x"},
    ]
    said = read(encode_citation({**release.descriptor, "contributors": contributors}))
    assert said["authors"] == [
        {"family-names": "Née", "given-names": "Zoé"},
        {"name": "Bureau"},
    ]
