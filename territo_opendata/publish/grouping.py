"""The files of a plan for a folder, told by the folder they stand in rather than one by one."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from territo_opendata.language import Language, Text, visible
from territo_opendata.publish.model import Action, Kind, Plan, State
from territo_opendata.publish.sizes import shown_size

_SIGNS: dict[Kind, str] = {"create": "+", "update": "~", "remove": "-"}
_DONE = {
    "create": (Text("créé", "created"), Text("créés", "created")),
    "update": (Text("remplacé", "replaced"), Text("remplacés", "replaced")),
    "remove": (Text("retiré", "removed"), Text("retirés", "removed")),
}


@dataclass(frozen=True, slots=True)
class Group:
    """The files of one folder to which the same is done."""

    kind: Kind
    folder: str
    actions: Sequence[Action]

    def line(self, language: Language) -> str:
        """Return what is done, with the number of files and their size."""
        states = [each.before if self.kind == "remove" else each.after for each in self.actions]
        files = sum(count_files(state) for state in states)
        total = shown_size(sum(_bytes(state) for state in states), language)
        done = _DONE[self.kind][files > 1].say(language)
        said = f"{files_of(files, language)} {done}, {total}"
        colon = " : " if language == "fr" else ": "
        return f"  {_SIGNS[self.kind]} {visible(self.folder, 300)}{colon}{said}"


def grouped(plan: Plan) -> list[Action | Group]:
    """Return the actions of a plan in their order, those on files of one folder as one."""
    if not plan.target.startswith("folder:"):
        return list(plan.actions)
    found: dict[tuple[Kind, str], list[Action]] = {}
    for each in plan.actions:
        found.setdefault((each.kind, folder_of(each.object_id)), []).append(each)
    return [_group(kind, folder, actions) for (kind, folder), actions in found.items()]


def _group(kind: Kind, folder: str, actions: Sequence[Action]) -> Action | Group:
    first = actions[0]
    if len(actions) > 1:
        return Group(kind, folder, actions)
    whole = "files" in (first.after or first.before or {})
    return Group(kind, f"{first.object_id}/", actions) if whole else first


def folder_of(object_id: str) -> str:
    """Return the folder in which an object of a folder stands, as it is shown."""
    parent = PurePosixPath(object_id).parent
    return "./" if parent == PurePosixPath() else f"{parent}/"


def count_files(state: State | None) -> int:
    """Return how many files a state is of: those of a folder, or one."""
    files = (state or {}).get("files")
    return len(files) if isinstance(files, dict) else 1


def files_of(count: int, language: Language) -> str:
    """Return a number of files in words."""
    many = Text("fichiers", "files") if count > 1 else Text("fichier", "file")
    return f"{count}\u00a0{many.say(language)}" if language == "fr" else f"{count} {many.en}"


def summed(actions: Iterable[Action]) -> int:
    """Return how many files some actions are about."""
    return sum(count_files(each.after or each.before) for each in actions)


def _bytes(state: State | None) -> int:
    files = (state or {}).get("files")
    inner = files.values() if isinstance(files, dict) else [state or {}]
    return sum(each["bytes"] for each in inner if isinstance(each.get("bytes"), int))
