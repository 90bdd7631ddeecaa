"""What of a release is published as resources of a portal, one by one."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

from territo_opendata.release import Release, ReleaseFile
from territo_opendata.release.addresses import previous_names
from territo_opendata.release.model import DESCRIPTOR

_PARQUET = "-parquet"


@dataclass(frozen=True, slots=True)
class Content:
    """A file to publish; `key` names it for ever on a portal: `communes.csv`, `communes.parquet`.

    `resource` is its entry in the release's descriptor, `previous` the key that it had under the
    name that the descriptor gives as `previousName`.
    """

    key: str
    file: ReleaseFile
    resource: Mapping[str, Any]
    previous: str | None = None

    @property
    def object_id(self) -> str:
        """How plans call it."""
        return f"resource:{self.key}"

    @property
    def is_table(self) -> bool:
        """Whether it is the CSV of a table."""
        return bool(self.resource.get("schema")) and self.key.endswith(".csv")


def contents(release: Release) -> tuple[Content, ...]:
    """Return the files to publish, in order: those of the descriptor, then the archive.

    The descriptor itself is not among them: it is rendered anew (see `rendered`).
    """
    previous = _previous_names(release.descriptor["resources"])
    return (*_described(release, previous), _archive(release))


def _previous_names(resources: list[Mapping[str, Any]]) -> dict[str, str]:
    """Return the last former name of each resource by its name, Parquet forms included."""
    named = {each["name"]: previous_names(each) for each in resources}
    found = {name: former[-1] for name, former in named.items() if former}
    return {**found, **{name + _PARQUET: old + _PARQUET for name, old in found.items()}}


def _described(release: Release, previous: Mapping[str, str]) -> Iterator[Content]:
    for each in release.descriptor["resources"]:
        path, old = str(each["path"]), previous.get(each["name"])
        former = _key(old, path) if old else None
        yield Content(_key(each["name"], path), release.file(path), each, former)


def _key(name: str, path: str) -> str:
    suffix = PurePosixPath(path).suffix
    stem = name.removesuffix(_PARQUET) if suffix == ".parquet" else name
    return stem if stem.endswith(suffix) else stem + suffix


def _archive(release: Release) -> Content:
    path = f"{release.name}.zip"
    described = {
        "name": path,
        "title": "Livraison complète (ZIP)",
        "description": (
            f"Toutes les tables en CSV et en Parquet, leurs schémas, {DESCRIPTOR}, le journal des "
            "modifications et les sommes de contrôle."
        ),
        "format": "zip",
        "mediatype": "application/zip",
        "path": path,
    }
    return Content(path, release.file(path), described)
