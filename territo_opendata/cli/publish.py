"""`territo publish`: make the changes, after they have been shown and agreed to."""

import json
import sys
from pathlib import Path
from typing import Any

import click

from territo_opendata.cli import options
from territo_opendata.cli.commands import add_command
from territo_opendata.cli.console import deliver, say, show
from territo_opendata.cli.progress import ReadingProgress, UploadProgress
from territo_opendata.errors import RefusedError, UsageError
from territo_opendata.language import Language, Text, visible
from territo_opendata.publish import Outcome, describe
from territo_opendata.publish.grouping import files_of, folder_of, summed
from territo_opendata.workflow.publication import Prepared, Publication

_HELP = Text(
    "Publie la livraison du paquet d’ici, ou exécute un plan enregistré.\n\n"
    "Exemple : territo publish --to folder:catalogue",
    "Publish the release of the package here, or carry out a saved plan.\n\n"
    "Example: territo publish --to folder:catalogue",
)
_STATUS = {
    "done": Text("fait", "done"),
    "skipped": Text("déjà fait", "already done"),
    "failed": Text("échec", "failed"),
    "not-tried": Text("non tenté", "not tried"),
}


def register(app: click.Group, language: Language) -> None:
    """Add the command, its help in `language`."""
    about = options.speaker(language)

    @add_command(app, _HELP, language)
    @click.argument(
        "plan",
        type=click.Path(path_type=Path),
        required=False,
        metavar="[PLAN]",
        help=about("Un plan enregistré.", "A saved plan."),
    )
    @options.to_option(about)
    @click.option(
        "--yes", is_flag=True, help=about("N’attend pas d’accord.", "Do not ask for consent.")
    )
    @options.publication_options(about)
    @options.form_option(about)
    @options.verbose_option(about)
    def publish(
        plan: Path | None,
        *,
        to: str | None,
        yes: bool,
        format: options.Form,
        verbose: bool,
        **given: Any,
    ) -> int:
        if (plan is None) == (to is None):
            raise UsageError(
                "Indiquez une cible (--to) ou un plan enregistré, l’un des deux.",
                "Give a target (--to) or a saved plan, one of the two.",
            )
        asked = options.publication(to or "", **given)
        prepared = _prepare(plan, asked, language)
        if format == "json":
            return _publish_as_json(prepared, agreed=yes or plan is not None)
        return _publish(prepared, language, agreed=yes or plan is not None, verbose=verbose)


def _prepare(saved: Path | None, asked: Publication, language: Language) -> Prepared:
    from territo_opendata.workflow import publication

    if saved is not None:
        return publication.prepare_saved(saved)
    progress = ReadingProgress(language)
    try:
        return publication.prepare(asked, progress=progress)
    finally:
        progress.end()


def _publish(prepared: Prepared, language: Language, *, agreed: bool, verbose: bool) -> int:
    from territo_opendata.workflow import publication

    show("\n".join(describe(prepared.plan, language, verbose=verbose)) + "\n")
    if prepared.plan.empty:
        return 0
    if not agreed:
        _ask(language)

    uploads = UploadProgress()
    apart = verbose or not prepared.plan.target.startswith("folder:")
    told = _Outcomes(language, uploads, apart=apart)
    try:
        publication.publish(prepared, told, uploads)
    finally:
        told.end()
        uploads.end()
    done = Text(
        "Publié ; à vérifier par « territo verify ».", "Published; check it with “territo verify”."
    )
    show(done.say(language) + "\n")
    return 0


class _Outcomes:
    """Tells what became of each action; those on files of one folder together, unless `apart`."""

    def __init__(self, language: Language, uploads: UploadProgress, *, apart: bool) -> None:
        self._language = language
        self._uploads = uploads
        self._apart = apart
        self._held: list[Outcome] = []

    def __call__(self, outcome: Outcome) -> None:
        if self._held and self._key(self._held[0]) != self._key(outcome):
            self.end()
        self._held.append(outcome)
        if self._apart:
            self.end()

    def end(self) -> None:
        """Tell what is held back."""
        if not self._held:
            return
        self._uploads.clear()
        first = self._held[0]
        name = first.action.object_id
        if len(self._held) > 1:
            count = files_of(summed(each.action for each in self._held), self._language)
            colon = " : " if self._language == "fr" else ": "
            name = f"{folder_of(name)}{colon}{count}"
        say(f"  {_STATUS[first.status].say(self._language):>12}  {visible(name, 300)}")
        self._held = []

    @staticmethod
    def _key(outcome: Outcome) -> tuple[str, str]:
        return outcome.status, folder_of(outcome.action.object_id)


def _publish_as_json(prepared: Prepared, *, agreed: bool) -> int:
    """Carry the plan out; the plan and what became of each action are given in the end."""
    from territo_opendata.workflow import publication

    if not agreed and not prepared.plan.empty:
        raise RefusedError(
            "Avec --format json, donnez votre accord par --yes.",
            "With --format json, give your consent by --yes.",
        )
    outcomes: list[Outcome] = []
    try:
        publication.publish(prepared, outcomes.append)
    finally:
        told = {"plan": prepared.plan.to_dict(), "outcomes": [each.to_dict() for each in outcomes]}
        deliver(json.dumps(told, ensure_ascii=False, indent=2) + "\n", None)
    return 0


def _ask(language: Language) -> None:
    """Ask for consent. Raises RefusedError when it is declined or there is nobody to ask."""
    if not sys.stdin.isatty():
        raise RefusedError(
            "Il faut un accord, et il n’y a pas de terminal pour le demander : ajoutez --yes.",
            "Consent is needed, and there is no terminal to ask for it: add --yes.",
        )
    question = Text("Faire ces changements ? [o/N] ", "Make these changes? [y/N] ")
    sys.stderr.write(question.say(language))
    sys.stderr.flush()
    if sys.stdin.readline().strip().lower() not in ("o", "oui", "y", "yes"):
        raise RefusedError("Rien n’a été publié.", "Nothing was published.")
