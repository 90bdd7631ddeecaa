"""The catalogue of a published folder, harvested by udata itself: a portal without a token."""

import functools
import http.server
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from territo_opendata.build import build_release
from territo_opendata.descriptors.package import load_package
from territo_opendata.descriptors.shipped import data_folder
from territo_opendata.publish import apply_plan, make_plan, parse_target
from territo_opendata.release import Release
from territo_opendata.release.about import read_about
from territo_opendata.release.coverage import geometry
from tests.portals.portals import PUBLISHER, Udata
from tests.publish.packages import (
    MEASURES,
    MEASURES_CSV,
    TOWNS,
    TOWNS_CSV,
    make_release,
    proof,
    write_package,
)

pytestmark = pytest.mark.portal

TODAY = datetime.now(UTC).date().isoformat()
TEXT = "Deux tables pour essayer le moissonnage, avec des « accents », une œuvre, a < b & c. "
ABOUT = {
    "created": f"{TODAY}T00:00:00Z",
    "description": TEXT * 2 + "Fin.",
    "keywords": ["essai", "moissonnage"],
}
FORMS = ["catalog-udata.jsonld", "catalog-udata.ttl"]
GEOMETRY = {
    "type": "MultiPolygon",
    "coordinates": [
        [[[-5.0, 42.0], [9.5, 42.0], [9.5, 51.0], [-5.0, 51.0], [-5.0, 42.0]]],
        [[[55.2, -21.4], [55.9, -21.4], [55.9, -20.8], [55.2, -20.8], [55.2, -21.4]]],
    ],
}


class Handler(http.server.SimpleHTTPRequestHandler):
    """A plain web server: no charset, and only the types that its kind knows."""

    extensions_map = {".ttl": "text/turtle", ".jsonld": "application/ld+json", "": "text/plain"}  # noqa: RUF012 (the base class wants it so)

    def log_message(self, *_arguments: Any) -> None:
        """Say nothing."""


@dataclass(frozen=True)
class Site:
    """A folder, published and served at `url`."""

    folder: Path
    url: str

    def publish(self, release: Release) -> None:
        target = parse_target(f"folder:{self.folder}", release, {"base_url": self.url})
        apply_plan(make_plan(target, frozenset({"removal"})), target)


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    folder = tmp_path / "public"
    folder.mkdir()
    handler = functools.partial(Handler, directory=str(folder))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield Site(folder, f"http://127.0.0.1:{server.server_address[1]}")
        server.shutdown()
        thread.join()


@dataclass(frozen=True)
class Source:
    """A source of harvests at udata."""

    udata: Udata
    id: str

    def run(self) -> list[dict[str, Any]]:
        """Harvest again and return what became of each dataset."""
        self.udata.ask("POST", f"/api/1/harvest/source/{self.id}/run/", "admin")
        return self.items()

    def items(self) -> list[dict[str, Any]]:
        """Return what became of each dataset at the last harvest."""
        jobs = self.udata.ask("GET", f"/api/1/harvest/source/{self.id}/jobs/", "admin")["data"]
        return self.udata.ask("GET", f"/api/1/harvest/job/{jobs[0]['id']}/items/", "admin")["data"]


@contextmanager
def harvested(udata: Udata, url: str) -> Iterator[Source]:
    """Declare a source as a publisher and a platform do; accepted, it is harvested at once."""
    asked = {
        "name": f"Essai {url}",
        "url": url,
        "backend": "dcat",
        "organization": udata.organizations[PUBLISHER],
    }
    made = udata.ask("POST", "/api/1/harvest/sources/", "admin", json=asked)
    path = f"/api/1/harvest/source/{made['id']}/"
    udata.ask("POST", f"{path}validate/", "admin", json={"state": "accepted"})
    yield Source(udata, made["id"])
    udata.ask("DELETE", path, "admin")


def dataset(udata: Udata, name: str) -> dict[str, Any]:
    """Return the one dataset whose identifier is the entry of this package."""
    (found,) = (
        each
        for each in udata.datasets()
        if each["harvest"]["remote_id"].endswith(f"/{name}/datapackage.json")
    )
    return udata.ask("GET", f"/api/1/datasets/{found['id']}/", "admin")


def check(found: dict[str, Any], release: Release, site: Site, frequency: str = "annual") -> None:
    """Assert that the dataset says all that the release says."""
    about = read_about(release.descriptor)
    base = f"{site.url}/{about.name}"
    assert found["title"] == about.title
    assert found["description"] == about.description
    assert found["license"] == "lov2"
    assert found["frequency"] == frequency
    assert found["tags"] == sorted(about.keywords)
    assert found["temporal_coverage"] == {
        "start": about.period.start.isoformat(),
        "end": about.period.end.isoformat(),
    }
    assert found["spatial"]["geom"] == geometry(about.places)
    assert found["harvest"]["uri"] == f"{base}/datapackage.json#dataset"
    assert found["harvest"]["remote_url"] == f"{base}/latest/index.html"
    assert found["quality"]["score"] == 1.0, found["quality"]
    contacts = {(each["role"], each["name"], each["email"]) for each in found["contact_points"]}
    assert ("contact", "Ville d’Essai", "donnees@example.org") in contacts
    assert {each["url"]: described(each) for each in found["resources"]} == {
        f"{base}/latest/{each.lasting}": {
            "title": each.title,
            "description": each.description,
            "format": each.format.lower(),
            "mime": each.mediatype,
            "filesize": each.bytes,
            "checksum": {"type": "sha256", "value": each.sha256},
            "schema": schema(each.schema),
        }
        for each in about.files
    }


def described(resource: dict[str, Any]) -> dict[str, Any]:
    keys = ("title", "description", "format", "mime", "filesize", "checksum", "schema")
    return {key: resource[key] for key in keys}


def schema(declared: Any) -> dict[str, Any] | None:
    if not declared or "path" not in declared:
        return None
    return {"name": declared["title"], "url": declared["path"], "version": None}


def ids(found: dict[str, Any]) -> tuple[str, dict[str, str]]:
    """Return the id of the dataset, and those of its resources by their addresses."""
    return found["id"], {each["url"]: each["id"] for each in found["resources"]}


def second_release(folder: Path) -> Release:
    """Return the next version: other words, cells, coverage; one table with another name."""
    towns = {**TOWNS, "title": "Villes", "path": "https://example.org/schemas/villes.json"}
    tables = {
        "villes": (towns, TOWNS_CSV + "97411,Saint-Denis\n"),
        "mesures": (MEASURES, MEASURES_CSV),
    }
    package = write_package(
        folder,
        "2.0.0",
        tables,
        **{**ABOUT, "keywords": ["essai"]},
        title="Données d’essai, suite",
        frequency="monthly",
        temporal={"start": "2020-01", "end": "2025"},
        spatial={"name": "France", "geometry": GEOMETRY},
        resources=[
            {
                "name": "villes",
                "previousName": "communes",
                "path": "villes.csv",
                "title": "Villes",
                "description": "Les communes, sous un autre nom.",
                "schema": towns,
            },
            {"name": "mesures", "path": "mesures.csv", "title": "Mesures", "schema": MEASURES},
        ],
    )
    return build_release(package, proof(package), folder / "release").release


@pytest.mark.parametrize("form", FORMS)
def test_each_package_is_one_dataset_that_stays_itself(udata, site, tmp_path, form):
    first = make_release(tmp_path / "1", "1.0.0", "a", **ABOUT)
    other = make_release(tmp_path / "o", "1.0.0", "o", **ABOUT, name="autre", title="Autre jeu")
    site.publish(first)
    site.publish(other)
    with harvested(udata, f"{site.url}/{form}") as source:
        assert [each["status"] for each in source.items()] == ["done", "done"]
        assert len(udata.datasets()) == 2
        check(dataset(udata, "essai"), first, site)
        check(dataset(udata, "autre"), other, site)
        before = {name: ids(dataset(udata, name)) for name in ("essai", "autre")}

        assert [each["status"] for each in source.run()] == ["done", "done"]
        assert {name: ids(dataset(udata, name)) for name in before} == before

        second = second_release(tmp_path / "2")
        site.publish(second)
        assert [each["status"] for each in source.run()] == ["done", "done"]
        assert len(udata.datasets()) == 2
        assert {name: ids(dataset(udata, name)) for name in before} == before
        check(dataset(udata, "essai"), second, site, "monthly")
        check(dataset(udata, "autre"), other, site)
    assert (site.folder / "essai/latest/communes.csv").read_bytes() == (
        second.path / "villes.csv"
    ).read_bytes()


def test_the_catalogue_for_all_is_refused_for_its_checksums_alone(udata, site, tmp_path):
    """Why there are two catalogues: when this fails, udata reads xsd:hexBinary, and one will do."""
    site.publish(make_release(tmp_path / "1", "1.0.0", "a", **ABOUT))
    with harvested(udata, f"{site.url}/catalog.jsonld") as source:
        (item,) = source.items()
    assert item["status"] == "failed"
    (error,) = item["errors"]
    message = error["message"]
    assert message.count("checksum.value") == message.count("only accepts") == 4


def test_a_table_that_goes_stays_at_the_portal_until_removed_by_hand(udata, site, tmp_path):
    """What udata does not do, and docs/moissonnage.md tells the publisher to do."""
    site.publish(make_release(tmp_path / "1", "1.0.0", "a", **ABOUT))
    with harvested(udata, f"{site.url}/{FORMS[0]}") as source:
        package = write_package(tmp_path / "2", "2.0.0", {"communes": (TOWNS, TOWNS_CSV)}, **ABOUT)
        site.publish(build_release(package, proof(package), tmp_path / "2/release").release)
        source.run()
        urls = {each["url"].rpartition("/")[2] for each in dataset(udata, "essai")["resources"]}
    assert urls == {"communes.csv", "communes.parquet", "mesures.csv", "mesures.parquet"}
    assert not (site.folder / "essai/latest/mesures.csv").exists()


def test_a_package_that_goes_is_archived(udata, site, tmp_path):
    first = make_release(tmp_path / "1", "1.0.0", "a", **ABOUT)
    site.publish(make_release(tmp_path / "o", "1.0.0", "o", **ABOUT, name="autre", title="Autre"))
    site.publish(first)
    with harvested(udata, f"{site.url}/{FORMS[0]}") as source:
        shutil.rmtree(site.folder / "autre")
        site.publish(first)
        source.run()
        assert dataset(udata, "autre")["archived"]
        assert not dataset(udata, "essai")["archived"]


def test_the_package_of_this_repository_arrives_whole(udata, site, tmp_path):
    package = load_package(data_folder() / "datapackage.json")
    release = build_release(package, proof(package), tmp_path / "release").release
    site.publish(release)
    with harvested(udata, f"{site.url}/{FORMS[1]}") as source:
        (item,) = source.items()
        assert (item["status"], item["errors"]) == ("done", [])
        found = dataset(udata, "territo-opendata")
    tables = [each for each in release.descriptor["resources"] if "schema" in each]
    schemas = [each["schema"] for each in found["resources"] if each["schema"]]
    assert len(found["resources"]) == 2 * len(tables)
    assert {each["url"] for each in schemas} == {each["schema"]["path"] for each in tables}
    # Whether it is up to date depends on the day.
    missing = {key for key, met in found["quality"].items() if not met}
    assert missing <= {"update_fulfilled_in_time"}
