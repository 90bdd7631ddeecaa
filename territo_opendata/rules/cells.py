"""Rules on single cells: types, string formats and constraints of Table Schema."""

from territo_opendata.language import Text
from territo_opendata.rules import formats, types
from territo_opendata.rules.kinds import EN, FR
from territo_opendata.rules.model import Rule
from territo_opendata.rules.writing import Words, entry

_REQUIRED = entry(
    "required",
    "error",
    "constraint-error",
    fr=Words(
        title="Donnée obligatoire absente",
        message="[Un élément de la liste « {list} »|La cellule][ de « {field} »] n’a pas de valeur, alors que celle-ci est obligatoire.",
        remedy="Saisissez la donnée[, par exemple « {example} »].",
        cause="La donnée n’était pas connue à la saisie, ou une cellule fusionnée n’a gardé sa valeur que sur sa première ligne.",
        example="cellule vide → « petites-villes-de-demain »",
    ),
    en=Words(
        title="Missing mandatory data",
        message="[An item of the list “{list}”|The cell][ of “{field}”] has no value, while one is mandatory.",
        remedy="Enter the data[, for instance “{example}”].",
        cause="The data was not known when the row was entered, or a merged cell has kept its value on its first row only.",
        example="empty cell → “petites-villes-de-demain”",
    ),
)


def _bound(code: str, title: Text, rule: Text, cause: Text, remedy: Text, swap: str) -> Rule:
    return entry(
        code,
        "error",
        "constraint-error",
        fr=Words(
            title=title.fr,
            message=f"{FR} est hors limite : elle doit être {rule.fr} {{argument}}.",
            remedy=remedy.fr,
            cause=cause.fr,
            example=swap,
        ),
        en=Words(
            title=title.en,
            message=f"{EN} is out of bounds: it must be {rule.en} {{argument}}.",
            remedy=remedy.en,
            cause=cause.en,
            example=swap,
        ),
    )


_SMALL = Text("Valeur trop petite", "Value too small")
_LARGE = Text("Valeur trop grande", "Value too large")
_BELOW = Text(
    "Vérifiez la saisie : signe moins, chiffre oublié, siècle d’une année, montant en milliers d’euros.",
    "Check the entry: a minus sign, a digit too few, the century of a year, an amount in thousands of euros.",
)
_ABOVE = Text(
    "Vérifiez la saisie : chiffre en trop, décimales collées, montant en centimes, année ou pourcentage mal tapés.",
    "Check the entry: a digit too many, decimals run in, an amount in cents, a year or percentage mistyped.",
)

_BOUNDS = (
    _bound(
        "minimum",
        _SMALL,
        Text("au moins égale à", "at least"),
        Text(
            "Une faute de frappe, un signe moins, ou un montant saisi dans une plus grande unité.",
            "A slip, a minus sign, or an amount entered in a larger unit.",
        ),
        _BELOW,
        "-1500 → 1500 (minimum 0)",
    ),
    _bound(
        "maximum",
        _LARGE,
        Text("au plus égale à", "at most"),
        Text(
            "Un chiffre tapé deux fois, une virgule perdue, ou un montant saisi dans une plus petite unité.",
            "A digit typed twice, a lost decimal mark, or an amount entered in a smaller unit.",
        ),
        _ABOVE,
        "20226 → 2026 (maximum 2100)",
    ),
    _bound(
        "exclusive-minimum",
        _SMALL,
        Text("strictement supérieure à", "greater than"),
        Text(
            "Un zéro a été mis pour dire « inconnu » ou « néant », alors que la limite elle-même n’est pas admise.",
            "A zero was put for “unknown” or “none”, while the limit itself is not accepted.",
        ),
        _BELOW,
        "0 → 1500 (> 0)",
    ),
    _bound(
        "exclusive-maximum",
        _LARGE,
        Text("strictement inférieure à", "less than"),
        Text(
            "La limite elle-même a été saisie, alors qu’elle n’est pas admise, ou un chiffre est en trop.",
            "The limit itself was entered, while it is not accepted, or there is a digit too many.",
        ),
        _ABOVE,
        "100 → 99.5 (< 100)",
    ),
)

_CONSTRAINTS = (
    entry(
        "pattern",
        "error",
        "constraint-error",
        fr=Words(
            title="Forme inattendue",
            message=f"{FR} n’a pas la forme demandée[ : {{form}}].",
            remedy="[Prenez modèle sur « {example} »|Comparez-la aux autres : longueur, tirets, majuscules, zéros].",
            cause="Un zéro du début a disparu, un espace s’est glissé, un tiret ou une majuscule manque, ou deux valeurs sont dans la même cellule.",
            example="« 1004 » → « 01004 » (cinq chiffres demandés)",
            false_alarm="Un schéma peut oublier des formes permises, comme les codes de Corse (2A, 2B) ou d’outre-mer (971 à 988) : parlez-en alors à son auteur.",
        ),
        en=Words(
            title="Unexpected form",
            message=f"{EN} does not have the requested form[: {{form}}].",
            remedy="[Follow the model of “{example}”|Compare it with the others: length, hyphens, capitals, zeros].",
            cause="A leading zero is gone, a space has slipped in, a hyphen or a capital is missing, or two values are in the same cell.",
            example="“1004” → “01004” (five digits requested)",
            false_alarm="A schema may forget permitted forms, such as the codes of Corsica (2A, 2B) or overseas (971 to 988): then tell its author.",
        ),
        fix="safe",
    ),
    entry(
        "enum",
        "error",
        "constraint-error",
        fr=Words(
            title="Valeur hors de la liste",
            message=f"{FR} n’est pas dans la liste admise[ : {{argument:q}}].",
            remedy="Choisissez une valeur de la liste et recopiez-la à l’identique, accents et majuscules compris.",
            cause="Une faute de frappe, un accent ou un pluriel en plus, un synonyme, ou une valeur d’une autre version du schéma.",
            example="« Subvention » → « subvention »",
        ),
        en=Words(
            title="Value outside the list",
            message=f"{EN} is not in the list of accepted ones[: {{argument:q}}].",
            remedy="Choose a value of the list and copy it as it stands, accents and capitals included.",
            cause="A slip, one accent or plural too many, a synonym, or a value from another version of the schema.",
            example="“Subvention” → “subvention”",
        ),
        fix="safe",
    ),
    entry(
        "min-length",
        "error",
        "constraint-error",
        fr=Words(
            title="Texte trop court",
            message=f"{FR} compte {{length:caractère/caractères}} ; il en faut au moins {{argument}}.",
            remedy="Complétez-la[, comme « {example} »] ; un zéro du début a pu disparaître.",
            cause="Le tableur a ôté les zéros du début d’un code, ou la saisie a été abrégée.",
            example="« 1004 » → « 01004 »",
        ),
        en=Words(
            title="Text too short",
            message=f"{EN} has {{length:character/characters}}; at least {{argument}} are needed.",
            remedy="Complete it[, like “{example}”]; a leading zero may have been lost.",
            cause="The spreadsheet removed the leading zeros of a code, or the entry was shortened.",
            example="“1004” → “01004”",
        ),
        fix="safe",
    ),
    entry(
        "outer-spaces",
        "warning",
        None,
        fr=Words(
            title="Espaces autour du texte",
            message=f"{FR} commence ou finit par des espaces, que l’on ne voit pas.",
            remedy="Retirez les espaces avant et après le texte.",
            cause="Un copier-coller depuis une page web, un PDF ou un autre tableur garde des espaces, souvent insécables.",
            example="« Mairie de Tulle » suivi d’un espace → « Mairie de Tulle »",
            false_alarm="Un programme peut vouloir ces espaces, pour donner à tous les textes la même longueur ; c’est rare dans un fichier CSV.",
        ),
        en=Words(
            title="Spaces around a text",
            message=f"{EN} begins or ends with spaces, which nobody sees.",
            remedy="Remove the spaces before and after the text.",
            cause="A copy from a web page, a PDF or another spreadsheet keeps spaces, often no-break ones.",
            example="“Mairie de Tulle” followed by a space → “Mairie de Tulle”",
            false_alarm="A program may want these spaces, to give all texts the same length; that is rare in a CSV file.",
        ),
        fix="safe",
    ),
    entry(
        "spreadsheet-text",
        "warning",
        None,
        fr=Words(
            title="Texte écrit comme une formule",
            message=f"{FR} est entourée des signes par lesquels un tableur marque un texte : un signe égal et des guillemets.",
            remedy="Ne gardez que ce qui est entre les guillemets.",
            cause="Un export l’a écrite ainsi pour que le tableur ne la prenne pas pour un nombre ; les autres programmes lisent ces signes comme du texte.",
            example='« ="01004" » → « 01004 »',
        ),
        en=Words(
            title="Text written as a formula",
            message=f"{EN} is surrounded by the signs with which a spreadsheet marks a text: an equals sign and quotation marks.",
            remedy="Keep only what is between the quotation marks.",
            cause="An export wrote it so that the spreadsheet does not take it for a number; other programs read these signs as text.",
            example='“="01004"” → “01004”',
        ),
        fix="safe",
    ),
    entry(
        "max-length",
        "error",
        "constraint-error",
        fr=Words(
            title="Texte trop long",
            message=f"{FR} compte {{length:caractère/caractères}} ; il n’en faut pas plus de {{argument}}.",
            remedy="Raccourcissez-la, ou déplacez le surplus dans une colonne de remarques.",
            cause="Deux valeurs ou un commentaire sont dans la même cellule, ou des espaces ont été laissés autour de la valeur.",
            example="« 19272 (Tulle) » → « 19272 »",
        ),
        en=Words(
            title="Text too long",
            message=f"{EN} has {{length:character/characters}}; no more than {{argument}} are accepted.",
            remedy="Shorten it, or move what is in excess to a column for remarks.",
            cause="Two values or a comment are in the same cell, or spaces were left around the value.",
            example="“19272 (Tulle)” → “19272”",
        ),
        fix="safe",
    ),
    entry(
        "json-schema",
        "error",
        None,
        fr=Words(
            title="Contenu structuré non conforme",
            message=f"{FR} ne suit pas la structure demandée[ : {{reason}}].",
            remedy="Reprenez [le modèle « {example} »|le modèle que donne le schéma] et corrigez la partie en cause.",
            cause="Un élément obligatoire manque à l’intérieur de la cellule, ou n’est pas du type prévu.",
            example='« {"places": "douze"} » → « {"places": 12} »',
        ),
        en=Words(
            title="Non-conforming structured content",
            message=f"{EN} does not follow the requested structure[: {{reason}}].",
            remedy="Start from [the model “{example}”|the model that the schema gives] and correct the part at fault.",
            cause="A mandatory item is missing inside the cell, or is not of the expected type.",
            example='“{"places": "twelve"}” → “{"places": 12}”',
        ),
    ),
    entry(
        "categories",
        "error",
        None,
        fr=Words(
            title="Catégorie inconnue",
            message=f"{FR} n’est pas une des catégories prévues[ : {{argument:q}}].",
            remedy="Choisissez une des catégories et recopiez-la à l’identique.",
            cause="Une faute de frappe, le libellé mis à la place de son code, ou une catégorie plus récente que le schéma.",
            example="« 1 - Faible » → « 1 »",
        ),
        en=Words(
            title="Unknown category",
            message=f"{EN} is not one of the expected categories[: {{argument:q}}].",
            remedy="Choose one of the categories and copy it as it stands.",
            cause="A slip, the label put in place of its code, or a category more recent than the schema.",
            example="“1 - Faible” → “1”",
        ),
        fix="safe",
    ),
)

RULES = (_REQUIRED, *types.RULES, *formats.RULES, *_CONSTRAINTS[:2], *_BOUNDS, *_CONSTRAINTS[2:])
