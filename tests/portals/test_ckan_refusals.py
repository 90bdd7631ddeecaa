"""What CKAN refuses, by the answers of a real one: each says what the publisher must do."""

import json
import subprocess
import sys
import traceback
from pathlib import Path

import pytest

from territo_opendata.cli.main import run
from territo_opendata.clients.ckan import ActionError, CkanApi
from territo_opendata.clients.multipart import FilePart
from territo_opendata.clients.portal import PortalSession
from territo_opendata.errors import RemoteError, UsageError
from territo_opendata.publish.ckan.errors import MEANINGS, RefusedByPortalError, explain
from tests.portals.ckan_cases import Publisher, make
from tests.portals.portals import PUBLISHER, Ckan

pytestmark = pytest.mark.portal

BIG = b"x" * 1_500_000
DATASET = {"owner_org": PUBLISHER, "title": "Essai"}


def file(content: bytes, name: str = "upload") -> FilePart:
    return FilePart(name, "x.csv", "text/csv", len(content), lambda: [content])


def silent(_sent: int, _total: int) -> None:
    pass


def create(api: CkanApi, **values):
    return api.write("package_create", **{**DATASET, "name": "refus", **values})


def upload(api: CkanApi, content: bytes, **values):
    made = api.read("package_show", id="refus-la")
    return api.upload(
        "resource_create", {"package_id": made["id"], **values}, file(content), silent
    )


def table(api: CkanApi, **values):
    resource = api.read("package_show", id="refus-la")["resources"][0]
    fields = [{"id": "n", "type": "int8"}]
    return api.write(
        "datastore_create",
        **{"resource_id": resource["id"], "force": True, "fields": fields, **values},
    )


def revise(api: CkanApi, **values):
    return api.write("package_revise", match__name="refus-la", **values)


CASES = {
    "file over the limit": ("too-large", "editor", lambda api: upload(api, BIG)),
    "field over werkzeug's limit": ("too-large", "editor", lambda api: upload(api, b"x", d="x" * 600_000)),
    "name taken": ("name", "editor", lambda api: create(api, name="refus-la")),
    "name of one letter": ("name", "editor", lambda api: create(api, name="a")),
    "name too long": ("name", "editor", lambda api: create(api, name="a" * 101)),
    "name with capitals": ("name", "editor", lambda api: create(api, name="Nom")),
    "no token": ("refused", None, create),
    "expired token": ("refused", "expired", create),
    "revoked token": ("refused", "revoked", create),
    "member": ("refused", "member", create),
    "stranger": ("refused", "stranger", create),
    "editor who purges": ("refused", "editor", lambda api: api.write("dataset_purge", id="refus-la")),
    "chosen id": ("resources", "editor", lambda api: create(api, id="0" * 36)),
    "unknown organisation": ("organization", "admin", lambda api: create(api, owner_org="rien")),
    "no organisation": ("organization", "editor", lambda api: create(api, owner_org="")),
    "unknown dataset": ("missing", "editor", lambda api: api.read("package_show", id="rien")),
    "private dataset": ("refused", None, lambda api: api.read("package_show", id="refus-prive")),
    "e-mail": ("email", "editor", lambda api: create(api, maintainer_email="x")),
    "extra twice": ("extras", "editor", lambda api: create(api, extras=[{"key": "a", "value": "1"}] * 2)),
    "tag with an apostrophe": ("tags", "editor", lambda api: create(api, tags=[{"name": "l'eau"}])),
    "tag of one letter": ("tags", "editor", lambda api: create(api, tags=[{"name": "x"}])),
    "size that is none": ("resources", "editor", lambda api: upload(api, b"x", id="x")),
    "extra too long": (
        "search-index",
        "editor",
        lambda api: create(api, extras=[{"key": "a", "value": "é" * 20_000}]),
    ),
    "unknown action": ("no-action", "editor", lambda api: api.write("rien")),
    "outdated lock": (
        "changed-meanwhile",
        "editor",
        lambda api: revise(api, match__metadata_modified="2020-01-01"),
    ),
    "unknown resource": ("other", "editor", lambda api: revise(api, update__resources__ffffff={})),
    "column of no type": ("datastore-columns", "editor", lambda api: table(api, fields=[{"id": "n", "type": "string"}])),
    "rows of another type": ("datastore-rows", "editor", lambda api: table(api, records=[{"n": "1,5"}])),
    "key of no column": ("datastore-columns", "editor", lambda api: table(api, primary_key=["x"])),
    "table without force": ("datastore-read-only", "editor", lambda api: table(api, force=False)),
}  # fmt: skip


@pytest.fixture(scope="module")
def filled(running_ckan: Ckan) -> Ckan:
    running_ckan.purge()
    api = api_of(running_ckan, "editor")
    create(api, name="refus-la")
    create(api, name="refus-prive", private=True)
    upload(api, b"n\n1\n")
    return running_ckan


def api_of(ckan: Ckan, who: str | None) -> CkanApi:
    headers = {"Authorization": ckan.tokens[who]} if who else {}
    return CkanApi(PortalSession(ckan.small_url, secret_headers=headers))


@pytest.mark.parametrize("case", CASES)
def test_each_refusal_says_what_to_do(filled: Ckan, case):
    meaning, who, act = CASES[case]
    with pytest.raises(ActionError) as caught:
        act(api_of(filled, who))
    told = explain(caught.value, "resource:x.csv")
    assert told.meaning == meaning
    assert isinstance(told, RefusedByPortalError)
    advice = next(each.text for each in MEANINGS if each.name == meaning)
    assert advice.fr in told.say("fr")
    assert advice.en in told.say("en")
    assert "<" not in told.say("fr")
    assert told.exit_code == 4


@pytest.mark.parametrize(
    ("who", "part"),
    [
        ("expired", "refuse ce jeton"),
        ("revoked", "refuse ce jeton"),
        ("stranger", "refuse ce jeton"),
        ("member", "n’est que membre de"),
    ],
)
def test_a_token_without_right_is_found_before_anything_is_written(
    ckan: Ckan, tmp_path, monkeypatch, capfd, who, part
):
    monkeypatch.setenv("TERRITO_CKAN_TOKEN", ckan.tokens[who])
    release = make(tmp_path)
    arguments = ["--to", ckan.target, "--release", str(release.path), "--lang", "fr"]
    assert run(["plan", *arguments]) == 4
    assert run(["publish", *arguments, "--yes"]) == 4
    told = capfd.readouterr()
    assert part in told.err
    assert ckan.tokens[who] not in told.out + told.err
    assert ckan.datasets() == []


@pytest.mark.parametrize("token", ["", "  ", "deux mots", "é", "a\nb"])
def test_what_is_no_token_is_wrong_use_and_never_shown(ckan: Ckan, tmp_path, monkeypatch, token):
    monkeypatch.setenv("JETON", token)
    release = make(tmp_path)
    with pytest.raises(UsageError, match="JETON") as caught:
        Publisher(ckan).target(release, token_env="JETON")  # noqa: S106 - a name
    assert not token.strip() or token not in caught.value.say("fr") + caught.value.say("en")


def test_the_token_is_nowhere_to_be_read(ckan: Ckan, tmp_path, monkeypatch, capfd):
    token = ckan.tokens["editor"]
    monkeypatch.setenv("TERRITO_CKAN_TOKEN", token)
    release = make(tmp_path)
    address = ["--to", ckan.target, "--organization", PUBLISHER, "--release", str(release.path)]
    assert run(["plan", *address, "--out", str(tmp_path / "plan.json")]) == 0
    assert run(["publish", *address, "--yes", "--format", "json"]) == 0
    assert run(["verify", *address, "--format", "json"]) == 0
    shown = capfd.readouterr()
    target = Publisher(ckan).target(release)
    try:
        target._portal.api.write("rien")
    except ActionError:
        trace = traceback.format_exc()
    kept = [each.read_bytes() for each in tmp_path.rglob("*") if each.is_file()]
    assert token not in shown.out + shown.err + trace + repr(target) + repr(vars(target))
    assert not any(token.encode() in each for each in kept)


@pytest.mark.parametrize(
    ("asked", "error"),
    [(None, UsageError), ("inconnue", RemoteError), ("Ville de test", None)],
)
def test_the_organisation_is_found_by_name_or_title(
    ckan: Ckan, tmp_path, monkeypatch, asked, error
):
    monkeypatch.setenv("TERRITO_CKAN_TOKEN", ckan.tokens["editor"])
    titles = {
        each["name"]: each["title"]
        for each in ckan.act("organization_list_for_user", "editor", permission="create_dataset")
    }
    asked = titles[PUBLISHER] if asked == "Ville de test" else asked
    publisher, release = Publisher(ckan), make(tmp_path)
    if error is None:
        assert (
            publisher.plan(release, organization=asked).actions[0].after["organization"]
            == PUBLISHER
        )
        return
    with pytest.raises(error, match=PUBLISHER):
        publisher.plan(release, organization=asked)


def test_targets_of_several_organisations_stand_in_one_file(
    ckan: Ckan, tmp_path, monkeypatch, capfd
):
    release = make(tmp_path)
    organizations = {"ville": PUBLISHER, "agglo": "agglomeration-de-test"}
    (tmp_path / "territo.toml").write_text(
        "".join(
            f'[targets.{name}]\nto = "{ckan.target}"\norganization = "{each}"\n'
            f'token_env = "JETON_{name.upper()}"\n'
            for name, each in organizations.items()
        )
    )
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("JETON_VILLE", ckan.tokens["editor"])
    monkeypatch.setenv("JETON_AGGLO", ckan.tokens["editor"])
    for name, organization in organizations.items():
        asked = ["plan", "--to", name, "--release", str(release.path), "--format", "json"]
        assert run(asked) == 0
        plan = json.loads(capfd.readouterr().out)
        assert plan["settings"] == {
            "organization": organization,
            "token_env": f"JETON_{name.upper()}",
        }
        assert plan["actions"][0]["after"]["organization"] == organization
    monkeypatch.delenv("JETON_AGGLO")
    assert run(["plan", "--to", "agglo", "--release", str(release.path)]) == 2
    assert "JETON_AGGLO" in capfd.readouterr().err


def test_a_file_over_the_limit_leaves_the_publication_to_be_resumed(
    ckan: Ckan, tmp_path, monkeypatch
):
    monkeypatch.setenv("TERRITO_CKAN_TOKEN", ckan.tokens["editor"])
    lines = "".join(f"{number:06},{'x' * 200}\n" for number in range(6_000))
    release = make(tmp_path, towns="code,nom\n" + lines)
    with pytest.raises(RemoteError, match="max_resource_size"):
        Publisher(ckan, small=True).publish(release)
    assert ckan.datasets()[0]["state"] == "draft"
    Publisher(ckan).publish(release)
    assert Publisher(ckan).plan(release).empty


@pytest.mark.parametrize("place", ["http://127.0.0.1:9", "http://nulle-part.invalid"])
def test_a_portal_that_does_not_answer_is_told(place, tmp_path, monkeypatch, capfd):
    monkeypatch.setenv("TERRITO_CKAN_TOKEN", "x")
    monkeypatch.setattr("territo_opendata.clients.portal.time.sleep", lambda _: None)
    release = make(tmp_path)
    assert run(["plan", "--to", f"ckan:{place}", "--release", str(release.path)]) == 4
    assert "127.0.0.1" in (told := capfd.readouterr().err) or "nulle-part" in told


def test_a_file_of_200_mb_goes_through_little_memory(ckan: Ckan):
    create(api_of(ckan, "editor"), name="gros")
    done = subprocess.run(
        [sys.executable, Path(__file__).with_name("send_big.py"), ckan.url, "gros"],
        env={"TOKEN": ckan.tokens["editor"], "PYTHONPATH": str(Path(__file__).parents[2])},
        capture_output=True,
        text=True,
        check=True,
    )
    peak, size = map(int, done.stdout.split())
    assert size == 200_000_000
    assert peak < 150_000_000
