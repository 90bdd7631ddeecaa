"""Rules beyond Table Schema: identifiers and places of France, and relations between columns."""

from territo_opendata.rules import identifiers, territories
from territo_opendata.rules.kinds import EN, FR, Kind, kind
from territo_opendata.rules.writing import Words, entry

_FORMS = (
    kind(
        "year-interval",
        Kind(
            "Période en années mal écrite",
            "une période d’une année à une autre",
            "les deux années, la plus ancienne d’abord, séparées par une barre oblique, comme « 2024/2026 »",
            "Un tiret ou un mot sépare les années, elles sont identiques, ou la seconde précède la première.",
        ),
        Kind(
            "Malformed period in years",
            "a period from one year to another",
            "both years, the earlier first, separated by a slash, like “2024/2026”",
            "A hyphen or a word separates the years, they are the same, or the second comes before the first.",
        ),
        "2024-2026 → 2024/2026",
        "safe",
        beyond=True,
    ),
    kind(
        "opening-hours",
        Kind(
            "Horaires d’ouverture mal écrits",
            "un horaire à la façon d’OpenStreetMap",
            "les jours en abrégé anglais, puis les heures, comme « Mo-Fr 09:00-17:00 »",
            "Les horaires ont été écrits en toutes lettres ; la notation d’OpenStreetMap est celle que les programmes savent lire.",
        ),
        Kind(
            "Malformed opening hours",
            "a timetable in the manner of OpenStreetMap",
            "the days shortened in English, then the hours, like “Mo-Fr 09:00-17:00”",
            "The hours were written out in words; the notation of OpenStreetMap is the one that programs can read.",
        ),
        "du lundi au vendredi, 9h-17h → Mo-Fr 09:00-17:00",
        beyond=True,
    ),
    kind(
        "phone-number",
        Kind(
            "Numéro de téléphone non valable",
            "un numéro de téléphone valable",
            "un seul numéro, à 10 chiffres (« 05 55 21 73 00 ») ou avec l’indicatif du pays (« +33 5 55 21 73 00 »)",
            "Le tableur a ôté le zéro du début, un chiffre manque, ou deux numéros sont dans la même cellule.",
            "Un numéro d’une tranche ouverte depuis peu peut être inconnu de la liste des tranches.",
        ),
        Kind(
            "Invalid phone number",
            "a valid phone number",
            "a single number, with 10 digits (“05 55 21 73 00”) or with the country code (“+33 5 55 21 73 00”)",
            "The spreadsheet removed the leading zero, a digit is missing, or two numbers are in the same cell.",
            "A number in a range opened lately may be unknown to the list of ranges.",
        ),
        "555217300 → 05 55 21 73 00",
        "safe",
        beyond=True,
    ),
    kind(
        "gps-coordinates",
        Kind(
            "Coordonnées hors de France",
            "un point situé en France",
            "la longitude d’abord, puis la latitude, en degrés, comme « 1.7709,45.2678 »",
            "La latitude a été mise avant la longitude, un signe moins est oublié, ou les nombres sont en mètres (Lambert 93).",
            "Les limites sont approchées : un point juste au-delà d’une frontière passe, et un lieu à l’étranger est refusé.",
        ),
        Kind(
            "Coordinates outside France",
            "a point in France",
            "the longitude first, then the latitude, in degrees, like “1.7709,45.2678”",
            "The latitude was put before the longitude, a minus sign is forgotten, or the numbers are in metres (Lambert 93).",
            "The limits are approximate: a point just beyond a border passes, and a place abroad is refused.",
        ),
        "45.2678,1.7709 → 1.7709,45.2678",
        "unsafe",
        beyond=True,
    ),
    kind(
        "nomenclature-acte",
        Kind(
            "Matière hors de la nomenclature des actes",
            "une matière de la nomenclature des actes",
            "la matière, une barre oblique sans espace, puis la sous-matière, comme « Commande publique/Marchés publics »",
            "La barre oblique manque ou est entourée d’espaces, ou la matière est mal orthographiée.",
        ),
        Kind(
            "Subject outside the nomenclature of acts",
            "a subject of the nomenclature of acts",
            "the subject, a slash without spaces, then the sub-subject, like “Commande publique/Marchés publics”",
            "The slash is missing or has spaces around it, or the subject is misspelt.",
        ),
        "Commande publique / Marchés publics → Commande publique/Marchés publics",
        "safe",
        beyond=True,
    ),
)

_COLUMNS = (
    entry(
        "cohesive-columns",
        "error",
        None,
        fr=Words(
            title="Colonnes solidaires à moitié remplies",
            message="Les colonnes {columns:q} vont ensemble : toutes remplies, ou toutes vides.",
            remedy="Complétez celles qui sont vides, ou videz les autres.",
            cause="Une partie de l’information a été saisie, et l’autre oubliée.",
            example="rue remplie, code postal vide → les deux remplis",
        ),
        en=Words(
            title="Columns that go together, half filled in",
            message="The columns {columns:q} go together: all filled in, or all empty.",
            remedy="Complete those that are empty, or empty the others.",
            cause="One part of the information was entered, and the other forgotten.",
            example="street filled in, postal code empty → both filled in",
        ),
    ),
    entry(
        "both-or-neither",
        "error",
        None,
        fr=Words(
            title="Une seule de deux colonnes remplie",
            message="Les colonnes {columns:q} se remplissent toutes les deux ou pas du tout[ : il manque {missing:q}].",
            remedy="Complétez celle qui est vide, ou videz l’autre.",
            cause="Un code ne désigne un territoire qu’avec son type : « 01 » est à la fois un département et une région.",
            example="code « 01 » sans type → type « departement », code « 01 »",
        ),
        en=Words(
            title="One of two columns filled in",
            message="The columns {columns:q} are filled in both or not at all[: {missing:q} is missing].",
            remedy="Complete the one that is empty, or empty the other.",
            cause="A code stands for a territory only along with its type: “01” is both a département and a region.",
            example="code “01” without type → type “departement”, code “01”",
        ),
    ),
    entry(
        "one-of-required",
        "error",
        None,
        fr=Words(
            title="Aucune des valeurs possibles",
            message="Au moins une de ces colonnes doit être remplie : {columns:q}.",
            remedy="Remplissez l’une d’elles au moins.",
            cause="L’information peut être donnée de plusieurs façons, et aucune ne l’a été.",
            example="ni adresse ni coordonnées → une adresse",
        ),
        en=Words(
            title="None of the possible values",
            message="At least one of these columns must be filled in: {columns:q}.",
            remedy="Fill in one of them at least.",
            cause="The information may be given in several ways, and was given in none.",
            example="neither address nor coordinates → an address",
        ),
    ),
    entry(
        "compare-columns",
        "error",
        None,
        fr=Words(
            title="Deux valeurs dans le mauvais rapport",
            message="« {column} » (« {value} ») doit être {op:op} « {column2} »[ (« {value2} »)].",
            remedy="Corrigez celle des deux valeurs qui est fausse.",
            cause="Les deux valeurs ont été inversées, ou l’une a une faute de frappe ; une fin peut ainsi précéder son début.",
            example="début « 2026-12-31 », fin « 2026-01-01 » → début « 2026-01-01 », fin « 2026-12-31 »",
        ),
        en=Words(
            title="Two values in the wrong relation",
            message="“{column}” (“{value}”) must be {op:op} “{column2}”[ (“{value2}”)].",
            remedy="Correct whichever of the two values is wrong.",
            cause="The two values were swapped, or one has a slip; thus an end may come before its beginning.",
            example="start “2026-12-31”, end “2026-01-01” → start “2026-01-01”, end “2026-12-31”",
        ),
    ),
    entry(
        "sum-columns",
        "error",
        None,
        fr=Words(
            title="Somme fausse",
            message="La valeur « {value} »[ de « {field} »] n’est pas la somme de {columns:q}[, qui fait {total}].",
            remedy="Corrigez le total, ou celui des montants qui est faux.",
            cause="Un montant a changé sans que le total soit recalculé, ou le total a été arrondi.",
            example="100 + 50 = « 160 » → « 150 »",
        ),
        en=Words(
            title="Wrong sum",
            message="The value “{value}”[ in “{field}”] is not the sum of {columns:q}[, which makes {total}].",
            remedy="Correct the total, or whichever of the amounts is wrong.",
            cause="An amount was changed and the total not worked out again, or the total was rounded.",
            example="100 + 50 = “160” → “150”",
        ),
    ),
    entry(
        "parts-add-up",
        "error",
        None,
        fr=Words(
            title="Parties qui ne font pas le total",
            message="Le total annoncé est {total}, mais ses parties[ ({parts})] font {sum}.",
            remedy="Corrigez le total ou la partie fausse, ou ajoutez la partie qui manque.",
            cause="Une partie a été oubliée ou comptée deux fois, ou le document d’origine se contredit : dites-le alors dans une remarque.",
            example="total 10, parties 4 + 5 → total 9, ou une partie de plus",
            false_alarm="Des nombres arrondis dans le document d’origine peuvent ne pas tomber juste.",
        ),
        en=Words(
            title="Parts that do not make the total",
            message="The stated total is {total}, but its parts[ ({parts})] make {sum}.",
            remedy="Correct the total or the wrong part, or add the part that is missing.",
            cause="A part was forgotten or counted twice, or the source document contradicts itself: then say so in a remark.",
            example="total 10, parts 4 + 5 → total 9, or one more part",
            false_alarm="Numbers rounded in the source document may not add up exactly.",
        ),
    ),
    entry(
        "contiguous-periods",
        "error",
        None,
        fr=Words(
            title="Périodes qui ne se suivent pas",
            message="Cette période commence le {start}, alors que la précédente finit le {previous_end}[ (écart : {gap_days:jour/jours})].",
            remedy="Faites commencer chaque période le lendemain de la fin de la précédente, ou ajoutez celle qui manque.",
            cause="Une période a été oubliée, ou deux périodes se chevauchent.",
            example="2020-2022, puis 2024-2026 → 2020-2022, 2023-2023, 2024-2026",
        ),
        en=Words(
            title="Periods that do not follow on",
            message="This period starts on {start}, while the one before ends on {previous_end}[ (gap: {gap_days:day/days})].",
            remedy="Start each period on the day after the end of the one before, or add the one that is missing.",
            cause="A period was forgotten, or two periods overlap.",
            example="2020-2022, then 2024-2026 → 2020-2022, 2023-2023, 2024-2026",
        ),
    ),
    entry(
        "conditional-required",
        "error",
        None,
        fr=Words(
            title="Donnée obligatoire dans ce cas",
            message="La cellule[ de « {field} »] est vide, alors que cette ligne l’exige[ ({condition})].",
            remedy="Saisissez la donnée, ou corrigez la colonne qui la rend obligatoire.",
            cause="Certaines données ne sont demandées que dans certains cas, et ce cas est celui de la ligne.",
            example="nature « versement » sans date → avec sa date",
        ),
        en=Words(
            title="Data mandatory in this case",
            message="The cell[ of “{field}”] is empty, while this row requires a value[ ({condition})].",
            remedy="Enter the data, or correct the column that makes it mandatory.",
            cause="Some data are asked for in some cases only, and this row is such a case.",
            example="nature “versement” without a date → with its date",
        ),
    ),
    entry(
        "conditional-value",
        "error",
        None,
        fr=Words(
            title="Valeur impossible dans ce cas",
            message=f"{FR} n’est pas admise pour cette ligne[ ({{condition}})][ ; valeurs admises : {{allowed:q}}].",
            remedy="Corrigez cette valeur, ou la colonne dont elle dépend.",
            cause="Deux colonnes de la ligne se contredisent.",
            example="échelle « nationale », type « commune » → échelle « nationale », type « pays »",
        ),
        en=Words(
            title="Value impossible in this case",
            message=f"{EN} is not accepted on this row[ ({{condition}})][; accepted values: {{allowed:q}}].",
            remedy="Correct this value, or the column that it depends on.",
            cause="Two columns of the row contradict each other.",
            example="scale “nationale”, type “commune” → scale “nationale”, type “pays”",
        ),
    ),
)

RULES = (*identifiers.RULES, *territories.RULES, *_FORMS, *_COLUMNS)
