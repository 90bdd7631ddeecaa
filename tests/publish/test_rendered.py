"""What a portal is given of a release, and how it comes back."""

import json

import pytest

from territo_opendata.errors import UsageError
from territo_opendata.publish.contents import contents
from territo_opendata.publish.rendered import render_descriptor, restore_descriptor
from territo_opendata.publish.tokens import read_token
from territo_opendata.release.model import DESCRIPTOR, encode_json
from tests.publish.packages import make_release


@pytest.fixture(scope="module")
def release(tmp_path_factory):
    return make_release(tmp_path_factory.mktemp("livraison"))


def test_the_files_to_publish_are_named_for_ever(release):
    keys = [each.key for each in contents(release)]
    assert keys == [
        "communes.csv",
        "mesures.csv",
        "communes.parquet",
        "mesures.parquet",
        "essai.zip",
    ]
    assert [each.key for each in contents(release) if each.is_table] == keys[:2]


def test_a_rendered_descriptor_comes_back_byte_for_byte(release):
    urls = {each.resource["name"]: f"https://x.fr/{each.key}" for each in contents(release)}
    rendered = json.loads(render_descriptor(release, urls))
    assert [each["path"] for each in rendered["resources"]] == list(urls.values())[:4]
    restored = restore_descriptor(rendered)
    assert encode_json(restored) == (release.path / DESCRIPTOR).read_bytes()


def test_a_file_without_an_address_is_left_out(release):
    rendered = json.loads(render_descriptor(release, {"communes": "https://x.fr/1"}))
    assert [each["name"] for each in rendered["resources"]] == ["communes"]


@pytest.mark.parametrize(
    "descriptor", [{}, {"resources": 1}, {"resources": [1]}, {"resources": [{"path": "x"}]}]
)
def test_other_descriptors_are_not_taken_for_ours(descriptor):
    assert restore_descriptor(descriptor) is None


@pytest.mark.parametrize("value", ["", "a b", "é", "x\ny", "\x1b"])
def test_what_is_no_token_is_refused_and_not_shown(monkeypatch, value):
    monkeypatch.setenv("JETON", value)
    with pytest.raises(UsageError) as caught:
        read_token("JETON")
    assert not value or value not in caught.value.say("fr")


def test_a_token_is_read_without_the_line_end_that_was_pasted(monkeypatch):
    monkeypatch.setenv("JETON", " abc\n")
    assert read_token("JETON") == "abc"
    monkeypatch.delenv("JETON")
    assert read_token("JETON", required=False) is None
