"""The release folder, made beside its place and put there in one step."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from territo_opendata.build.archive import archive_blocks
from territo_opendata.build.descriptor import (
    Released,
    ReleasedFile,
    ReleasedTable,
    release_descriptor,
)
from territo_opendata.build.needs import check_publishable
from territo_opendata.build.parquet import encode_parquet, prove_equal
from territo_opendata.build.site import site_pages
from territo_opendata.build.tables import copy_table, local_file
from territo_opendata.descriptors.model import Package, Resource
from territo_opendata.errors import (
    DescriptorError,
    IncompleteError,
    InvalidDataError,
    RefusedError,
    TerritoError,
    UsageError,
)
from territo_opendata.findings import Report, TableReport
from territo_opendata.release.citation import CITATION, encode_citation
from territo_opendata.release.croissant import CROISSANT, encode_croissant
from territo_opendata.release.dates import release_date
from territo_opendata.release.dcat import catalogue, encode_catalogue
from territo_opendata.release.disk import (
    Disk,
    blocks_of,
    digest_blocks,
    locked,
    recover_folder,
    swap_folder,
    unfinished,
)
from territo_opendata.release.history import CHANGELOG
from territo_opendata.release.model import (
    CHECKSUMS,
    DESCRIPTOR,
    SIGNATURE,
    Release,
    ReleaseFile,
    encode_json,
    format_checksums,
    open_release,
)
from territo_opendata.release.names import check_name, check_version

CATALOGUE = "catalog.jsonld"


Signer = Callable[[bytes, str], bytes]
"""Makes the signature of SHA256SUMS; its second argument is what the signature says of it."""


@dataclass(frozen=True, slots=True)
class Built:
    """A release and whether it had to be written: False when the same one stood there."""

    release: Release
    written: bool


def build_release(
    package: Package,
    report: Report,
    output: Path | None = None,
    *,
    signer: Signer | None = None,
    disk: Disk | None = None,
) -> Built:
    """Write the release folder of `package` at `output`, by default `dist/<name>-<version>`.

    `report` is what validation said of this package. The folder is made beside its place and
    swapped in whole; an earlier release there is replaced only if it is as `build` made it.
    `signer` makes the signature of SHA256SUMS; without one, a release that is there already,
    signed and otherwise the same, stays.
    Killed at any point and run again, it ends the same. Raises InvalidDataError or
    IncompleteError when the report does not prove the package valid, DescriptorError when it
    lacks what a release needs, RefusedError when something else stands at `output`.
    """
    check_report(package, report)
    base = _folder_of(package)
    check_publishable(package, base / CHANGELOG)
    name = check_name(package.name, "du paquet", "the package")
    version = check_version(package.version)
    target = (output or base / "dist" / f"{name}-{version}").absolute()
    disk = disk or Disk()
    with locked(target.parent):
        recover_folder(target, disk)
        fresh = unfinished(target)
        try:
            _fill(fresh, package, report, signer, disk)
            release = open_release(fresh)
            written = not _is_same(target, release, signed=signer is None)
            if written:
                _check_replaceable(target)
                swap_folder(fresh, target, disk)
        finally:
            disk.drop(fresh)
    return Built(open_release(target), written)


def _folder_of(package: Package) -> Path:
    if isinstance(package.path, Path):
        return package.path.parent
    raise UsageError(
        f"Le paquet « {package.path} » n’est pas sur cette machine : téléchargez-le d’abord "
        "avec `territo get`.",
        f"The package “{package.path}” is not on this machine: fetch it first with `territo get`.",
    )


def check_report(package: Package, report: Report) -> None:
    """Raise unless `report` proves every table of `package` valid."""
    if report.verdict == "invalid":
        count = report.errors
        raise InvalidDataError(
            f"La livraison est refusée : les données contiennent {count} erreur(s). "
            "Corrigez-les ; `territo validate` les montre.",
            f"The release is refused: the data has {count} error(s). "
            "Correct them; `territo validate` shows them.",
        )
    seen = {table.name for table in report.tables}
    unseen = [each.name for each in package.resources if each.schema and each.name not in seen]
    left = [skipped.what for skipped in report.skipped] + unseen
    if left:
        raise IncompleteError(
            f"La livraison est refusée : tout n’a pas été vérifié ({', '.join(left)}).",
            f"The release is refused: not everything was checked ({', '.join(left)}).",
        )


def _fill(
    folder: Path, package: Package, report: Report, signer: Signer | None, disk: Disk
) -> None:
    """Write every file of the release in `folder`."""
    disk.drop(folder)
    disk.make(folder)
    tables = {table.name: table for table in report.tables}
    released = [_release(folder, each, tables.get(each.name), disk) for each in package.resources]
    _check_distinct(released)
    descriptor = release_descriptor(package, released)
    disk.write(folder / DESCRIPTOR, [encode_json(descriptor)])
    changelog = _folder_of(package) / CHANGELOG
    disk.write(folder / CHANGELOG, blocks_of(changelog))
    disk.write(folder / CATALOGUE, [encode_catalogue(catalogue([descriptor]))])
    disk.write(folder / CITATION, [encode_citation(descriptor)])
    disk.write(folder / CROISSANT, [encode_croissant(descriptor)])
    told = changelog.read_text(encoding="utf-8-sig", errors="replace")
    for page, content in site_pages(folder, descriptor, told):
        disk.write(folder / page, [content])
    paths = sorted(
        each.relative_to(folder).as_posix() for each in folder.rglob("*") if each.is_file()
    )
    digests = {path: _measure(folder, path).sha256 for path in paths}
    checksums = format_checksums(digests)
    disk.write(folder / CHECKSUMS, [checksums])
    paths.append(CHECKSUMS)
    if signer is not None:
        comment = f"{package.name} {package.version} {hashlib.sha256(checksums).hexdigest()}"
        disk.write(folder / SIGNATURE, [signer(checksums, comment)])
        paths.append(SIGNATURE)
    archive = folder / f"{package.name}.zip"
    disk.write(archive, archive_blocks(folder, paths, release_date(descriptor)))
    digest = {archive.name: _measure(folder, archive.name).sha256}
    disk.write(folder / f"{archive.name}.sha256", [format_checksums(digest)])


def _release(folder: Path, resource: Resource, report: TableReport | None, disk: Disk) -> Released:
    name = check_name(resource.name, "de la ressource", "the resource")
    if resource.schema is None or report is None:
        return _release_file(folder, resource, name, disk)
    csv_path, parquet_path = folder / f"{name}.csv", folder / f"{name}.parquet"
    copy_table(resource, report, csv_path, disk)
    content, types = encode_parquet(csv_path, resource.schema, resource.title)
    disk.write(parquet_path, [content])
    rows = prove_equal(csv_path, parquet_path, resource.schema)
    return ReleasedTable(
        resource, _measure(folder, csv_path.name), _measure(folder, parquet_path.name), rows, types
    )


def _release_file(folder: Path, resource: Resource, name: str, disk: Disk) -> ReleasedFile:
    source = local_file(resource)
    suffix = "".join(char for char in source.suffix if char.isascii() and char.isalnum())
    path = f"{name}.{suffix}" if suffix else name
    disk.write(folder / path, blocks_of(source))
    return ReleasedFile(resource, _measure(folder, path))


def _measure(folder: Path, path: str) -> ReleaseFile:
    return ReleaseFile(path, *digest_blocks(blocks_of(folder / path)))


def _check_distinct(released: list[Released]) -> None:
    """Refuse names that one file system tells apart and another does not."""
    names = [each.resource.name.lower() for each in released]
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise DescriptorError(
            f"Deux ressources portent le même nom, aux majuscules près : « {twice[0]} ».",
            f"Two resources bear the same name, capitals aside: “{twice[0]}”.",
        )


def _is_same(target: Path, release: Release, *, signed: bool) -> bool:
    """Tell whether the very same release stands at `target`, unaltered.

    `signed` lets it differ by being signed. Its files are then those of SHA256SUMS all the same.
    """
    if not (target / CHECKSUMS).is_file():
        return False
    if hashlib.sha256((target / CHECKSUMS).read_bytes()).hexdigest() != release.digest:
        return False
    try:
        there = open_release(target)
    except TerritoError:
        return False
    if signed and any(each.path == SIGNATURE for each in there.files):
        return True
    return there.files == release.files


def _check_replaceable(target: Path) -> None:
    """Refuse to replace anything but an empty folder or a release as `build` made it."""
    if not target.exists() or (target.is_dir() and not any(target.iterdir())):
        return
    try:
        open_release(target)
    except TerritoError as error:
        raise RefusedError(
            f"« {target} » existe et n’est pas une livraison intacte ({error.text.fr}) : "
            "supprimez-le ou choisissez un autre dossier avec --output.",
            f"“{target}” exists and is not an intact release ({error.text.en}): "
            "remove it or choose another folder with --output.",
        ) from error
