"""What is told of answers that only servers in front of a udata give, or a udata in distress."""

import json

import pytest

from territo_opendata.clients.answers import Answer
from territo_opendata.clients.udata_errors import refusal
from territo_opendata.language import Text

DOING = Text("l’essai", "the try")
PAGE = b"<html><title>\x1b[31m502 Bad Gateway</title></html>"


@pytest.mark.parametrize(
    ("status", "body", "fr", "en"),
    [
        (409, b'{"message": "DOI"}', "archivez-le", "archive it"),
        (413, b"<html>413</html>", "découpez la table", "split the table"),
        (415, b"<html>415</html>", "équipe du portail", "portal’s team"),
        (423, b'{"message": "read only"}', "lecture seule", "read-only"),
        (429, b"", "quelques minutes", "a few minutes"),
        (500, b'{"message": "Internal Server Error"}', "en panne", "failing"),
        (502, PAGE, "en panne", "failing"),
        (504, b"[]", "en panne", "failing"),
        (418, b"null", "Vérifiez l’adresse", "Check the address"),
        (400, b'{"errors": [{}, {"schema": {"name": ["non"]}}]}', "schéma", "schema"),
        (400, b'{"errors": {"spatial": {"zones": ["x"]}, "title": "y"}}', "`title`", "`spatial`"),
        (400, b'{"errors": {"inconnu": ["x"]}}', "cette indication", "as this says"),
        (400, b"[" * 100_000, "cette indication", "as this says"),
    ],
)
def test_every_answer_that_says_no_has_its_advice(status, body, fr, en):
    told = refusal(Answer(status, {}, body, "http://x.test/api/1/datasets/?k=secret"), DOING)
    assert told.status == status
    assert told.exit_code == 4
    assert fr in told.text.fr
    assert en in told.text.en
    assert str(status) in told.text.fr
    assert "\x1b" not in told.text.fr
    assert "secret" not in told.text.fr
    assert "<" not in told.text.fr, "a page of a proxy is shown"


def test_what_the_portal_says_is_shown_safely_and_in_short():
    words = "\x1b[2J" + "é" * 2000
    body = json.dumps({"errors": {"title": [words]}}).encode()
    told = refusal(Answer(400, {}, body, "http://x.test/api/1/datasets/"), DOING).text.fr
    assert "\x1b" not in told
    assert len(told) < 800
    assert told.startswith("« http://x.test » refuse l’essai (400 : title : ")
