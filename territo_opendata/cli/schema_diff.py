"""What `territo schema diff` says."""

import json

from territo_opendata.cli.options import Form
from territo_opendata.compare import changelog_entry, describe_comparison, to_dict
from territo_opendata.language import Language, Text, visible
from territo_opendata.workflow.comparison import today
from territo_opendata.workflow.schema_changes import Effect, SchemaChanges, record


def render_changes(
    found: SchemaChanges, form: Form, language: Language, *, changelog: bool = False
) -> str:
    """Return the comparison in the form asked for, or only the entry for the changelog."""
    if changelog:
        return changelog_entry(found.comparison, language, today())
    if form == "json":
        described = record(found, to_dict(found.comparison, language))
        return json.dumps(described, ensure_ascii=False, indent=2) + "\n"
    lines = describe_comparison(found.comparison, language)
    if found.effect is not None:
        lines += ["", *_effect(found.effect, language)]
    entry = changelog_entry(found.comparison, language, today())
    if entry and not found.version_follows:
        title = Text("À ajouter à CHANGELOG.md :", "To add to CHANGELOG.md:")
        lines += ["", title.say(language), "", entry.rstrip("\n")]
    return "\n".join(lines) + "\n"


def _effect(effect: Effect, language: Language) -> list[str]:
    repairable = sum(each.repairable for each in effect.harmed)
    head = Text(
        f"Sur {effect.files} fichier(s) publié(s), {effect.valid} suivent l’ancien schéma ; "
        f"{len(effect.harmed)} ne suivraient plus le nouveau, dont {repairable} que « territo repair » remet en règle.",
        f"Of {effect.files} published file(s), {effect.valid} follow the old schema; "
        f"{len(effect.harmed)} would not follow the new one, {repairable} of which “territo repair” mends.",
    )
    lines = [head.say(language)]
    for each in effect.harmed:
        left = (
            Text("réparable", "repairable")
            if each.repairable
            else Text(f"{each.left} après réparation", f"{each.left} after repair")
        )
        said = Text(f"{each.errors} erreur(s), {left.fr}", f"{each.errors} error(s), {left.en}")
        colon = " : " if language == "fr" else ": "
        lines.append(f"  - {visible(each.file, 300)}{colon}{said.say(language)}")
    return lines + [
        f"  ? {visible(each.what, 300)} — {each.reason.say(language)}" for each in effect.skipped
    ]
