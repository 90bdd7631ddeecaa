"""A published package brought back, every digest checked."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from territo_opendata.errors import MismatchError, MissingFileError, RefusedError, TerritoError
from territo_opendata.language import visible
from territo_opendata.publish.manifest import Expected, Manifest, read_manifest, read_signature
from territo_opendata.publish.model import Mismatch, State, Verification
from territo_opendata.publish.sources import Source, open_source
from territo_opendata.release import open_release
from territo_opendata.release.disk import (
    Disk,
    locked,
    recover_folder,
    swap_folder,
    unfinished,
)
from territo_opendata.release.model import CHECKSUMS, DESCRIPTOR, SIGNATURE
from territo_opendata.release.names import check_name
from territo_opendata.release.signature import check_signature

_MAX_FILE = 100_000_000_000


@dataclass(frozen=True, slots=True)
class Got:
    """A package that was fetched.

    `unchecked` are the files that it gives no digest of, `remote` those that it names at other
    addresses and that were not fetched.
    """

    path: Path
    name: str
    version: str
    files: int
    bytes: int
    unchecked: tuple[str, ...]
    remote: tuple[str, ...]
    signed: str | None = None


def get_package(
    place: str,
    output: Path | None = None,
    *,
    public_key: str | None = None,
    disk: Disk | None = None,
) -> Got:
    """Fetch the package at `place` (a folder, `file://` or http(s) base) into the folder `output`.

    By default that is `<name>-<version>` here. What `build` made comes back as it was, with its
    relative paths and SHA256SUMS; of another data package, all that it names below its base.
    `public_key` is the key that must have signed it, `Got.signed` then what the signature says.
    Nothing is put at `output` before everything is there and checked. Raises MismatchError when
    a digest or size differs, UnsafePathError when the package names files outside its base,
    RefusedError when something else stands at `output`.
    """
    disk = disk or Disk()
    source = open_source(place)
    manifest = read_manifest(source)
    signature = read_signature(source, manifest)
    signed = _signed(manifest, signature, public_key)
    target = (output or Path(_folder_name(manifest))).absolute()
    with locked(target.parent):
        recover_folder(target, disk)
        _check_free(target)
        fresh = unfinished(target)
        try:
            disk.make(fresh)
            _download(source, manifest, signature, fresh, disk)
            if manifest.digest:
                open_release(fresh)
            size = sum(each.stat().st_size for each in fresh.rglob("*") if each.is_file())
            swap_folder(fresh, target, disk)
        finally:
            disk.drop(fresh)
    return Got(
        path=target,
        name=manifest.name,
        version=manifest.version,
        files=len(manifest.files),
        bytes=size,
        unchecked=_unchecked(manifest),
        remote=manifest.remote,
        signed=signed,
    )


def verify_source(place: str, *, public_key: str | None = None) -> Verification:
    """Read every file of the package at `place` and compare it with the digests it gives.

    `place` is a release folder, a published folder or its address; `public_key` the key that
    must have signed it. Raises as `read_manifest` and `check_signature`.
    """
    source = open_source(place)
    manifest = read_manifest(source)
    if public_key is not None:
        _signed(manifest, read_signature(source, manifest), public_key)
    mismatches = []
    for path, expected in manifest.files.items():
        found = _measure(source, manifest.prefix + path, expected)
        if found != _state(expected, found):
            mismatches.append(Mismatch(manifest.prefix + path, _state(expected, None), found))
    return Verification(len(manifest.files), tuple(mismatches), _unchecked(manifest))


def fetch_files(source: Source, manifest: Manifest, paths: list[str], folder: Path) -> None:
    """Write these files of the package, checked, and its descriptor below `folder`."""
    disk = Disk()
    for path in paths:
        blocks = _checked(source, manifest.prefix + path, manifest.files[path])
        disk.write(folder / manifest.prefix / path, blocks)
    disk.write(folder / DESCRIPTOR, [manifest.entry])


def _signed(manifest: Manifest, signature: bytes | None, public_key: str | None) -> str | None:
    """Return what the signature says, None when none was asked for."""
    if public_key is None:
        return None
    return check_signature(manifest.checksums or b"", signature, public_key)


def _folder_name(manifest: Manifest) -> str:
    name = check_name(manifest.name, "du paquet", "the package")
    version = manifest.version
    return check_name(f"{name}-{version}", "du paquet", "the package") if version else name


def _unchecked(manifest: Manifest) -> tuple[str, ...]:
    return tuple(path for path, expected in manifest.files.items() if expected.digest is None)


def _check_free(target: Path) -> None:
    """Refuse to replace anything but an empty folder or an intact release."""
    if not target.exists() or (target.is_dir() and not any(target.iterdir())):
        return
    try:
        open_release(target)
    except TerritoError as error:
        raise RefusedError(
            f"« {target} » existe déjà et n’est pas une livraison intacte : "
            "choisissez un autre dossier avec --output.",
            f"“{target}” exists already and is not an intact release: "
            "choose another folder with --output.",
        ) from error


def _download(
    source: Source, manifest: Manifest, signature: bytes | None, folder: Path, disk: Disk
) -> None:
    for path, expected in manifest.files.items():
        disk.write(folder / path, _checked(source, manifest.prefix + path, expected))
    if manifest.checksums is not None:
        disk.write(folder / CHECKSUMS, [manifest.checksums])
        if signature is not None:
            disk.write(folder / SIGNATURE, [signature])
    else:
        disk.write(folder / DESCRIPTOR, [manifest.entry])


def _checked(source: Source, path: str, expected: Expected) -> Iterator[bytes]:
    """Yield the bytes of a file; raise MismatchError at its end unless they are the expected.

    A file longer than it should be is given up at once, however long it goes on.
    """
    limit = _MAX_FILE if expected.bytes is None else expected.bytes
    digest, size = hashlib.new(expected.algorithm, usedforsecurity=False), 0
    for block in source.stream(path):
        size += len(block)
        if size > limit:
            raise _wrong(path, source)
        digest.update(block)
        yield block
    if expected.bytes not in (None, size) or expected.digest not in (None, digest.hexdigest()):
        raise _wrong(path, source)


def _measure(source: Source, path: str, expected: Expected) -> State | None:
    digest, size = hashlib.new(expected.algorithm, usedforsecurity=False), 0
    limit = _MAX_FILE if expected.bytes is None else expected.bytes
    try:
        for block in source.stream(path):
            size += len(block)
            digest.update(block)
            if size > limit:
                break
    except MissingFileError:
        return None
    return {"bytes": size, expected.algorithm: digest.hexdigest()}


def _state(expected: Expected, found: State | None) -> dict[str, object]:
    """Return the expected state, with what was found where the package does not say."""
    there = found or {}
    size = there.get("bytes") if expected.bytes is None else expected.bytes
    digest = there.get(expected.algorithm) if expected.digest is None else expected.digest
    return {"bytes": size, expected.algorithm: digest}


def _wrong(path: str, source: Source) -> MismatchError:
    return MismatchError(
        f"« {visible(path)} » de « {source.label} » n’est pas le fichier annoncé "
        "(taille ou empreinte différente). Rien n’a été gardé ; prévenez qui le publie.",
        f"“{visible(path)}” of “{source.label}” is not the file announced "
        "(size or digest differs). Nothing was kept; tell whoever publishes it.",
    )
