import json

import pytest

from territo_opendata.errors import DescriptorError, MismatchError, RemoteError
from territo_opendata.reference.millesimes import NEWEST, OLDEST
from territo_opendata.reference.tarballs import PINS, fetch, read_members, read_pins


def test_the_committed_pins_are_one_per_vintage_and_name_both_licences():
    pins = read_pins()
    vintages = [pin.millesime for pin in pins if pin.client == "npm"]
    assert sorted(vintages) == list(range(OLDEST, NEWEST + 1))
    assert all(len(pin.sha256) == 64 for pin in pins)
    for entry in json.loads(PINS.read_text(encoding="utf-8")):
        assert entry["licences"] == {"donnees": "Licence Ouverte", "code": "MIT"}


@pytest.mark.parametrize("text", ["{", "[{}]", "[1]", '[{"client": "npm"}]'])
def test_broken_pins_are_refused(tmp_path, text):
    path = tmp_path / "tarballs.json"
    path.write_text(text)
    with pytest.raises(DescriptorError, match=r"tarballs\.json"):
        read_pins(path)


def test_npm_brings_the_package_into_the_folder(make, npm, tmp_path):
    content = make.tgz([])
    pin = make.pin(content)
    (tmp_path / "served").write_bytes(content)
    npm(f'/bin/cp "{tmp_path}/served" x-pays-1.0.tgz', 'echo "$@" > asked')
    assert fetch(pin, tmp_path / "cache") == content
    assert (tmp_path / "cache/asked").read_text().split() == [
        "pack",
        "--silent",
        "--ignore-scripts",
        "@x/pays@1.0",
    ]


def test_a_package_in_the_folder_is_not_fetched_again(make, npm, tmp_path):
    content = make.tgz([])
    npm("exit 9")
    (tmp_path / "x-pays-1.0.tgz").write_bytes(content)
    assert fetch(make.pin(content), tmp_path) == content


def test_another_digest_is_refused_and_the_file_dropped(make, tmp_path):
    path = tmp_path / "x-pays-1.0.tgz"
    path.write_bytes(make.tgz([make.commune("01001", "Autre")]))
    with pytest.raises(MismatchError) as caught:
        fetch(make.pin(make.tgz([])), tmp_path)
    assert "empreinte" in caught.value.say("fr")
    assert "SHA-256" in caught.value.say("en")
    assert caught.value.exit_code == 1
    assert not path.exists()


def test_npm_missing_is_said(make, tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(RemoteError, match="« npm », qui télécharge @x/pays, est introuvable"):
        fetch(make.pin(b""), tmp_path)


@pytest.mark.parametrize(
    ("lines", "cause"),
    [
        (("echo registre injoignable >&2", "exit 1"), "registre injoignable"),
        (("exit 3",), "code 3"),
        (("exit 0",), "absent après le téléchargement"),
    ],
)
def test_a_registry_that_fails_is_said_with_its_last_word(make, npm, tmp_path, lines, cause):
    npm(*lines)
    with pytest.raises(RemoteError, match=cause) as caught:
        fetch(make.pin(b""), tmp_path)
    assert caught.value.exit_code == 4


def test_pip_brings_the_wheel(make, tmp_path, monkeypatch):
    content = make.wheel()
    served = tmp_path / "served"
    served.mkdir()
    (served / "listes-1.0-py3-none-any.whl").write_bytes(content)
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(served))
    pin = make.pin(content, client="pip", package="listes")
    assert fetch(pin, tmp_path / "cache") == content


def test_members_are_read_by_name_from_both_kinds(make):
    assert read_members(make.tgz([]), ["package/data/ept.json"]) == {"package/data/ept.json": b"[]"}
    name = "frformat/formats/pays_frozenset.py"
    assert read_members(make.wheel(), [name])[name].startswith(b"PAYS")


@pytest.mark.parametrize("content", [b"", b"PK", b"\x1f\x8b", b"no archive"])
def test_no_archive_is_refused(content):
    with pytest.raises(MismatchError, match=r"communes\.json"):
        read_members(content, ["package/data/communes.json"])


def test_a_missing_member_is_named(make):
    with pytest.raises(MismatchError, match=r"cantons\.json"):
        read_members(make.tgz([]), ["package/data/cantons.json"])
    with pytest.raises(MismatchError, match=r"rien\.py"):
        read_members(make.wheel(), ["rien.py"])
