"""`territo repair`: mend what is certain in a file, and say what needs a person."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from territo_opendata.cli.checking import chosen_schema, source_options
from territo_opendata.cli.commands import Decorator, add_command, together
from territo_opendata.cli.console import say, show, use_color, width
from territo_opendata.cli.options import About, speaker
from territo_opendata.cli.progress import ReadingProgress
from territo_opendata.errors import UsageError
from territo_opendata.language import Language, Text, visible
from territo_opendata.rules import RULES

if TYPE_CHECKING:
    from territo_opendata.workflow.repaired import Repaired, ToMend

_HELP = Text(
    "Corrige ce qui est certain dans un fichier, l’écrit dans un nouveau fichier, et dit ce qui reste à faire.\n\n"
    "Exemple : territo repair mes-financements.csv --schema financements --log journal.csv",
    "Mend what is certain in a file, write it to a new file, and say what is left to do.\n\n"
    "Example: territo repair my-file.csv --schema financements --log log.csv",
)
_MADE = Text("Corrigé", "Repaired")
_WRITTEN = Text("Écrit", "Written")
_WOULD = Text("À corriger", "To be repaired")
_NOTHING = Text(
    "Rien à corriger automatiquement : les valeurs restent telles quelles.",
    "Nothing to repair automatically: the values stay as they are.",
)
_WITHHELD = Text(
    "Des corrections ont été laissées de côté : une fois faites, le fichier aurait eu plus d’erreurs. "
    "Corrigez d’abord celles qui suivent.",
    "Some repairs were left out: once made, the file would have had more errors. "
    "Mend those that follow first.",
)
_TO_CONFIRM = Text(
    "À confirmer : rien n’est changé sans --accept",
    "To confirm: nothing is changed without --accept",
)
_LEFT = Text("Reste à corriger à la main :", "Left to mend by hand:")


@dataclass(frozen=True, slots=True)
class _Asked:
    """What to write, and where."""

    file: str
    output: Path | None
    log: Path | None
    dry_run: bool
    force: bool
    excel: bool

    def target(self) -> Path:
        """Return where the table goes."""
        from territo_opendata.workflow.repair_output import default_output

        return self.output or default_output(self.file, excel=self.excel)


def _options(about: About) -> Decorator:
    """Return the options of this command alone."""
    return together(
        click.option(
            "--output",
            type=click.Path(path_type=Path),
            metavar="FILE",
            help=about(
                "Fichier à écrire, CSV ou XLSX d’après son nom (<nom>.repare.<ext>).",
                "File to write, CSV or XLSX by its name (<stem>.repare.<ext>).",
            ),
        ),
        click.option(
            "--log",
            type=click.Path(path_type=Path),
            metavar="FILE",
            help=about(
                "Écrit chaque changement dans ce fichier : tableau (.csv) ou phrases (.txt).",
                "Write every change to this file: a table (.csv) or sentences (.txt).",
            ),
        ),
        click.option(
            "--dry-run",
            is_flag=True,
            help=about(
                "Montre les différences, sans écrire le fichier.",
                "Show the differences, without writing the file.",
            ),
        ),
        click.option(
            "--accept",
            multiple=True,
            metavar="CODE",
            help=about(
                "Fait aussi les corrections à confirmer de ce code ; à répéter, ou séparés par des virgules.",
                "Also make the repairs of this code that need consent; repeat it, or use commas.",
            ),
        ),
        _seats_option(about),
        click.option(
            "--force",
            is_flag=True,
            help=about("Remplace un fichier existant.", "Replace an existing file."),
        ),
        click.option(
            "--excel",
            is_flag=True,
            help=about(
                "Écrit un CSV que l’Excel français ouvre bien (point-virgule, virgule décimale, zéros gardés).",
                "Write a CSV that French Excel opens right (semicolon, decimal comma, zeros kept).",
            ),
        ),
    )


def _seats_option(about: About) -> Decorator:
    """Return `--sieges`."""
    return click.option(
        "--sieges",
        type=click.Path(path_type=Path),
        metavar="FILE",
        help=about(
            "Fichier qui donne les sièges (StockUniteLegale ou StockEtablissement de l’INSEE, en .csv ou .csv.gz) : "
            "propose le SIRET du siège à la place d’un SIREN, à confirmer par --accept siret-siren.",
            "File that gives head offices (INSEE’s StockUniteLegale or StockEtablissement, .csv or .csv.gz): "
            "proposes the SIRET of the head office in place of a SIREN, to be confirmed by --accept siret-siren.",
        ),
    )


def register(app: click.Group, language: Language) -> None:
    """Add the command, its help in `language`."""
    about = speaker(language)

    @add_command(app, _HELP, language)
    @click.argument(
        "file",
        metavar="FILE",
        help=about(
            "Fichier CSV, TSV, XLSX ou ODS, adresse, ou « - » pour l’entrée standard.",
            "CSV, TSV, XLSX or ODS file, address, or “-” for standard input.",
        ),
    )
    @source_options(about)
    @_options(about)
    def repair(
        file: str,
        *,
        schema: str | None,
        catalog: str | None,
        sheet: str | None,
        no_references: bool,
        max_size: int,
        output: Path | None,
        log: Path | None,
        dry_run: bool,
        accept: tuple[str, ...],
        sieges: Path | None,
        force: bool,
        excel: bool,
    ) -> int:
        from territo_opendata.workflow.repaired import ToMend

        asked = _Asked(file, output, log, dry_run, force, excel)
        _check(asked)
        codes, limit, label = _accepted(accept), max_size * 1_000_000, str(asked.target())
        chosen = chosen_schema(schema, catalog, language)
        wanted = ToMend(file, chosen, sheet, codes, limit, label, seats=sieges)
        return _repair(wanted, asked, language, references=not no_references)


def _repair(wanted: "ToMend", asked: _Asked, language: Language, *, references: bool) -> int:
    from territo_opendata.validate.inputs import Options
    from territo_opendata.workflow.repairing import repaired_file

    progress = ReadingProgress(language)
    try:
        with repaired_file(wanted, Options(references=references), progress) as repaired:
            progress.end()
            _write(repaired, asked, language)
            show(_told(repaired, asked, language))
            return 1 if repaired.report.errors else 0
    finally:
        progress.end()


def _accepted(given: Sequence[str]) -> frozenset[str]:
    """Return the codes accepted. Raises UsageError for one that names no repair to confirm."""
    codes = frozenset(code.strip() for each in given for code in each.split(",") if code.strip())
    for code in sorted(codes):
        known = RULES.get(code)
        if known is None or known.fix not in {"safe", "unsafe"}:
            shown = visible(code)
            raise UsageError(
                f"« {shown} » n’est pas le code d’une correction : voyez « territo rules ».",
                f"“{shown}” is not the code of a repair: see “territo rules”.",
            )
    return codes


def _check(asked: _Asked) -> None:
    from territo_opendata.workflow.repair_output import check_free

    if asked.excel and asked.output is not None and asked.output.suffix.lower() == ".xlsx":
        raise UsageError(
            "--excel écrit un CSV : donnez à --output un nom en .csv, ou ôtez --excel.",
            "--excel writes a CSV: give --output a name in .csv, or leave --excel out.",
        )
    if not asked.dry_run:
        check_free(asked.target(), force=asked.force)
    if asked.log is not None:
        check_free(asked.log, force=asked.force)


def _write(repaired: "Repaired", asked: _Asked, language: Language) -> None:
    from territo_opendata.workflow.repair_output import save, save_log

    if not asked.dry_run and (repaired.changed or asked.output is not None or asked.excel):
        save(repaired, asked.target(), language, excel=asked.excel)
        made = _MADE if repaired.changed else _WRITTEN
        say(f"{made.say(language)} → {asked.target()}")
    if asked.log is not None:
        save_log(repaired, asked.log, language, excel=asked.excel)


def _told(repaired: "Repaired", asked: _Asked, language: Language) -> str:
    from territo_opendata.report.terminal import render_terminal

    lines = [*_changes(repaired, asked, language), *_proposals(repaired, language)]
    if repaired.report.errors:
        lines += ["", _LEFT.say(language)]
    report = render_terminal(repaired.report, language, color=use_color(), width=width())
    return "\n".join([*lines, ""]) + report


def _changes(repaired: "Repaired", asked: _Asked, language: Language) -> Iterator[str]:
    from territo_opendata.repair.journal import diff, summary

    if repaired.withheld:
        yield _WITHHELD.say(language)
    if not repaired.changed:
        yield _NOTHING.say(language)
    elif asked.dry_run:
        yield from diff(repaired.log, asked.file, str(asked.target()), language)
    else:
        yield f"{_MADE.say(language)} ({repaired.log.tally.total}) :"
        yield from summary(repaired.log.tally, language)


def _proposals(repaired: "Repaired", language: Language) -> Iterator[str]:
    from territo_opendata.repair.journal import codes, summary

    if repaired.proposals.total:
        yield ""
        yield f"{_TO_CONFIRM.say(language)}"
        yield from summary(repaired.proposals, language)
        yield "  " + " ".join(f"--accept {code}" for code in codes(repaired.proposals))
