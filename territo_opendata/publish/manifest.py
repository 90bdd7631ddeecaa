"""What a published package says it holds: the files, their sizes and digests."""

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from territo_opendata.descriptors.loading import parse_json_object
from territo_opendata.errors import DescriptorError, MismatchError, MissingFileError
from territo_opendata.language import Text, visible
from territo_opendata.publish.sources import Source, read_whole
from territo_opendata.release.model import CHECKSUMS, DESCRIPTOR, SIGNATURE, parse_checksums
from territo_opendata.release.names import safe_relative

_MAX_DESCRIPTOR = 50_000_000
_MAX_SIGNATURE = 10_000
_WHAT = Text("le descripteur", "the descriptor")
_RELEASE = re.compile(r"releases/[^/]+-([0-9a-f]{12})/")
_HASH = re.compile(r"(?:(md5|sha1|sha256|sha512):)?([0-9a-f]{32,128})", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Expected:
    """What a file must be; None where the package does not say."""

    algorithm: str = "sha256"
    digest: str | None = None
    bytes: int | None = None


@dataclass(frozen=True, slots=True)
class Manifest:
    """The files of a package by path; `prefix` is where they stand below the source.

    `digest` is that of SHA256SUMS, None for a package that was not made by `build`. `entry` are
    the bytes of the descriptor at the source. `remote` are the resources that stand elsewhere.
    """

    name: str
    version: str
    prefix: str
    digest: str | None
    files: Mapping[str, Expected]
    entry: bytes
    descriptor: Mapping[str, Any]
    remote: tuple[str, ...] = ()
    checksums: bytes | None = None


def read_manifest(source: Source) -> Manifest:
    """Return what the package at `source` holds.

    Reads the descriptor, then SHA256SUMS beside its files: everything else is checked against
    these. Raises MissingFileError when there is no descriptor, DescriptorError when it is broken,
    UnsafePathError when it names files outside its folder, MismatchError when the two disagree.
    """
    entry = read_whole(source, DESCRIPTOR, _MAX_DESCRIPTOR)
    descriptor = parse_json_object(entry, f"{source.label}/{DESCRIPTOR}", _WHAT)
    resources = _resources(descriptor)
    local = {path: each for each in resources for path in _paths(each) if not _is_url(path)}
    prefix, start = _prefix(local)
    declared = {path.removeprefix(prefix): _expected(each) for path, each in local.items()}
    checksums = _read_checksums(source, prefix)
    files, digest = declared, None
    if checksums is not None:
        digest = hashlib.sha256(checksums).hexdigest()
        files = _agreed(parse_checksums(checksums), declared)
    else:
        files.update(_references(resources))
    if start and not (digest or "").startswith(start):
        raise _disagree(CHECKSUMS)
    return Manifest(
        name=_text(descriptor.get("name")),
        version=_text(descriptor.get("version")),
        prefix=prefix,
        digest=digest,
        files=files,
        entry=entry,
        descriptor=descriptor,
        remote=tuple(path for each in resources for path in _paths(each) if _is_url(path)),
        checksums=checksums,
    )


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _resources(descriptor: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    found = descriptor.get("resources")
    if not isinstance(found, list) or not all(isinstance(each, dict) for each in found):
        raise DescriptorError(
            "Le descripteur ne contient pas de liste `resources` : ce n’est pas un paquet de données.",
            "The descriptor holds no list `resources`: it is no data package.",
        )
    return found


def _paths(resource: Mapping[str, Any]) -> list[str]:
    path = resource.get("path", [])
    paths = path if isinstance(path, list) else [path]
    return [each if _is_url(str(each)) else str(safe_relative(str(each))) for each in paths]


def _is_url(path: str) -> bool:
    return path.lower().startswith(("http://", "https://"))


def _prefix(paths: Iterable[str]) -> tuple[str, str]:
    """Return the release folder that all paths share and the start of its digest, else blanks."""
    matches = [_RELEASE.match(path) for path in paths]
    prefixes = {match[0] if match else "" for match in matches}
    if len(prefixes) == 1 and matches and matches[0]:
        return matches[0][0], matches[0][1]
    return "", ""


def _expected(resource: Mapping[str, Any]) -> Expected:
    size = resource.get("bytes")
    match = _HASH.fullmatch(str(resource.get("hash", "")))
    split = isinstance(resource.get("path"), list) and len(resource["path"]) > 1
    if split:  # size and hash are those of the whole: they say nothing of its parts
        return Expected()
    return Expected(
        algorithm=(match[1] or "md5").lower() if match else "sha256",
        digest=match[2].lower() if match else None,
        bytes=size if isinstance(size, int) and not isinstance(size, bool) else None,
    )


def _references(resources: list[Mapping[str, Any]]) -> dict[str, Expected]:
    """Return the schemas and dialects that resources name by path: part of the package too."""
    named = (each.get(key) for each in resources for key in ("schema", "dialect"))
    return {
        str(safe_relative(path)): Expected()
        for path in named
        if isinstance(path, str) and not _is_url(path)
    }


def _read_checksums(source: Source, prefix: str) -> bytes | None:
    try:
        return read_whole(source, prefix + CHECKSUMS, _MAX_DESCRIPTOR)
    except MissingFileError:
        if prefix:
            raise
        return None


def read_signature(source: Source, manifest: Manifest) -> bytes | None:
    """Return what signs the SHA256SUMS of a package, None where nothing does."""
    if manifest.checksums is None:
        return None
    try:
        return read_whole(source, manifest.prefix + SIGNATURE, _MAX_SIGNATURE)
    except MissingFileError:
        return None


def _agreed(sums: Mapping[str, str], declared: Mapping[str, Expected]) -> dict[str, Expected]:
    """Return what SHA256SUMS and the descriptor say together."""
    for path, expected in declared.items():
        if path not in sums or expected.digest not in (None, sums[path]):
            raise _disagree(path)
    return {
        path: Expected("sha256", digest, declared[path].bytes if path in declared else None)
        for path, digest in sums.items()
    }


def _disagree(path: str) -> MismatchError:
    return MismatchError(
        f"Le descripteur et {CHECKSUMS} ne s’accordent pas sur « {visible(path)} » : "
        "la publication est incomplète ou a été modifiée.",
        f"The descriptor and {CHECKSUMS} disagree on “{visible(path)}”: "
        "the publication is incomplete or was altered.",
    )
