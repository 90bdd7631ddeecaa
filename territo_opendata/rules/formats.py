"""Rules on the string formats of Table Schema: what each asks of a cell."""

from territo_opendata.rules.kinds import Kind, kind

RULES = (
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
