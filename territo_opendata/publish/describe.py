"""A plan in words."""

from territo_opendata.language import Language, Text, visible
from territo_opendata.publish.model import Action, Plan, State, Verification
from territo_opendata.release.pages import french_size

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
_UNITS = ("B", "kB", "MB", "GB", "TB")


def describe(plan: Plan, language: Language) -> list[str]:
    """Return the plan as lines: what is published where, each change, notes, what it needs."""
    head = f"{plan.name} {plan.version} ({plan.digest[:12]}) → {plan.target}"
    lines = [visible(head, 1000)]
    lines += [_line(action, language) for action in plan.actions]
    lines.append(_summary(plan).say(language))
    lines += [visible(note.say(language), 1000) for note in plan.notes]
    lines += [_NEEDS[need].say(language) for need in sorted(plan.needs - plan.given)]
    return lines


def describe_verification(result: Verification, language: Language) -> list[str]:
    """Return what `verify` found, one line for each file that differs, then the count."""
    lines = []
    for each in result.mismatches:
        found = _shown(each.found, language)
        expected = _shown(each.expected, language)
        lines.append(
            Text(
                f"! {visible(each.address, 300)} : {found}, attendu {expected}",
                f"! {visible(each.address, 300)}: {found}, expected {expected}",
            ).say(language)
        )
    checked, wrong = result.checked, len(result.mismatches)
    lines.append(
        Text(
            f"{checked} fichiers relus, {wrong} différent(s).",
            f"{checked} files read back, {wrong} differing.",
        ).say(language)
    )
    return lines


def _line(action: Action, language: Language) -> str:
    sign, verb = _KINDS[action.kind]
    change = (
        f"{_shown(action.before, language)} → {_shown(action.after, language)}"
        if action.kind == "update"
        else _shown(action.after or action.before, language)
    )
    colon = " :" if language == "fr" else ":"
    return f"  {sign} {verb.say(language)} {visible(action.object_id, 300)}{colon} {change}"


def _summary(plan: Plan) -> Text:
    if plan.empty:
        return Text(
            "Rien à faire : la cible est à jour.", "Nothing to do: the target is up to date."
        )
    counts = {kind: sum(each.kind == kind for each in plan.actions) for kind in _KINDS}
    return Text(
        f"{counts['create']} à créer, {counts['update']} à remplacer, {counts['remove']} à retirer.",
        f"{counts['create']} to create, {counts['update']} to replace, {counts['remove']} to remove.",
    )


def _shown(state: State | None, language: Language) -> str:
    """Return a state in short: size and start of the digest, or number of files."""
    if state is None:
        return Text("absent", "absent").say(language)
    if "sha256" in state:
        return f"{_size(state['bytes'], language)}, sha256 {visible(str(state['sha256'])[:12])}…"
    files = state.get("files")
    if isinstance(files, dict):
        total = _size(sum(each["bytes"] for each in files.values()), language)
        return Text(f"{len(files)} fichiers, {total}", f"{len(files)} files, {total}").say(language)
    return ", ".join(f"{visible(key)} = {visible(str(value))}" for key, value in state.items())


def _size(size: int, language: Language) -> str:
    if language == "fr":
        return french_size(size)
    value, unit = float(size), 0
    while value >= 999.5 and unit < len(_UNITS) - 1:
        value, unit = value / 1000, unit + 1
    return f"{value:.1f} {_UNITS[unit]}" if unit and value < 10 else f"{value:.0f} {_UNITS[unit]}"
