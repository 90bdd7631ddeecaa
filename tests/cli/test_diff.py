"""`territo diff` as a user runs it: tables, folders, addresses, exit codes."""

import json
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest

from tests.cli.run import territo
from tests.publish.packages import make_release

OLD = "programme_id,nom\nacv,Action Cœur de Ville\npvd,Petites villes\n"
NEW = "programme_id,nom\npvd,Petites villes de demain\nacv,Action Cœur de Ville\n"


@pytest.fixture
def tables(tmp_path: Path) -> Path:
    (tmp_path / "old.csv").write_text(OLD, "utf-8")
    (tmp_path / "new.csv").write_text(NEW, "utf-8")
    return tmp_path


def test_tables(tables: Path) -> None:
    done = territo("diff", "old.csv", "new.csv", "--key", "programme_id", cwd=tables)
    assert done.code == 0
    assert "nom\u00a0: Petites villes → Petites villes de demain" in done.out
    assert "Classe\u00a0: PATCH" in done.out
    coded = territo("diff", "old.csv", "new.csv", "--exit-code", "--format", "json", cwd=tables)
    assert coded.code == 1
    assert json.loads(coded.out)["tables"][0]["rows"]["removed"] == 1
    same = territo("diff", "old.csv", "old.csv", "--exit-code", "--lang", "en", cwd=tables)
    assert (same.code, same.out.splitlines()[-1]) == (0, "No difference.")


def test_changelog(tables: Path) -> None:
    done = territo("diff", "old.csv", "new.csv", "--key", "programme_id", "--changelog", cwd=tables)
    assert (
        done.out
        == "## Non publié\n\n### Corrigé\n\n- Table «\u00a0new\u00a0»\u00a0: nom\u00a0: 1 cellule modifiée.\n"
    )


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("old.csv", "absent.csv"), 2, "absent.csv"),
        (("absent", "old.csv"), 2, "absent"),
        (("old.csv", "new.csv", "--key", "ville"), 2, "ville"),
        (("old.csv",), 2, "NOUVEAU"),
        (("old.csv", "http://127.0.0.1:9/t.csv"), 4, "127.0.0.1"),
    ],
)
def test_faults_are_told(tables: Path, arguments, code, said) -> None:
    done = territo("diff", *arguments, cwd=tables)
    assert (done.code, said in done.err) == (code, True), done.err


class Requests(SimpleHTTPRequestHandler):
    """A server of files that notes what is asked for."""

    asked: list[str]

    def log_message(self, *_arguments) -> None:
        self.asked.append(Path(self.path).name)


def test_package_on_the_web_is_read_only_where_it_differs(tmp_path: Path) -> None:
    one = make_release(tmp_path / "one", mark="1")
    two = make_release(tmp_path / "two", mark="1", title="Autre titre")
    asked: list[str] = []
    handler = type("Handler", (Requests,), {"asked": asked})
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(handler, directory=str(one.path))) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        url = f"http://127.0.0.1:{server.server_port}"
        done = territo("diff", url, str(two.path), cwd=tmp_path)
        described = list(asked)
        source = territo("diff", url, str(tmp_path / "one/source"), cwd=tmp_path)
        server.shutdown()
    assert "Autre titre" in done.out
    assert "Version au moins\u00a0: 1.0.1\u00a0; 1.0.0 ne suffit pas." in done.out
    assert described == ["datapackage.json", "SHA256SUMS"]
    assert source.out.endswith("Aucune différence.\n")


def test_file_against_the_table_of_a_package(tmp_path: Path) -> None:
    release = make_release(tmp_path)
    table = tmp_path / "communes.csv"
    table.write_text((release.path / "communes.csv").read_text("utf-8") + "99999,Ailleurs\n")
    done = territo("diff", str(release.path), str(table), cwd=tmp_path)
    assert "+ 1 ligne ajoutée" in done.out
    assert "table" not in done.out.split("\n")[1]
    assert "code=99999" in done.out
