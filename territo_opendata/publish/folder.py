"""A folder as a target: a static catalogue that any web server can serve.

See `layout` for what stands where. The one file that readers start from is swapped in one step,
and only once all that it names is in place; each step leaves the folder readable.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from territo_opendata.errors import (
    MismatchError,
    MissingFileError,
    UnsafePathError,
    UsageError,
)
from territo_opendata.language import Text
from territo_opendata.publish import layout
from territo_opendata.publish.apply import is_done
from territo_opendata.publish.folder_states import (
    folder_state,
    is_half_changed,
    listed,
    measured,
    state_of,
)
from territo_opendata.publish.interface import UploadWatcher, unwatched
from territo_opendata.publish.model import Action, Current, Desired, Item, Outcome, State
from territo_opendata.publish.neighbours import published_names, published_releases, read_published
from territo_opendata.publish.plan_file import stale
from territo_opendata.release import Release
from territo_opendata.release.disk import (
    Disk,
    blocks_of,
    digest_blocks,
    drop_leftovers,
    locked,
    unfinished,
)
from territo_opendata.release.pages import GENERATOR

_NO_ADDRESS = Text(
    "Sans adresse publique (--base-url, ou `base_url` dans territo.toml), le catalogue ne peut pas "
    "être moissonné par un portail : la page du projet y tient lieu d’adresse.",
    "Without a public address (--base-url, or `base_url` in territo.toml) the catalogue cannot be "
    "harvested by a portal: the project's page stands for the addresses.",
)


@dataclass(frozen=True)
class FolderTarget:
    """The folder `path`, to hold `release`; `base_url` is where the folder is served."""

    path: Path
    release: Release
    base_url: str | None = None
    disk: Disk = field(default_factory=Disk)

    @property
    def address(self) -> str:
        """See `Target.address`."""
        return f"folder:{self.path}"

    def read(self) -> Current:
        """See `Target.read`."""
        self._check_usable()
        name = self.release.name
        fixed = [f"{name}/{layout.RELEASES}/{self.release.identity}"]
        fixed += [f"{name}/{layout.LATEST}/{each}" for each in self._latest()]
        fixed += layout.rendered_ids(name)
        states = ((object_id, self._state(object_id)) for object_id in fixed)
        published = read_published(self.path, name)
        neighbours = self._neighbours()
        return Current(
            items=tuple(Item(object_id, state) for object_id, state in states if state is not None),
            version=str(published.get("version")) if published else None,
            context={
                "around": self._around(neighbours),
                "broken": self._others() - set(neighbours),
            },
        )

    def desire(self, current: Current) -> Desired:
        """See `Target.desire`."""
        name, release = self.release.name, self.release
        folder = f"{name}/{layout.RELEASES}/{release.identity}"
        files = {each.path: measured(each.bytes, each.sha256) for each in release.files}
        made = layout.renderings(release, current.context["around"], self.base_url)
        latest = layout.latest_files(release)
        folders = layout.latest_folders(release)
        return Desired(
            target=self.address,
            release=str(release.path),
            digest=release.digest,
            name=name,
            version=release.version,
            items=(
                Item(folder, {"files": files}),
                *(
                    Item(f"{name}/{layout.LATEST}/{each}", listed(folders[each]))
                    for each in folders
                ),
                *(Item(f"{name}/{layout.LATEST}/{each}", files[latest[each]]) for each in latest),
                *(
                    Item(each, state_of(make()), requires=(folder,) if "/" in each else ())
                    for each, make in made.items()
                ),
            ),
            settings={"base_url": self.base_url} if self.base_url else {},
            notes=(
                *(_left_out(each) for each in sorted(current.context["broken"])),
                *(() if self.base_url else (_NO_ADDRESS,)),
            ),
        )

    def apply(self, action: Action, on_upload: UploadWatcher = unwatched) -> Outcome:  # noqa: ARG002
        """See `Target.apply`; nothing is uploaded to a folder."""
        with locked(self.path):
            self._check_usable()
            self._check_own(action)
            self._drop_leftovers()
            found = self._state(action.object_id)
            if is_done(action, found, unfinished=is_half_changed(found, action)):
                return Outcome(action, "skipped")
            for object_id, state in action.precondition.items():
                if self._state(object_id) != state:
                    raise stale(
                        f"« {object_id} » n’est pas en place", f"“{object_id}” is not in place"
                    )
            self._change(action)
            self._read_back(action)
        return Outcome(action, "done")

    def fetch(self, resource: str) -> Iterator[bytes]:
        """See `Target.fetch`."""
        path = self._at(resource)
        if not path.is_file():
            raise MissingFileError(
                f"« {resource} » manque dans « {self.path} ».",
                f"“{resource}” is missing in “{self.path}”.",
            )
        yield from blocks_of(path)

    def _check_own(self, action: Action) -> None:
        """Refuse a plan, edited by hand, that would touch what is not this package's."""
        name = self.release.name
        removable = action.object_id.startswith(f"{name}/{layout.LATEST}/")
        release = f"{name}/{layout.RELEASES}/{self.release.identity}"
        fixed = (release, *layout.rendered_ids(name))
        if not removable and (action.after is None or action.object_id not in fixed):
            raise stale(
                f"« {action.object_id} » n’est pas à ce paquet",
                f"“{action.object_id}” does not belong to this package",
            )

    def _change(self, action: Action) -> None:
        path = self._at(action.object_id)
        if action.after is None:
            self.disk.drop(path)
        elif "files" in action.after:
            self._place_folder(path, self._source(action.object_id), action.after["files"])
        else:
            self.disk.put(path, self._content(action)())

    def _source(self, object_id: str) -> Path:
        """Return the folder that a folder of the target is a copy of: the release or one in it."""
        latest = f"{self.release.name}/{layout.LATEST}/"
        if not object_id.startswith(latest):
            return self.release.path
        return self.release.path / object_id.removeprefix(latest)

    def _place_folder(self, path: Path, source: Path, files: Mapping[str, State]) -> None:
        """Put a copy of a folder in its place in one step, or mend the one that is there."""
        if not path.exists():
            fresh = unfinished(path)
            for each in files:
                self.disk.write(fresh / each, blocks_of(source / each))
            self.disk.move(fresh, path)
            return
        there = folder_state(path)["files"]
        for each in sorted(set(files) | set(there)):
            if each not in files:
                self.disk.drop(path / each)
            elif files[each] != there.get(each):
                self.disk.put(path / each, blocks_of(source / each))

    def _content(self, action: Action) -> Callable[[], Iterable[bytes]]:
        """Return what yields the bytes that the action writes.

        Raises StalePlanError when they are no longer those that the plan announced.
        """
        latest = f"{self.release.name}/{layout.LATEST}/"
        if action.object_id.startswith(latest):
            files = layout.latest_files(self.release)
            source = self.release.path / files[action.object_id.removeprefix(latest)]
            return lambda: blocks_of(source)
        made = layout.renderings(self.release, self._around(self._neighbours()), self.base_url)
        make = made.get(action.object_id)
        content = make() if make else None
        if content is None or state_of(content) != action.after:
            raise stale(
                f"« {action.object_id} » ne serait plus ce que le plan annonce",
                f"“{action.object_id}” would no longer be what the plan says",
            )
        return lambda: [content]

    def _read_back(self, action: Action) -> None:
        if self._state(action.object_id) != action.after:
            raise MismatchError(
                f"« {action.object_id} », relu, n’est pas ce qui a été écrit : le disque est peut-être plein ou défaillant.",
                f"“{action.object_id}”, read back, is not what was written: the disk may be full or failing.",
            )

    def _others(self) -> set[str]:
        return published_names(self.path) - {self.release.name}

    def _neighbours(self) -> dict[str, Mapping[str, Any]]:
        """Return the descriptors of the other packages that are published in the folder."""
        found = {name: read_published(self.path, name) for name in self._others()}
        return {name: each for name, each in found.items() if each is not None}

    def _around(self, neighbours: Mapping[str, Mapping[str, Any]]) -> layout.Surroundings:
        releases = published_releases(self.path, self.release.name)
        return layout.Surroundings(neighbours, releases)

    def _latest(self) -> list[str]:
        folder = self.path / self.release.name / layout.LATEST
        if not folder.is_dir():
            return []
        return sorted(each.name for each in folder.iterdir() if not each.name.startswith("."))

    def _state(self, object_id: str) -> State | None:
        path = self._at(object_id)
        if path.is_dir():
            return folder_state(path)
        if path.is_file():
            return measured(*digest_blocks(blocks_of(path)))
        return None

    def _at(self, object_id: str) -> Path:
        """Return where an object is. Raises UnsafePathError when a link leads there."""
        path = self.path
        for part in object_id.split("/"):
            path /= part
            if part in ("", "..") or path.is_symlink():
                raise UnsafePathError(
                    f"« {path} » est un lien ou sort du dossier : remplacez-le par un vrai dossier.",
                    f"“{path}” is a link or leaves the folder: put a real folder in its place.",
                )
        return path

    def _drop_leftovers(self) -> None:
        package = self.path / self.release.name
        for folder in (
            self.path,
            package,
            package / layout.RELEASES,
            package / layout.RELEASES / self.release.identity,
            package / layout.LATEST,
            *(package / layout.LATEST / each for each in layout.latest_folders(self.release)),
        ):
            drop_leftovers(folder, self.disk)

    def _check_usable(self) -> None:
        """Refuse a path that is no folder, and one that holds somebody's own home page."""
        if self.path.exists() and not self.path.is_dir():
            raise UsageError(
                f"« {self.path} » n’est pas un dossier.", f"“{self.path}” is not a folder."
            )
        page = self.path / layout.PAGE
        mark = f'name="generator" content="{GENERATOR}"'.encode()
        if page.is_file() and mark not in page.read_bytes()[:4096]:
            raise UsageError(
                f"« {page} » n’a pas été écrit par territo et serait remplacé. "
                "Publiez dans un autre dossier, ou déplacez ce fichier.",
                f"“{page}” was not written by territo and would be replaced. "
                "Publish in another folder, or move that file away.",
            )


def _left_out(name: str) -> Text:
    return Text(
        f"« {name} » a un datapackage.json illisible : il n’est pas dans le catalogue.",
        f"“{name}” has a datapackage.json that cannot be read: the catalogue leaves it out.",
    )
