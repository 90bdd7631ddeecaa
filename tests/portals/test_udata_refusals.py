"""What a real udata refuses, and what the publisher is told to do about it."""

import dataclasses

import pytest

from territo_opendata.clients.multipart import FilePart, Multipart, Part
from territo_opendata.clients.udata_errors import refusal
from territo_opendata.errors import RemoteError, UsageError
from territo_opendata.language import Text
from territo_opendata.publish.udata.portal import open_portal
from tests.portals.portals import PUBLISHER, Udata
from tests.portals.udata_cases import Publisher, make

pytestmark = pytest.mark.portal

BASE = {"title": "Essai", "description": "Un jeu de données d’essai.", "private": True}


@dataclasses.dataclass
class Bench:
    """A dataset of the editor's, and portals as several accounts see them."""

    udata: Udata
    dataset: str
    organization: str

    def portal(self, who: str = "editor"):
        return open_portal(self.udata.url, self.udata.tokens.get(who, who))

    def create(self, **values):
        self.portal().create_dataset({**BASE, "organization": self.organization, **values})

    def update(self, who: str = "editor", **values):
        self.portal(who).update_dataset(self.dataset, {**BASE, **values})

    def upload(self, *parts, who: str = "editor"):
        self.portal(who).upload(f"/datasets/{self.dataset}/upload/", Multipart(parts))

    def send(self, method: str, path: str, **options):
        answer = self.portal().session.send(method, "/api/1" + path, **options)
        raise refusal(answer, Text("l’essai", "the try"))


@pytest.fixture(scope="module")
def bench(running_udata: Udata) -> Bench:
    organization = running_udata.organizations[PUBLISHER]
    asked = {**BASE, "organization": organization}
    made = running_udata.ask("POST", "/api/1/datasets/", "editor", json=asked)
    return Bench(running_udata, made["id"], organization)


def file(name: str, content: bytes = b"x") -> FilePart:
    return FilePart("file", name, "text/csv", len(content), lambda: [content])


def contact_of_another(bench: Bench) -> str:
    other = bench.udata.organizations["autre-organisation"]
    asked = {"name": "X", "email": "x@example.org", "role": "contact", "organization": other}
    return bench.portal("admin").contact(asked)["id"]


def deleted(bench: Bench) -> None:
    made = bench.portal().create_dataset({**BASE, "organization": bench.organization})
    bench.portal().delete_dataset(made["id"])
    bench.portal().update_dataset(made["id"], BASE)


def with_foreign_schema(bench: Bench) -> None:
    made = bench.portal().create_dataset({**BASE, "organization": bench.organization})
    stored = bench.portal().upload(f"/datasets/{made['id']}/upload/", Multipart([file("a.csv")]))
    schema = {"name": "inconnu/schema", "version": None, "url": None}
    bench.portal().update_resources(made["id"], [{"id": stored["id"], "schema": schema}])


REFUSALS = {
    "a wrong key": (lambda b: b.portal("faux").me(), 401, "clé d’API"),
    "an expired key": (lambda b: b.portal("expired").me(), 401, "clé d’API"),
    "a revoked key": (lambda b: b.portal("revoked").me(), 401, "clé d’API"),
    "no key": (lambda b: open_portal(b.udata.url, None).create_dataset(BASE), 401, "clé d’API"),
    "no right": (lambda b: b.update("stranger"), 403, "administrateur de l’organisation"),
    "no right to upload": (
        lambda b: b.upload(file("a.csv"), who="stranger"),
        403,
        "administrateur de l’organisation",
    ),
    "unknown": (lambda b: b.portal().dataset("inconnu"), 404, "Vérifiez l’adresse"),
    "private to others": (lambda b: b.portal("stranger").dataset(b.dataset), 404, "caché"),
    "a field is missing": (lambda b: b.create(title=None), 400, "`title`"),
    "a field is too long": (lambda b: b.create(title="t" * 351), 400, "350"),
    "a tag is too short": (lambda b: b.create(tags=["a", "bc"]), 400, "`keywords`"),
    "an unknown zone": (
        lambda b: b.create(spatial={"zones": ["fr:commune:00000"]}),
        400,
        "`spatial`",
    ),
    "a foreign contact": (
        lambda b: b.create(contact_points=[contact_of_another(b)]),
        400,
        "point de contact",
    ),
    "a contact that is no address": (
        lambda b: b.portal().contact(
            {"name": "X", "email": "rien", "role": "contact", "organization": b.organization}
        ),
        400,
        "`email`",
    ),
    "an unknown frequency": (lambda b: b.create(frequency="sometimes"), 400, "datapackage.json"),
    "an unreadable date": (
        lambda b: b.create(temporal_coverage={"start": "hier"}),
        400,
        "`temporal`",
    ),
    "an unknown organisation": (
        lambda b: b.create(organization="000000000000000000000000"),
        400,
        "--organization",
    ),
    "an organisation that is no id": (
        lambda b: b.create(organization="rien"),
        400,
        "--organization",
    ),
    "an organisation of others": (
        lambda b: b.create(organization=b.udata.organizations["autre-organisation"]),
        400,
        "--organization",
    ),
    "an unknown schema": (with_foreign_schema, 400, "schéma de la table"),
    "resources left out": (
        lambda b: b.portal().update_resources(b.dataset, [{"id": b.dataset}]),
        400,
        "",
    ),
    "not JSON": (
        lambda b: b.send("POST", "/datasets/", upload=Multipart([Part("title", "x")])),
        400,
        "Corrigez",
    ),
    "no file": (lambda b: b.upload(Part("rien", "x")), 400, "ne prend pas ce fichier"),
    "a file type": (lambda b: b.upload(file("a.parquet")), 400, "ce fichier"),
    "a part of another size": (
        lambda b: b.upload(
            *(Part(*each) for each in (("uuid", "u"), ("filename", "a.csv"), ("partindex", "0"))),
            *(Part(*each) for each in (("totalparts", "2"), ("chunksize", "99"))),
            file("a.csv"),
        ),
        400,
        "ne prend pas ce fichier",
    ),
    "parts that are missing": (
        lambda b: b.upload(
            *(Part(*each) for each in (("uuid", "v"), ("filename", "a.csv"), ("totalparts", "2")))
        ),
        500,
        "en panne",
    ),
    "deleted": (deleted, 410, "Restaurez"),
    "a failure of udata's own": (lambda b: b.update(organization=None), 500, "en panne"),
}


@pytest.mark.parametrize("name", REFUSALS)
def test_a_refusal_says_what_to_do(bench: Bench, name):
    call, status, advice = REFUSALS[name]
    with pytest.raises(RemoteError) as caught:
        call(bench)
    assert caught.value.status == status
    assert caught.value.exit_code == 4
    told = caught.value.text
    assert advice in told.fr
    assert str(status) in told.en
    assert len(told.fr.split(". ")) > 1, "no advice"
    for key in bench.udata.tokens.values():
        assert key not in told.fr + told.en


ACCESS = {
    "a wrong key": ("faux", {}, RemoteError, "clé d’API"),
    "an expired key": ("expired", {}, RemoteError, "clé d’API"),
    "a revoked key": ("revoked", {}, RemoteError, "clé d’API"),
    "a stranger": ("stranger", {}, RemoteError, "n’a pas le droit de publier"),
    "a member without the right": ("member", {}, RemoteError, "n’a pas le droit de publier"),
    "a stranger's choice": ("stranger", {"organization": None}, RemoteError, "aucune organisation"),
    "an unknown organisation": ("editor", {"organization": "x"}, UsageError, "ville-de-test"),
    "a choice of organisations": ("editor", {"organization": None}, UsageError, "ville-de-test"),
}


@pytest.mark.parametrize("name", ACCESS)
def test_who_may_not_publish_is_told_before_anything_is_written(
    running_udata: Udata, tmp_path, monkeypatch, name
):
    who, settings, kind, words = ACCESS[name]
    key = running_udata.tokens.get(who, who)
    monkeypatch.setenv("TERRITO_UDATA_KEY", key)
    release = make(tmp_path)
    with pytest.raises(kind, match=words) as caught:
        Publisher(running_udata).plan(release, **settings)
    assert key not in str(caught.value) + caught.value.text.en


def test_without_a_key_nothing_is_asked(running_udata: Udata, tmp_path, monkeypatch):
    monkeypatch.delenv("TERRITO_UDATA_KEY", raising=False)
    with pytest.raises(UsageError, match="TERRITO_UDATA_KEY"):
        Publisher(running_udata).target(make(tmp_path))
