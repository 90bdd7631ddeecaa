"""Rules on what a project accepts: its baseline and its waivers."""

from territo_opendata.rules.writing import Words, entry

RULES = (
    entry(
        "baseline-outdated",
        "error",
        None,
        fr=Words(
            title="Constat accepté qui n’existe plus",
            message="La liste « {path} » accepte encore {count:constat/constats} « {known} »[ de la colonne « {field} »] qui n’existent plus.",
            remedy="Refaites la liste avec « territo baseline » : elle ne doit que raccourcir.",
            cause="Les données ont été corrigées, et la liste des constats acceptés n’a pas suivi. Laissée telle quelle, elle cacherait la prochaine erreur de cette ligne.",
            example="deux constats acceptés, un seul encore présent → un seul constat accepté",
        ),
        en=Words(
            title="Accepted finding that is gone",
            message="The baseline “{path}” still accepts {count:finding/findings} “{known}”[ of the column “{field}”] that no longer occur.",
            remedy="Make it again with “territo baseline”: it must only shrink.",
            cause="The data were mended, and the baseline was left as it was: it would hide the next error of that row.",
            example="two findings accepted, only one still there → one finding accepted",
        ),
    ),
    entry(
        "waiver-expired",
        "error",
        None,
        fr=Words(
            title="Dérogation échue",
            message="La dérogation de territo.toml pour « {waived} »[ de la colonne « {field} »] a pris fin le {expiry} ({owner} : {reason}).",
            remedy="Corrigez les données et ôtez-la, ou demandez une nouvelle date à qui en répond.",
            cause="Une dérogation vaut jusqu’à un jour donné ; passé ce jour, ce qu’elle couvrait compte de nouveau.",
            example="expiry = 2026-12-31 → expiry = 2027-06-30",
        ),
        en=Words(
            title="Expired waiver",
            message="The waiver of territo.toml for “{waived}”[ of the column “{field}”] ended on {expiry} ({owner}: {reason}).",
            remedy="Mend the data and remove it, or ask its owner for a new date.",
            cause="A waiver holds until a given day; past that day, what it covered counts again.",
            example="expiry = 2026-12-31 → expiry = 2027-06-30",
        ),
    ),
)
