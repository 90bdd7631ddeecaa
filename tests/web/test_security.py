"""Who may ask, and what may be asked, of the page on this machine."""

import contextlib

import pytest

from tests.web.serving import ROOT, Served

EXAMPLE = (ROOT / "schemas/financements/exemple-invalide.csv").read_bytes()
EVIL = "http://evil.example"


def test_the_page_loads_nothing_from_elsewhere(served: Served) -> None:
    answer = served.ask("GET", "")
    assert answer.status == 200
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'; script-src 'self'" in policy
    assert "unsafe" not in policy
    assert "set-cookie" not in answer.headers
    assert answer.headers["referrer-policy"] == "no-referrer"
    assert b"http://" not in answer.body
    assert b"https://" not in answer.body


@pytest.mark.parametrize("below", ["/", "/wrong/", "//", "/%2e%2e/", "/%C3%A9/", "/%FF/"])
def test_nothing_is_told_without_the_secret(served: Served, below: str) -> None:
    for path in ("", "files/0", "static/page.js"):
        answer = served.ask("GET", path, below=below)
        assert answer.status == 404
        assert b"script" not in answer.body


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Host": "evil.example"}, 421),
        ({"Host": "127.0.0.1"}, 421),
        ({"Host": "127.0.0.1.evil.example:80"}, 421),
        ({"Origin": EVIL}, 403),
        ({"Origin": "null"}, 403),
        ({"Origin": ""}, 403),
        ({"Sec_Fetch_Site": "cross-site"}, 403),
        ({"Sec_Fetch_Site": "same-site"}, 403),
        ({"Sec_Fetch_Site": "same-origin"}, 201),
    ],
)
def test_other_sites_are_refused(served: Served, headers: dict[str, str], status: int) -> None:
    assert served.drop("a.csv", EXAMPLE, **headers).status == status
    if status != 201 and headers != {"Origin": ""}:
        assert served.ask("GET", "", **headers).status == status


@pytest.mark.parametrize(
    "path",
    [
        "static/../page.py",
        "static/%2e%2e/app.py",
        "static/..%2f..%2f..%2fpyproject.toml",
        "static//etc/passwd",
        "look/../guard.css",
        "look/build.css",
        "files/..%2f..%2fetc%2fpasswd",
        "files/x/download/csv",
    ],
)
def test_no_other_file_is_given_out(served: Served, path: str) -> None:
    assert served.ask("GET", path).status == 404


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("../../../etc/cron.d/x.csv", "x.csv"),
        ("C:\\Users\\moi\\Données 2026.csv", "Données 2026.csv"),
        ("\\\\serveur\\partage\\x.csv", "x.csv"),
        ("a\r\nX-Evil: 1.csv", "a__X-Evil_ 1.csv"),
        ("<img src=x onerror=alert(1)>.csv", "_img src=x onerror=alert(1)_.csv"),
        ("..", "fichier.csv"),
        ("", "fichier.csv"),
    ],
)
def test_the_name_of_a_file_is_no_path(served: Served, name: str, shown: str) -> None:
    answer = served.drop(name, EXAMPLE)
    assert answer.status == 201
    assert answer.json["name"] == shown
    assert {each.name for each in served.left()} == {"original"}
    served.ask("DELETE", f"files/{answer.json['id']}")


def test_a_file_too_large_is_refused_before_it_is_read(served: Served) -> None:
    answer = served.ask("POST", "files", b"", X_File_Name="g.csv", Content_Length="5000001")
    assert answer.status == 413
    assert "dépasse 5 Mo" in answer.json["failure"]


def test_a_file_too_large_is_refused_whatever_is_announced(served: Served) -> None:
    def blocks():
        yield from [b"a,b\n" * 250_000] * 6

    before = served.left()
    # The answer is lost where the server closes while the rest is still being sent.
    with contextlib.suppress(ConnectionError):
        headers = {"X_File_Name": "g.csv", "Transfer_Encoding": "chunked"}
        assert served.ask("POST", "files", blocks(), **headers).status == 413
    assert served.ask("GET", "").status == 200
    assert served.wait_until(lambda: set(served.left()) <= set(before))


@pytest.mark.parametrize(
    ("path", "body", "kind", "status"),
    [
        ("check", b"{}", "application/json", 422),
        ("check", b'{"schema": "../../etc/passwd"}', "application/json", 422),
        ("check", b'{"schema": "http://evil.example/s.json"}', "application/json", 422),
        ("check", b'{"schema": ["financements"]}', "application/json", 422),
        ("check", b'{"schema": "financements"}', "text/plain", 415),
        ("check", b"[" * 100_000, "application/json", 422),
        ("check", b'"' + b"a" * 4_100_000 + b'"', "application/json", 413),
        ("check", b"[]", "application/json", 422),
        ("repair", b'{"choices": []}', "application/json", 409),
        ("repair", b'{"choices": [["a"]]}', "application/json", 422),
        ("sheet", b'{"sheet": "../x"}', "application/json", 422),
    ],
)
def test_a_request_that_makes_no_sense(
    served: Served, path: str, body: bytes, kind: str, status: int
) -> None:
    key = served.drop("a.csv", EXAMPLE).json["id"]
    answer = served.ask("POST", f"files/{key}/{path}", body, Content_Type=kind)
    assert answer.status == status
    assert answer.json["failure"]


def test_a_hostile_cell_is_inert(served: Served) -> None:
    hostile = EXAMPLE.replace(b"1,3 milliard", b"<script>alert(1)</script>")
    assert hostile != EXAMPLE
    key = served.drop("a.csv", hostile).json["id"]
    served.check(key, "financements")
    for kind, scripts in (("fragment", 0), ("report", 1)):  # one closes what a cell says
        answer = served.ask("GET", f"files/{key}/original/{kind}")
        assert b"&lt;script&gt;alert" in answer.body
        assert answer.body.count(b"<script") == scripts
    assert "sandbox" in answer.headers["content-security-policy"]
    assert answer.headers["content-disposition"].startswith("attachment")
