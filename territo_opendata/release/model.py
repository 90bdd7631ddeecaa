"""A release folder as a value, read back and proved whole."""

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from territo_opendata.errors import (
    DescriptorError,
    MismatchError,
    MissingFileError,
    UnsafePathError,
)
from territo_opendata.release.disk import blocks_of, digest_blocks
from territo_opendata.release.names import check_name, check_version, safe_relative

CHECKSUMS = "SHA256SUMS"
SIGNATURE = "SHA256SUMS.minisig"
DESCRIPTOR = "datapackage.json"
_LINE = re.compile(r"([0-9a-f]{64}) [ *](.+)")
_MAX_CHECKSUMS = 10_000_000


@dataclass(frozen=True, slots=True)
class ReleaseFile:
    """A file of a release: its path in the folder, its size in bytes, its SHA-256."""

    path: str
    bytes: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Release:
    """A release folder, whole: `files` are all its files, those of SHA256SUMS first.

    `digest` is the SHA-256 of SHA256SUMS and so stands for all the content.
    """

    path: Path
    name: str
    version: str
    digest: str
    files: tuple[ReleaseFile, ...]
    descriptor: Mapping[str, Any]

    @property
    def identity(self) -> str:
        """Version and start of the digest: no two contents share it."""
        return identity(self.version, self.digest)

    def file(self, path: str) -> ReleaseFile:
        """Return the file of that path. Raises KeyError when there is none."""
        for each in self.files:
            if each.path == path:
                return each
        raise KeyError(path)


def identity(version: str, digest: str) -> str:
    """Return how a release is named among others: its version, then 12 digits of its digest."""
    return f"{version}-{digest[:12]}"


def encode_json(value: Mapping[str, Any]) -> bytes:
    """Return `value` as indented UTF-8 JSON that ends with a newline."""
    return (json.dumps(value, ensure_ascii=False, indent=2) + "\n").encode()


def format_checksums(files: Mapping[str, str]) -> bytes:
    """Return SHA256SUMS for these digests by path, as `sha256sum -c` reads it."""
    return "".join(f"{files[path]}  {path}\n" for path in sorted(files)).encode()


def parse_checksums(content: bytes) -> dict[str, str]:
    """Return the digests by path. Raises MismatchError for anything but our own form.

    Raises UnsafePathError for a path that leaves the folder.
    """
    found: dict[str, str] = {}
    for line in content[:_MAX_CHECKSUMS].decode("utf-8", "replace").splitlines():
        match = _LINE.fullmatch(line)
        if match is None or match[2] in found:
            found.clear()
            break
        found[str(safe_relative(match[2]))] = match[1]
    if DESCRIPTOR not in found:
        raise MismatchError(
            "Le fichier SHA256SUMS est abîmé : refaites la livraison avec `territo build`.",
            "The file SHA256SUMS is damaged: build the release again with `territo build`.",
        )
    return found


def open_release(path: Path) -> Release:
    """Return the release in this folder, every digest checked.

    Raises MissingFileError when the folder holds no release, MismatchError when a file was
    altered, added or lost since it was built, DescriptorError when its descriptor is broken.
    """
    checksums = path / CHECKSUMS
    if not checksums.is_file():
        raise MissingFileError(
            f"« {path} » n’est pas une livraison : il n’y a pas de fichier SHA256SUMS. "
            "Faites-la avec `territo build`.",
            f"“{path}” is not a release: it has no file SHA256SUMS. Make it with `territo build`.",
        )
    content = b"".join(blocks_of(checksums))
    listed = parse_checksums(content)
    descriptor = _read_descriptor(path / DESCRIPTOR, listed[DESCRIPTOR])
    name = check_name(str(descriptor.get("name", "")), "du paquet", "the package")
    paths = (*listed, *_unlisted(path, name, set(listed)))
    files = tuple(_read_file(path, each, listed.get(each)) for each in paths)
    _check_archive(files, name)
    return Release(
        path=path,
        name=name,
        version=check_version(str(descriptor.get("version", ""))),
        digest=hashlib.sha256(content).hexdigest(),
        files=files,
        descriptor=descriptor,
    )


def _read_descriptor(path: Path, sha256: str) -> dict[str, Any]:
    try:
        content = path.read_bytes()
    except OSError as error:
        raise _altered(path.name, "manque", "is missing") from error
    if hashlib.sha256(content).hexdigest() != sha256:
        raise _altered(path.name, "a été modifié", "was altered")
    found = json.loads(content)
    if not isinstance(found, dict):
        raise DescriptorError(
            f"« {path} » n’est pas un objet JSON.", f"“{path}” is not a JSON object."
        )
    return found


def _unlisted(folder: Path, name: str, listed: set[str]) -> list[str]:
    """Return the files that SHA256SUMS cannot list; refuse strangers."""
    known = (CHECKSUMS, SIGNATURE, f"{name}.zip", f"{name}.zip.sha256")
    present = {
        each.relative_to(folder).as_posix()
        for each in folder.rglob("*")
        if each.is_symlink() or not each.is_dir()
    }
    for stranger in sorted(present - listed - set(known)):
        raise _altered(stranger, "n’en fait pas partie", "is not part of it")
    return [each for each in known if each in present]


def _read_file(folder: Path, path: str, sha256: str | None) -> ReleaseFile:
    file = folder / path
    if file.is_symlink():
        raise UnsafePathError(
            f"« {path} » est un lien symbolique : une livraison n’en contient pas.",
            f"“{path}” is a symbolic link: a release holds none.",
        )
    if not file.is_file():
        raise _altered(path, "manque", "is missing")
    size, found = digest_blocks(blocks_of(file))
    if sha256 is not None and found != sha256:
        raise _altered(path, "a été modifié", "was altered")
    return ReleaseFile(path, size, found)


def _check_archive(files: tuple[ReleaseFile, ...], name: str) -> None:
    """Compare the archive with the digest beside it; get leaves both out."""
    by_path = {file.path: file for file in files}
    archive, note = by_path.get(f"{name}.zip"), by_path.get(f"{name}.zip.sha256")
    if (archive is None) != (note is None):
        raise _altered(f"{name}.zip", "manque en partie", "is partly missing")
    if archive is None or note is None:
        return
    expected = hashlib.sha256(format_checksums({archive.path: archive.sha256})).hexdigest()
    if note.sha256 != expected:
        raise _altered(archive.path, "a été modifié", "was altered")


def _altered(path: str, fr: str, en: str) -> MismatchError:
    return MismatchError(
        f"La livraison n’est plus telle qu’elle a été faite : « {path} » {fr}. "
        "Refaites-la avec `territo build`.",
        f"The release is no longer as it was built: “{path}” {en}. "
        "Make it again with `territo build`.",
    )
