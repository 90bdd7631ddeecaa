"""A plan in words."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from territo_opendata.language import Language, Text, visible
from territo_opendata.publish.changes import Change, changes
from territo_opendata.publish.grouping import Group, files_of, grouped, summed
from territo_opendata.publish.model import Action, Kind, Mismatch, Plan, State, Verification
from territo_opendata.publish.sizes import shown_size

_KINDS = {
    "create": ("+", Text("créer", "create")),
    "update": ("~", Text("remplacer", "replace")),
    "remove": ("-", Text("retirer", "remove")),
}
_NEEDS = {
    "removal": Text(
        "Il faut --allow-removal : des fichiers publiés seraient retirés.",
        "--allow-removal is needed: published files would be removed.",
    ),
    "version": Text(
        "Il faut --allow-version : la version publiée est plus récente.",
        "--allow-version is needed: the published version is newer.",
    ),
}
_MEASURES = ("bytes", "sha256", "files")
_SHOWN = 80


def describe(plan: Plan, language: Language, *, verbose: bool = False) -> list[str]:
    """Return the plan as lines: what is published where, each change, notes, what it needs.

    The files of a folder are told together unless `verbose`.
    """
    head = f"{plan.name} {plan.version} ({plan.digest[:12]}) → {plan.target}"
    lines = [visible(head, 1000)]
    for each in plan.actions if verbose else grouped(plan):
        lines += [each.line(language)] if isinstance(each, Group) else _lines(each, language)
    lines.append(_summary(plan).say(language))
    lines += [visible(note.say(language), 1000) for note in plan.notes]
    lines += [_NEEDS[need].say(language) for need in sorted(plan.needs - plan.given)]
    return lines


def describe_verification(result: Verification, language: Language) -> list[str]:
    """Return what `verify` found, one line for each file that differs, then the count."""
    lines: list[str] = []
    for each in result.mismatches:
        lines += _mismatch(each, language)
    fr, en = "tous identiques", "all identical"
    if wrong := len(result.mismatches):
        fr, en = f"{wrong} différent{'s' if wrong > 1 else ''}", f"{wrong} differing"
    checked = result.checked
    lines.append(
        Text(f"Fichiers relus : {checked}, {fr}.", f"Files read back: {checked}, {en}.").say(
            language
        )
    )
    return lines


def _named(member: Any) -> str:
    """Return a member of a list in short: its name where it has one."""
    if isinstance(member, Mapping):
        member = member.get("name") or member.get("id") or member.get("title") or dict(member)
    return member if isinstance(member, str) else json.dumps(member, ensure_ascii=False)


def _mismatch(each: Mismatch, language: Language) -> Iterator[str]:
    address = visible(each.address, 300)
    expected = _shown(each.expected, language)
    if expected or each.found is None:
        found = _shown(each.found, language) or Text("modifié", "altered").say(language)
        fr = f"! {address} : {found}" + (f", attendu {expected}" if expected else "")
        en = f"! {address}: {found}" + (f", expected {expected}" if expected else "")
        yield Text(fr, en).say(language)
        return
    yield Text(f"! {address} : trouvé → attendu", f"! {address}: found → expected").say(language)
    for change in changes(each.found, each.expected):
        yield _change(change, "update", language)


def _lines(action: Action, language: Language) -> Iterator[str]:
    """Yield what is done to the object, then each value that it changes."""
    sign, verb = _KINDS[action.kind]
    before, after = action.before or {}, action.after or {}
    shown = _measured(action, language)
    colon = (" :" if language == "fr" else ":") if shown else ""
    name = visible(action.object_id, 300)
    yield f"  {sign} {verb.say(language)} {name}{colon} {shown}".rstrip()
    told = [
        each
        for each in changes(before, after)
        if each.path.split(".")[0] not in _MEASURES and action.kind == "update"
    ]
    if action.kind == "create" and not shown:
        told = list(changes(before, after))
    yield from (_change(each, action.kind, language) for each in told)


def _measured(action: Action, language: Language) -> str:
    """Return size and digest, or number of files, before and after; blank for no file."""
    before, after = _shown(action.before, language), _shown(action.after, language)
    if action.kind == "update":
        return f"{before} → {after}" if before and after and before != after else after
    return after if action.kind == "create" else before


def _change(each: Change, kind: Kind, language: Language) -> str:
    colon = " :" if language == "fr" else ":"
    if kind == "create":
        return f"      {visible(each.path)}{colon} {_value(each.after, language)}"
    if isinstance(each.before, list) and isinstance(each.after, list):
        gone = [f"- {_value(value, language)}" for value in each.before if value not in each.after]
        come = [f"+ {_value(value, language)}" for value in each.after if value not in each.before]
        if gone or come:
            return f"      {visible(each.path)}{colon} {', '.join([*gone, *come])}"
    before, after = _value(each.before, language), _value(each.after, language)
    return f"      {visible(each.path)}{colon} {before} → {after}"


def _value(value: Any, language: Language) -> str:
    if value is None:
        return Text("absent", "absent").say(language)
    if isinstance(value, bool):
        return (Text("oui", "yes") if value else Text("non", "no")).say(language)
    if isinstance(value, str):
        quoted = visible(value, _SHOWN)
        return f"« {quoted} »" if language == "fr" else f"“{quoted}”"
    if isinstance(value, list):
        return visible(", ".join(map(_named, value)), _SHOWN) or "—"
    return visible(json.dumps(value, ensure_ascii=False), _SHOWN)


def _summary(plan: Plan) -> Text:
    if plan.empty:
        return Text(
            "Rien à faire : la cible est à jour.", "Nothing to do: the target is up to date."
        )
    in_folder = plan.target.startswith("folder:")
    counts = {
        kind: summed(each for each in plan.actions if each.kind == kind)
        if in_folder
        else sum(each.kind == kind for each in plan.actions)
        for kind in _KINDS
    }
    return Text(
        f"{counts['create']} à créer, {counts['update']} à remplacer, {counts['remove']} à retirer.",
        f"{counts['create']} to create, {counts['update']} to replace, {counts['remove']} to remove.",
    )


def _shown(state: State | None, language: Language) -> str:
    """Return what a file or folder holds in short, blank for what is neither."""
    if state is None:
        return Text("absent", "absent").say(language)
    size = shown_size(state["bytes"], language) if isinstance(state.get("bytes"), int) else ""
    if "sha256" in state:
        digest = f"sha256 {visible(str(state['sha256'])[:12])}…"
        return f"{size}, {digest}" if size else digest
    if size:
        return size
    files = state.get("files")
    if isinstance(files, dict):
        total = shown_size(sum(each["bytes"] for each in files.values()), language)
        return f"{files_of(len(files), language)}, {total}"
    return ""
