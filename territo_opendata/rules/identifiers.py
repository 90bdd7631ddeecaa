"""Rules on the identifiers of bodies and programmes: SIREN, SIRET, EPCI, QPV, CRTE and the like."""

from territo_opendata.rules.kinds import EN, FR
from territo_opendata.rules.model import Rule
from territo_opendata.rules.writing import Words, entry


def _number(name: str, digits: int, good: str, short: str, spaced: str) -> tuple[Rule, ...]:
    """Return the three rules that SIREN and SIRET share."""
    return (
        _length(name, digits, good, short),
        _form(name, digits, good, spaced),
        _checksum(name, good),
    )


def _length(name: str, digits: int, good: str, short: str) -> Rule:
    """Return the rule on the number of digits."""
    return entry(
        f"{name.lower()}-length",
        "error",
        None,
        fr=Words(
            title=f"{name} trop court ou trop long",
            message=f"{FR} compte {{length:chiffre/chiffres}} ; un {name} en a {digits}.",
            remedy="Recopiez-le en entier depuis l’Annuaire des entreprises ; un zéro du début a pu disparaître.",
            cause=f"Un chiffre a été oublié, ou le tableur a pris le {name} pour un nombre et ôté le zéro du début.",
            example=f"« {short} » → « {good} »",
        ),
        en=Words(
            title=f"{name} too short or too long",
            message=f"{EN} has {{length:digit/digits}}; a {name} has {digits}.",
            remedy="Copy it in full from the Annuaire des entreprises; a leading zero may have been lost.",
            cause=f"A digit was forgotten, or the spreadsheet took the {name} for a number and removed its leading zero.",
            example=f"“{short}” → “{good}”",
        ),
        fix="unsafe",
    )


def _form(name: str, digits: int, good: str, spaced: str) -> Rule:
    """Return the rule on the characters."""
    return entry(
        f"{name.lower()}-format",
        "error",
        None,
        fr=Words(
            title=f"{name} qui n’a pas que des chiffres",
            message=f"{FR} contient autre chose que des chiffres ; un {name} n’a que {digits} chiffres.",
            remedy="Écrivez les chiffres à la suite, sans espace, point, tiret ni lettre.",
            cause=f"Le {name} a été recopié tel qu’il s’imprime, par groupes de trois chiffres, ou avec un mot devant.",
            example=f"« {spaced} » → « {good} »",
        ),
        en=Words(
            title=f"{name} with more than digits",
            message=f"{EN} holds something other than digits; a {name} has {digits} digits only.",
            remedy="Write the digits in a row, without space, point, hyphen or letter.",
            cause=f"The {name} was copied the way it is printed, in groups of three digits, or with a word before it.",
            example=f"“{spaced}” → “{good}”",
        ),
        fix="safe",
    )


def _checksum(name: str, good: str) -> Rule:
    """Return the rule on the check digit."""
    return entry(
        f"{name.lower()}-checksum",
        "error",
        None,
        fr=Words(
            title=f"{name} au chiffre de contrôle faux",
            message=f"{FR} n’est pas un {name} possible : son chiffre de contrôle est faux.",
            remedy="Un chiffre est faux ou deux sont inversés : recopiez-le depuis l’Annuaire des entreprises.",
            cause=f"Le {name} a été saisi à la main. Son dernier chiffre se calcule d’après les autres, ce qui révèle presque toutes les fautes de frappe.",
            example=f"« {good[:-2]}{good[-1]}{good[-2]} » → « {good} » (deux chiffres inversés)",
            false_alarm="Les établissements de La Poste suivent une autre règle de calcul, dont il est tenu compte ; un numéro inventé pour un essai est refusé."
            if name == "SIRET"
            else "Un numéro inventé pour un essai est refusé.",
        ),
        en=Words(
            title=f"{name} with a wrong check digit",
            message=f"{EN} cannot be a {name}: its check digit is wrong.",
            remedy="A digit is wrong or two are swapped: copy it from the Annuaire des entreprises.",
            cause=f"The {name} was typed by hand. Its last digit is worked out from the others, which reveals nearly every slip.",
            example=f"“{good[:-2]}{good[-1]}{good[-2]}” → “{good}” (two digits swapped)",
            false_alarm="The establishments of La Poste follow another rule, which is taken into account; a number made up for a trial is refused."
            if name == "SIRET"
            else "A number made up for a trial is refused.",
        ),
        fix="display",
    )


RULES = (
    *_number("SIREN", 9, "217500016", "21750016", "217 500 016"),
    *_number("SIRET", 14, "21750001600019", "2175000160001", "217 500 016 00019"),
    entry(
        "siret-siren",
        "error",
        None,
        fr=Words(
            title="SIREN à la place d’un SIRET",
            message=f"{FR} est un SIREN (9 chiffres), alors qu’un SIRET (14 chiffres) est demandé.",
            remedy="Ajoutez les 5 chiffres de l’établissement, par exemple ceux du siège, que donne l’Annuaire des entreprises.",
            cause="Le SIREN désigne un organisme entier, le SIRET un de ses établissements ; on les confond volontiers.",
            example="« 217500016 » → « 21750001600019 »",
        ),
        en=Words(
            title="SIREN in place of a SIRET",
            message=f"{EN} is a SIREN (9 digits), while a SIRET (14 digits) is requested.",
            remedy="Add the 5 digits of the establishment, such as those of the head office, which the Annuaire des entreprises gives.",
            cause="The SIREN stands for a whole body, the SIRET for one of its establishments; they are easily confused.",
            example="“217500016” → “21750001600019”",
        ),
        fix="unsafe",
    ),
    entry(
        "number-mangled",
        "error",
        None,
        fr=Words(
            title="Identifiant abîmé par le tableur",
            message="Le tableur a pris cet identifiant[ ({kind})] pour un nombre et l’a réécrit « {value} »[ dans « {field} »].",
            remedy="Mettez la colonne au format « Texte », puis recopiez l’identifiant d’origine : les chiffres perdus ne se devinent pas.",
            cause="Excel affiche les longs nombres sous une forme abrégée (7,99E+13) ou avec une décimale (.0), et enregistre ce qu’il affiche.",
            example="« 2,1750E+13 » → « 21750001600019 »",
        ),
        en=Words(
            title="Identifier spoilt by the spreadsheet",
            message="The spreadsheet took this identifier[ ({kind})] for a number and rewrote it “{value}”[ in “{field}”].",
            remedy="Set the column to the “Text” format, then copy the original identifier again: lost digits cannot be guessed.",
            cause="Excel shows long numbers in a shortened form (7.99E+13) or with a decimal (.0), and saves what it shows.",
            example="“2,1750E+13” → “21750001600019”",
        ),
        fix="safe",
    ),
    entry(
        "epci-siren",
        "error",
        None,
        fr=Words(
            title="SIREN d’intercommunalité inconnu",
            message=f"{FR} n’est pas le SIREN d’une intercommunalité à fiscalité propre[ (liste de {{millesime}})].",
            remedy="Prenez le SIREN de la communauté ou de la métropole elle-même, et non celui d’une commune ou d’un syndicat.",
            cause="Le SIREN est celui de la mairie siège ou d’un syndicat, ou la communauté a fusionné et changé de numéro.",
            example="« 217500016 » (Ville de Paris) → « 200054781 » (Métropole du Grand Paris)",
            false_alarm="Une intercommunalité créée après le 1er janvier de l’année de référence n’est pas encore connue.",
        ),
        en=Words(
            title="Unknown SIREN of an intercommunality",
            message=f"{EN} is not the SIREN of an intercommunality with its own taxes[ (list of {{millesime}})].",
            remedy="Take the SIREN of the community or metropolis itself, and not that of a commune or a syndicate.",
            cause="The SIREN is that of the town hall where it sits or of a syndicate, or the community has merged and changed number.",
            example="“217500016” (City of Paris) → “200054781” (Métropole du Grand Paris)",
            false_alarm="An intercommunality created after 1 January of the reference year is not known yet.",
        ),
    ),
    entry(
        "qpv-code",
        "error",
        None,
        fr=Words(
            title="Code de quartier prioritaire non valable",
            message=f"{FR} n’est pas un code de quartier prioritaire[ de la génération {{generation}}].",
            remedy="Écrivez-le comme « QN00101M » (depuis 2024) ou « QP044004 » (de 2015 à 2023), selon la génération demandée.",
            cause="Deux listes de quartiers se sont succédé, en 2015 et en 2024, avec des codes différents ; ou deux codes sont dans la même cellule.",
            example="« QN101M » → « QN00101M »",
        ),
        en=Words(
            title="Invalid code of a priority neighbourhood",
            message=f"{EN} is not the code of a priority neighbourhood[ of the {{generation}} generation].",
            remedy="Write it like “QN00101M” (since 2024) or “QP044004” (2015 to 2023), whichever generation is requested.",
            cause="Two lists of neighbourhoods have followed each other, in 2015 and 2024, with different codes; or two codes are in the same cell.",
            example="“QN101M” → “QN00101M”",
        ),
        fix="safe",
    ),
    entry(
        "crte-code",
        "error",
        None,
        fr=Words(
            title="Identifiant de CRTE non valable",
            message=f"{FR} n’est pas un identifiant de contrat pour la réussite de la transition écologique (CRTE).",
            remedy="Écrivez « crte- », le code de la région, celui du département et un numéro, comme « crte-94-2B-4 ».",
            cause="Une partie manque, le département n’est pas dans la région indiquée, ou un tiret a été remplacé.",
            example="« CRTE 94 2B 4 » → « crte-94-2B-4 »",
        ),
        en=Words(
            title="Invalid CRTE identifier",
            message=f"{EN} is not the identifier of an ecological transition contract (CRTE).",
            remedy="Write “crte-”, the code of the region, that of the département and a number, like “crte-94-2B-4”.",
            cause="A part is missing, the département is not in the region given, or a hyphen was replaced.",
            example="“CRTE 94 2B 4” → “crte-94-2B-4”",
        ),
        fix="safe",
    ),
    entry(
        "identifier-form",
        "error",
        None,
        fr=Words(
            title="Identifiant mal formé",
            message=f"{FR} n’a pas la forme d’un identifiant[ {{kind}}][ (attendu : {{expected:q}})].",
            remedy="Recopiez l’identifiant tel que le programme l’a publié, tirets et zéros compris.",
            cause="L’identifiant a été abrégé ou retapé, ou c’est celui d’un autre programme.",
            example="« ACV 1 » → « acv001 » ; « PVD-53-22 » → « pvd-53-22-1 »",
        ),
        en=Words(
            title="Malformed identifier",
            message=f"{EN} does not have the form of an identifier[ {{kind}}][ (expected: {{expected:q}})].",
            remedy="Copy the identifier as the programme published it, hyphens and zeros included.",
            cause="The identifier was shortened or retyped, or is that of another programme.",
            example="“ACV 1” → “acv001”; “PVD-53-22” → “pvd-53-22-1”",
        ),
        fix="safe",
    ),
)
