"""Published packages fetched from a folder, a file address and a real web server."""

import functools
import hashlib
import http.server
import json
import shutil
import threading

import pytest

from territo_opendata.errors import (
    DescriptorError,
    MismatchError,
    MissingFileError,
    RefusedError,
    RemoteError,
    UnsafePathError,
    UsageError,
)
from territo_opendata.publish import (
    apply_plan,
    describe_verification,
    get_package,
    make_plan,
    parse_target,
    verify_source,
)
from tests.publish.packages import make_release, tree


class Handler(http.server.SimpleHTTPRequestHandler):
    """Serves a folder; `stuffed` paths never end."""

    def log_message(self, *_arguments):
        pass

    def do_GET(self):
        if "sans-fin" not in self.path or not self.path.endswith("communes.csv"):
            super().do_GET()
            return
        self.send_response(200)
        self.end_headers()
        try:
            while True:
                self.wfile.write(b"x" * 65536)
        except OSError:
            pass


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    return make_release(tmp_path_factory.mktemp("livraison"), "1.0.0", "a")


@pytest.fixture
def public(tmp_path, built):
    folder = tmp_path / "Publié été"
    target = parse_target(f"folder:{folder}", built)
    apply_plan(make_plan(target), target)
    return folder


@pytest.fixture
def server(public):
    handler = functools.partial(Handler, directory=str(public))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as running:
        thread = threading.Thread(target=running.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{running.server_port}"
        running.shutdown()
        thread.join()


def expected(built):
    listed = tree(built.path)
    return {each: listed[each] for each in listed if ".zip" not in each}


def as_folder(public, _server):
    return str(public / "essai")


def as_file(public, _server):
    return (public / "essai").as_uri()


def as_descriptor(public, _server):
    return str(public / "essai" / "datapackage.json")


def as_latest(public, _server):
    return str(public / "essai" / "latest")


def as_web(_public, server):
    return f"{server}/essai/"


PLACES = [as_folder, as_file, as_descriptor, as_latest, as_web]


@pytest.mark.parametrize("place", PLACES)
def test_what_was_built_comes_back_byte_for_byte(tmp_path, public, server, built, place):
    got = get_package(place(public, server), tmp_path / "reçu")
    assert tree(tmp_path / "reçu") == expected(built)
    assert (got.name, got.version, got.unchecked) == ("essai", "1.0.0", ())
    again = get_package(place(public, server), tmp_path / "reçu")
    assert again == got
    assert sorted(each.name for each in tmp_path.iterdir()) == sorted([public.name, "reçu"])


@pytest.mark.parametrize("place", PLACES)
def test_what_is_published_is_verified_from_outside(public, server, built, place):
    result = verify_source(place(public, server))
    assert result.valid
    assert result.checked == len(expected(built)) - 1


def test_by_default_the_folder_is_named_after_the_package(tmp_path, public, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert get_package(str(public / "essai")).path == tmp_path / "essai-1.0.0"


def spoil_table(folder, built):
    path = folder / "essai/releases" / built.identity / "communes.csv"
    path.write_bytes(path.read_bytes().replace(b"01004", b"01005"))


def spoil_sums(folder, built):
    path = folder / "essai/releases" / built.identity / "SHA256SUMS"
    path.write_bytes(path.read_bytes().replace(b"a", b"b", 1))


def spoil_page(folder, built):
    (folder / "essai/releases" / built.identity / "index.html").write_text("<html>")


def spoil_entry(folder, built):
    path = folder / "essai/datapackage.json"
    digest = built.file("communes.csv").sha256
    path.write_text(path.read_text(encoding="utf-8").replace(digest, "0" * 64), encoding="utf-8")


def swell_table(folder, built):
    with (folder / "essai/releases" / built.identity / "communes.csv").open("a") as stream:
        stream.write("x,y\n")


@pytest.mark.parametrize("place", [as_folder, as_web])
@pytest.mark.parametrize("spoil", [spoil_table, spoil_sums, spoil_page, spoil_entry, swell_table])
def test_what_was_altered_is_not_kept(tmp_path, public, server, built, place, spoil):
    spoil(public, built)
    with pytest.raises(MismatchError):
        get_package(place(public, server), tmp_path / "reçu")
    assert [each.name for each in tmp_path.iterdir()] == [public.name]


@pytest.mark.parametrize("spoil", [spoil_table, spoil_page, swell_table])
def test_verify_names_what_was_altered(public, server, built, spoil):
    spoil(public, built)
    result = verify_source(as_web(public, server))
    name = "index.html" if spoil is spoil_page else "communes.csv"
    address = f"releases/{built.identity}/{name}"
    assert [each.address for each in result.mismatches] == [address]
    assert describe_verification(result, "fr")[0].startswith(f"! {address} : ")


def test_a_lost_file_is_told(tmp_path, public, server, built):
    (public / "essai/releases" / built.identity / "mesures.parquet").unlink()
    assert [each.found for each in verify_source(as_web(public, server)).mismatches] == [None]
    with pytest.raises(MissingFileError, match=r"mesures\.parquet"):
        get_package(as_web(public, server), tmp_path / "reçu")
    assert not (tmp_path / "reçu").exists()


def test_a_file_that_never_ends_is_given_up(tmp_path, public, server):
    shutil.copytree(public / "essai", public / "sans-fin")
    with pytest.raises(MismatchError, match=r"communes\.csv"):
        get_package(f"{server}/sans-fin", tmp_path / "reçu")
    assert not (tmp_path / "reçu").exists()


HOSTILE = [
    "../secret.csv",
    "/etc/passwd",
    "a/../../secret.csv",
    "..\\secret.csv",
    "C:/secret.csv",
    "C:secret.csv",
    "~/secret.csv/..",
    ".ssh/authorized_keys",
    "a\x00b.csv",
    "file:///etc/passwd",
    "ftp://x/y.csv",
    "a//b.csv",
    "aux.csv",
    "x.csv.",
    "",
    "x" * 2000,
]


@pytest.mark.parametrize("path", HOSTILE)
def test_paths_out_of_the_package_are_refused(tmp_path, path):
    (tmp_path / "secret.csv").write_text("a\n1\n")
    folder = tmp_path / "hostile"
    folder.mkdir()
    descriptor = {"name": "x", "resources": [{"name": "r", "path": path}]}
    (folder / "datapackage.json").write_text(json.dumps(descriptor))
    with pytest.raises(UnsafePathError):
        get_package(str(folder), tmp_path / "reçu")
    assert sorted(each.name for each in tmp_path.iterdir()) == ["hostile", "secret.csv"]


def test_paths_out_of_the_package_in_checksums_are_refused(tmp_path, built):
    folder = tmp_path / "hostile"
    shutil.copytree(built.path, folder)
    (tmp_path / "secret").write_text("x")
    digest = hashlib.sha256(b"x").hexdigest()
    with (folder / "SHA256SUMS").open("a") as stream:
        stream.write(f"{digest}  ../secret\n")
    with pytest.raises(UnsafePathError):
        get_package(str(folder), tmp_path / "reçu")


def test_a_link_out_of_the_package_is_refused(tmp_path):
    (tmp_path / "secret.csv").write_text("a\n1\n")
    folder = tmp_path / "hostile"
    folder.mkdir()
    (folder / "r.csv").symlink_to(tmp_path / "secret.csv")
    descriptor = {"name": "x", "resources": [{"name": "r", "path": "r.csv"}]}
    (folder / "datapackage.json").write_text(json.dumps(descriptor))
    with pytest.raises(UnsafePathError):
        get_package(str(folder), tmp_path / "reçu")


@pytest.mark.parametrize("name", ["../x", "/x", "", ".", "a/b", "con", None, 3, ["x"]])
def test_a_hostile_name_makes_no_folder(tmp_path, monkeypatch, name):
    monkeypatch.chdir(tmp_path)
    folder = tmp_path / "hostile"
    folder.mkdir()
    (folder / "datapackage.json").write_text(json.dumps({"name": name, "resources": []}))
    with pytest.raises(DescriptorError):
        get_package(str(folder))
    assert [each.name for each in tmp_path.iterdir()] == ["hostile"]


@pytest.mark.parametrize(
    "content", ["", "[]", "{}", '{"resources": {}}', '{"resources": [1]}', "\xff"]
)
def test_a_broken_descriptor_is_told(tmp_path, content):
    (tmp_path / "datapackage.json").write_text(content, encoding="latin-1")
    with pytest.raises(DescriptorError):
        get_package(str(tmp_path), tmp_path / "reçu")
    assert not (tmp_path / "reçu").exists()


def test_another_data_package_is_fetched_with_what_it_names(tmp_path):
    folder = tmp_path / "autre"
    (folder / "schémas").mkdir(parents=True)
    (folder / "data").mkdir()
    (folder / "data/t.csv").write_text("a\n1\n")
    (folder / "schémas/t.json").write_text('{"fields": [{"name": "a"}]}')
    resources = [
        {
            "name": "t",
            "path": "data/t.csv",
            "schema": "schémas/t.json",
            "hash": "60b725f10c9c85c70d97880dfe8191b3",
        },
        {"name": "loin", "path": "https://example.org/loin.csv"},
        {"name": "dedans", "data": [1]},
    ]
    (folder / "datapackage.json").write_text(json.dumps({"name": "autre", "resources": resources}))
    with pytest.raises(MismatchError, match=r"t\.csv"):
        get_package(str(folder), tmp_path / "reçu")
    resources[0]["hash"] = hashlib.md5(b"a\n1\n", usedforsecurity=False).hexdigest()
    (folder / "datapackage.json").write_text(json.dumps({"name": "autre", "resources": resources}))
    got = get_package(str(folder), tmp_path / "reçu")
    assert tree(tmp_path / "reçu") == tree(folder)
    assert got.unchecked == ("schémas/t.json",)
    assert got.remote == ("https://example.org/loin.csv",)


def test_something_else_at_the_output_is_kept(tmp_path, public):
    (tmp_path / "reçu").mkdir()
    (tmp_path / "reçu/mes notes.txt").write_text("x")
    with pytest.raises(RefusedError, match="--output"):
        get_package(str(public / "essai"), tmp_path / "reçu")
    assert (tmp_path / "reçu/mes notes.txt").read_text() == "x"


def test_what_is_not_there_is_told(tmp_path, public, server):
    for place in (str(tmp_path / "rien"), str(public), f"{server}/rien", server):
        with pytest.raises(MissingFileError, match=r"datapackage\.json"):
            get_package(place, tmp_path / "reçu")
    with pytest.raises(UsageError):
        get_package("ftp://example.org/x", tmp_path / "reçu")
    with pytest.raises(RemoteError):
        get_package("http://127.0.0.1:9/x", tmp_path / "reçu")
    assert [each.name for each in tmp_path.iterdir()] == [public.name]
