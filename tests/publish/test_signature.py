"""A signed release is proved to be its publisher's; anything else is refused before it is kept."""

import shutil
from pathlib import Path

import minisign
import pytest

from territo_opendata.errors import MismatchError, MissingFileError, UsageError
from territo_opendata.publish import get_package, verify_source
from territo_opendata.release.model import CHECKSUMS, SIGNATURE
from territo_opendata.release.signature import PASSWORD_VARIABLE, check_signature, sign
from territo_opendata.workflow.release import build
from tests.publish.packages import write_package


@pytest.fixture
def keys(tmp_path: Path) -> tuple[Path, Path]:
    """Return the files of a secret key and of its public key."""
    pair = minisign.KeyPair.generate()
    secret, public = tmp_path / "key.sec", tmp_path / "key.pub"
    secret.write_bytes(bytes(pair.secret_key))
    public.write_bytes(bytes(pair.public_key))
    return secret, public


@pytest.fixture
def other_key() -> str:
    return minisign.KeyPair.generate().public_key.to_base64().decode()


@pytest.fixture
def release(tmp_path: Path, keys: tuple[Path, Path]) -> Path:
    package = write_package(tmp_path / "package")
    return build(package.path, key=keys[0]).release.path


def test_the_signature_is_checked(release: Path, keys: tuple[Path, Path], tmp_path: Path) -> None:
    assert verify_source(str(release), public_key=str(keys[1])).valid
    got = get_package(str(release), tmp_path / "got", public_key=str(keys[1]))
    assert got.signed is not None
    assert (got.path / SIGNATURE).read_bytes() == (release / SIGNATURE).read_bytes()
    text = keys[1].read_text().splitlines()[1]
    assert verify_source(str(got.path), public_key=text).valid


def test_another_key_is_refused_and_nothing_is_kept(
    release: Path, other_key: str, tmp_path: Path
) -> None:
    with pytest.raises(MismatchError, match="signature"):
        get_package(str(release), tmp_path / "got", public_key=other_key)
    assert not (tmp_path / "got").exists()
    with pytest.raises(MismatchError):
        verify_source(str(release), public_key=other_key)


def test_an_unsigned_package_is_refused_when_a_signature_is_asked_for(
    keys: tuple[Path, Path], tmp_path: Path
) -> None:
    release = build(write_package(tmp_path / "package").path).release.path
    with pytest.raises(MismatchError, match="pas signé"):
        get_package(str(release), tmp_path / "got", public_key=str(keys[1]))


def test_altered_checksums_are_refused(release: Path, keys: tuple[Path, Path]) -> None:
    path = release / CHECKSUMS
    lines = path.read_text().splitlines(keepends=True)
    path.write_text("".join(line for line in lines if "CHANGELOG" not in line))
    with pytest.raises(MismatchError, match="signature"):
        verify_source(str(release), public_key=str(keys[1]))


@pytest.mark.parametrize(
    "content", [b"", b"x", b"\xff\n\n\n\n", b"untrusted comment: a\nb\nc\nd\n"]
)
def test_a_damaged_signature_is_refused(
    release: Path, keys: tuple[Path, Path], content: bytes
) -> None:
    (release / SIGNATURE).write_bytes(content)
    with pytest.raises(MismatchError):
        verify_source(str(release), public_key=str(keys[1]))


def test_signing_again_gives_the_same_bytes(
    release: Path, keys: tuple[Path, Path], tmp_path: Path
) -> None:
    before = {path.name: path.read_bytes() for path in release.iterdir() if path.is_file()}
    shutil.rmtree(release)
    again = build(tmp_path / "package" / "datapackage.json", key=keys[0]).release.path
    assert {path.name: path.read_bytes() for path in again.iterdir() if path.is_file()} == before


def test_building_without_a_key_keeps_the_signature(release: Path, tmp_path: Path) -> None:
    built = build(tmp_path / "package" / "datapackage.json")
    assert not built.written
    assert (release / SIGNATURE).is_file()


def test_a_protected_key_needs_its_password(keys: tuple[Path, Path]) -> None:
    with minisign.SecretKey.from_bytes(keys[0].read_bytes()) as secret:
        secret.encrypt("sésame", opslimit=minisign.OPSLIMIT, memlimit=minisign.MEMLIMIT)
        keys[0].write_bytes(bytes(secret))
    for password in (None, "faux"):
        with pytest.raises(UsageError, match=PASSWORD_VARIABLE) as caught:
            sign(b"x", keys[0], password, "c")
        assert "faux" not in caught.value.say("fr")
    signed = sign(b"x", keys[0], "sésame", "c")
    assert check_signature(b"x", signed, str(keys[1])) == "c"


@pytest.mark.parametrize("content", [b"", b"x", b"untrusted comment: a\nb\n", b"\xff\n\xff\n"])
def test_what_is_no_key(keys: tuple[Path, Path], content: bytes) -> None:
    for path in keys:
        path.write_bytes(content)
    with pytest.raises(UsageError):
        sign(b"x", keys[0], None, "c")
    with pytest.raises(UsageError):
        check_signature(b"x", None, str(keys[1]))


def test_a_key_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(MissingFileError):
        sign(b"x", tmp_path / "none", None, "c")
    with pytest.raises(MissingFileError):
        check_signature(b"x", b"y", str(tmp_path / "none"))
