"""Rules on single cells: types, string formats and constraints of Table Schema."""

from territo_opendata.rules import types
from territo_opendata.rules.kinds import EN, FR, Kind, kind
from territo_opendata.rules.model import Rule
from territo_opendata.rules.writing import Words, entry

_REQUIRED = entry(
    "required",
    "error",
    "constraint-error",
    fr=Words(
        title="Donnée obligatoire absente",
        message="La cellule[ de « {field} »] n’a pas de valeur, alors que celle-ci est obligatoire.",
        remedy="Saisissez la donnée[, par exemple « {example} »].",
        cause="La donnée n’était pas connue à la saisie, ou une cellule fusionnée n’a gardé sa valeur que sur sa première ligne.",
        example="cellule vide → « petites-villes-de-demain »",
    ),
    en=Words(
        title="Missing mandatory data",
        message="The cell[ of “{field}”] has no value, while one is mandatory.",
        remedy="Enter the data[, for instance “{example}”].",
        cause="The data was not known when the row was entered, or a merged cell has kept its value on its first row only.",
        example="empty cell → “petites-villes-de-demain”",
    ),
)

_FORMATS = (
    kind(
        "format-email",
        Kind(
            "Adresse électronique attendue",
            "une adresse électronique valable",
            "une seule adresse, sans nom ni espace, comme « [{example}|mairie@exemple.fr] »",
            "La cellule contient deux adresses, un nom à côté de l’adresse, ou « (at) » au lieu de « @ ».",
        ),
        Kind(
            "E-mail address expected",
            "a valid e-mail address",
            "a single address, without name or space, like “[{example}|mairie@exemple.fr]”",
            "The cell holds two addresses, a name beside the address, or “(at)” instead of “@”.",
        ),
        "mairie(at)exemple.fr → mairie@exemple.fr",
        "safe",
    ),
    kind(
        "format-uri",
        Kind(
            "Adresse web attendue",
            "une adresse web complète",
            "l’adresse avec son début, comme « [{example}|https://www.exemple.fr] »",
            "Le début de l’adresse (« https:// ») a été omis, comme les navigateurs le font à l’écran.",
        ),
        Kind(
            "Web address expected",
            "a complete web address",
            "the address with its beginning, like “[{example}|https://www.exemple.fr]”",
            "The beginning of the address (“https://”) was left out, as browsers do on screen.",
        ),
        "www.exemple.fr → https://www.exemple.fr",
        "safe",
    ),
    kind(
        "format-uuid",
        Kind(
            "Identifiant UUID attendu",
            "un identifiant UUID",
            "ses 32 chiffres et lettres de a à f, tels que le logiciel les donne[, comme « {example} »]",
            "L’identifiant a été coupé, ou recopié à la main.",
        ),
        Kind(
            "UUID identifier expected",
            "a UUID identifier",
            "its 32 digits and letters from a to f, as the program gives them[, like “{example}”]",
            "The identifier was cut, or copied by hand.",
        ),
        "3f2504e0-4f89-11d3-9a0c → 3f2504e0-4f89-11d3-9a0c-0305e82c3301",
        "safe",
    ),
    kind(
        "format-binary",
        Kind(
            "Contenu encodé en base64 attendu",
            "un contenu encodé en base64",
            "le texte tel que le logiciel le donne, en entier et sans espace",
            "Le texte a été coupé, ou contient des accents ou des espaces que ce codage n’emploie pas.",
        ),
        Kind(
            "Content encoded in base64 expected",
            "content encoded in base64",
            "the text as the program gives it, whole and without spaces",
            "The text was cut, or holds accents or spaces that this encoding does not use.",
        ),
        "VHVsb → VHVsbGU=",
    ),
    kind(
        "format-wkt",
        Kind(
            "Forme géographique WKT attendue",
            "une forme géographique au format WKT",
            "un mot comme POINT, puis la longitude et la latitude entre parenthèses : « [{example}|POINT (1.7709 45.2678)] »",
            "La parenthèse manque, ou une virgule sépare la longitude de la latitude.",
        ),
        Kind(
            "Geographic shape in WKT expected",
            "a geographic shape in the WKT format",
            "a word like POINT, then the longitude and latitude in brackets: “[{example}|POINT (1.7709 45.2678)]”",
            "A bracket is missing, or a comma separates longitude from latitude.",
        ),
        "1.7709, 45.2678 → POINT (1.7709 45.2678)",
    ),
)


def _bound(code: str, title: tuple[str, str], rule: tuple[str, str], swap: str) -> Rule:
    return entry(
        code,
        "error",
        "constraint-error",
        fr=Words(
            title=title[0],
            message=f"{FR} est hors limite : elle doit être {rule[0]} {{argument}}.",
            remedy="Vérifiez la saisie : chiffre en trop ou oublié, unité (euros ou milliers d’euros), année.",
            cause="Une faute de frappe, un montant dans une autre unité, un signe moins, ou un zéro mis pour dire « inconnu ».",
            example=swap,
        ),
        en=Words(
            title=title[1],
            message=f"{EN} is out of bounds: it must be {rule[1]} {{argument}}.",
            remedy="Check the entry: a digit too many or too few, the unit (euros or thousands of euros), the year.",
            cause="A slip of the finger, an amount in another unit, a minus sign, or a zero put for “unknown”.",
            example=swap,
        ),
    )


_BOUNDS = (
    _bound(
        "minimum",
        ("Valeur trop petite", "Value too small"),
        ("au moins égale à", "at least"),
        "-1500 → 1500 (minimum 0)",
    ),
    _bound(
        "maximum",
        ("Valeur trop grande", "Value too large"),
        ("au plus égale à", "at most"),
        "20226 → 2026 (maximum 2100)",
    ),
    _bound(
        "exclusive-minimum",
        ("Valeur trop petite", "Value too small"),
        ("strictement supérieure à", "greater than"),
        "0 → 1500 (> 0)",
    ),
    _bound(
        "exclusive-maximum",
        ("Valeur trop grande", "Value too large"),
        ("strictement inférieure à", "less than"),
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
            message=f"{FR} n’a pas la forme demandée.",
            remedy="[Prenez modèle sur « {example} »|Comparez-la aux autres : longueur, tirets, majuscules, zéros][ (règle exacte : {argument})].",
            cause="Un zéro du début a disparu, un espace s’est glissé, un tiret ou une majuscule manque, ou deux valeurs sont dans la même cellule.",
            example="« 1004 » → « 01004 » (cinq chiffres demandés)",
            false_alarm="Un schéma peut oublier des formes permises, comme les codes de Corse (2A, 2B) ou d’outre-mer (971 à 988) : parlez-en alors à son auteur.",
        ),
        en=Words(
            title="Unexpected form",
            message=f"{EN} does not have the requested form.",
            remedy="[Follow the model of “{example}”|Compare it with the others: length, hyphens, capitals, zeros][ (exact rule: {argument})].",
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

RULES = (_REQUIRED, *types.RULES, *_FORMATS, *_CONSTRAINTS[:2], *_BOUNDS, *_CONSTRAINTS[2:])
