"""The test portals are what the other tests take them for."""

import pytest
import requests

from tests.portals.portals import PUBLISHER, Ckan, Portal, Udata
from tests.portals.starters import ckan as ckan_starter
from tests.portals.starters.servers import running

pytestmark = pytest.mark.portal

MAY_CREATE = {"admin", "editor"}
BAD = ("expired", "revoked")


def status(portal: Portal, method: str, path: str, token: str | None, **options) -> int:
    header = {"ckan": "Authorization", "udata": "X-API-KEY"}[portal.kind]
    headers = {header: token} if token else {}
    return requests.request(
        method, portal.url + path, headers=headers, timeout=60, **options
    ).status_code


def test_ckan_has_the_parts_that_tests_play(ckan: Ckan):
    about = ckan.ask("GET", "/api/3/action/status_show")["result"]
    assert about["ckan_version"].startswith("2.12.")
    assert "datastore" in about["extensions"]
    for who in ("admin", "editor", "member", "stranger", *BAD):
        asked = {"name": f"essai-{who}", "owner_org": PUBLISHER}
        made = status(ckan, "POST", "/api/3/action/package_create", ckan.tokens[who], json=asked)
        assert made == (200 if who in MAY_CREATE else 403), who
    assert {each["name"] for each in ckan.datasets()} == {"essai-admin", "essai-editor"}


def test_ckan_holds_nothing_at_the_start_of_a_test(ckan: Ckan):
    assert ckan.datasets() == []


@pytest.mark.parametrize(("address", "stored"), [("url", 200), ("small_url", 409)])
def test_ckan_limits_uploads_where_it_is_asked_to(ckan: Ckan, address, stored):
    dataset = ckan.act("package_create", "editor", name="essai", owner_org=PUBLISHER)
    answer = requests.post(
        f"{getattr(ckan, address)}/api/3/action/resource_create",
        headers={"Authorization": ckan.tokens["editor"]},
        data={"package_id": dataset["id"], "name": "gros"},
        files={"upload": ("gros.csv", b"x" * 2_000_000)},
        timeout=60,
    )
    assert answer.status_code == stored


def test_ckan_comes_up_again_when_a_part_of_it_has_ended(ckan: Ckan):
    folder = ckan_starter.folder_of("2.12")
    ckan_starter.stop("solr", folder)
    assert running("solr", folder) is None
    assert ckan_starter.up()["tokens"] == ckan.tokens
    assert ckan.datasets() == []


def test_udata_has_the_parts_that_tests_play(udata: Udata):
    assert udata.ask("GET", "/api/1/site/")["version"].startswith("17.18.")
    organization = udata.organizations[PUBLISHER]
    for who in ("admin", "manager", "editor", "stranger", *BAD):
        asked = {"title": f"Essai {who}", "description": "x", "organization": organization}
        made = status(udata, "POST", "/api/1/datasets/", udata.tokens[who], json=asked)
        expected = 201 if who in {"manager", *MAY_CREATE} else 401 if who in BAD else 400
        assert made == expected, who
    assert len(udata.datasets()) == 3


def test_udata_knows_french_zones_and_licences(udata: Udata):
    assert udata.datasets() == []
    for zone in ("country:fr", "fr:region:53", "fr:departement:2A", "fr:commune:35238"):
        assert udata.ask("GET", f"/api/1/spatial/zone/{zone}/")["id"] == zone
    licences = {each["id"] for each in udata.ask("GET", "/api/1/datasets/licenses/")}
    assert {"lov2", "odc-odbl"} <= licences
    schemas = {each["name"] for each in udata.ask("GET", "/api/1/datasets/schemas/")}
    assert "scdl/subventions" in schemas
