"""Rules on the types of Table Schema: what each asks of a cell."""

from territo_opendata.rules.kinds import Kind, kind

RULES = (
    kind(
        "type-any",
        Kind(
            "Valeur illisible",
            "une valeur lisible",
            "un texte, un nombre ou une date[, comme « {example} »]",
            "La cellule contient autre chose que du texte, ce qui ne se produit pas dans un fichier CSV ordinaire.",
        ),
        Kind(
            "Unreadable value",
            "a readable value",
            "a text, a number or a date[, like “{example}”]",
            "The cell holds something other than text, which does not happen in an ordinary CSV file.",
        ),
        "#N/A → 14948",
    ),
    kind(
        "type-array",
        Kind(
            "Liste entre crochets attendue",
            "une liste entre crochets",
            "les éléments entre crochets, séparés par des virgules, chaque texte entre guillemets droits[ : {example:q}]",
            "Les éléments ont été saisis à la suite, ou le tableur a remplacé les guillemets droits par des guillemets typographiques.",
        ),
        Kind(
            "List in square brackets expected",
            "a list in square brackets",
            "the items in square brackets, separated by commas, each text between straight quotes[: {example:q}]",
            "The items were typed one after the other, or the spreadsheet turned straight quotes into curly ones.",
        ),
        'école, mairie → ["école", "mairie"]',
    ),
    kind(
        "type-boolean",
        Kind(
            "Vrai ou faux attendu",
            "un des mots prévus pour dire vrai ou faux",
            "[l’un de ces mots, tel quel : {accepted:q}|« true » pour vrai ou « false » pour faux]",
            "« Oui », « X » ou « VRAI » disent la chose à une personne, mais le schéma n’admet que certains mots ; Excel en français transforme d’ailleurs « true » en « VRAI ».",
        ),
        Kind(
            "True or false expected",
            "one of the words that stand for true or false",
            "[one of these words, exactly: {accepted:q}|“true” or “false”]",
            "“Yes”, “X” or “VRAI” tell a person, but the schema accepts certain words only; French Excel even turns “true” into “VRAI”.",
        ),
        "VRAI → true",
        "safe",
    ),
    kind(
        "type-date",
        Kind(
            "Date attendue",
            "une date valable",
            "la date [comme {accepted:q}|comme « {example} »|sous la forme année-mois-jour, comme « 2026-03-31 »]",
            "Le tableur a réécrit la date à la façon française (31/03/2026), il n’y a que l’année, ou ce jour n’existe pas (30 février).",
        ),
        Kind(
            "Date expected",
            "a valid date",
            "the date [like {accepted:q}|like “{example}”|as year-month-day, like “2026-03-31”]",
            "The spreadsheet rewrote the date in the French way (31/03/2026), only the year is given, or there is no such day (30 February).",
        ),
        "31/03/2026 → 2026-03-31",
        "safe",
    ),
    kind(
        "type-datetime",
        Kind(
            "Date et heure attendues",
            "une date suivie d’une heure",
            "les deux [comme {accepted:q}|comme « {example} »|ainsi : « 2026-03-31T14:30:00 »]",
            "L’heure manque, ou le tableur a réécrit la date à la façon française.",
        ),
        Kind(
            "Date and time expected",
            "a date followed by a time",
            "both [like {accepted:q}|like “{example}”|this way: “2026-03-31T14:30:00”]",
            "The time is missing, or the spreadsheet rewrote the date in the French way.",
        ),
        "31/03/2026 14:30 → 2026-03-31T14:30:00",
        "safe",
    ),
    kind(
        "type-duration",
        Kind(
            "Durée attendue",
            "une durée lisible par un programme",
            "la durée avec la lettre P[, comme « {example} »| : « P3Y » pour 3 ans, « P18M » pour 18 mois, « P10D » pour 10 jours]",
            "La durée a été écrite en toutes lettres (« 3 ans »).",
        ),
        Kind(
            "Duration expected",
            "a duration that a program can read",
            "the duration with the letter P[, like “{example}”|: “P3Y” for 3 years, “P18M” for 18 months, “P10D” for 10 days]",
            "The duration was written out in words (“3 ans”).",
        ),
        "3 ans → P3Y",
    ),
    kind(
        "type-geojson",
        Kind(
            "Forme géographique attendue",
            "une forme géographique au format GeoJSON",
            "le texte complet que donne le logiciel de cartographie, accolades comprises",
            "Le texte a été coupé (une cellule d’Excel s’arrête à 32 767 caractères), ou ses guillemets droits ont été remplacés.",
        ),
        Kind(
            "Geographic shape expected",
            "a geographic shape in the GeoJSON format",
            "the whole text that the mapping program gives, braces included",
            "The text was cut (a cell of Excel ends at 32,767 characters), or its straight quotes were replaced.",
        ),
        'Point 1.77 45.27 → {"type": "Point", "coordinates": [1.77, 45.27]}',
    ),
    kind(
        "type-geopoint",
        Kind(
            "Coordonnées attendues",
            "un point en longitude et latitude",
            "[comme {accepted:q}|comme « {example} »|la longitude, une virgule, la latitude, comme « 1.7709,45.2678 »], avec un point pour les décimales",
            "La virgule a servi aux décimales, un des deux nombres manque, ou l’ordre est inversé. Une longitude va de -180 à 180, une latitude de -90 à 90.",
        ),
        Kind(
            "Coordinates expected",
            "a point as longitude and latitude",
            "[like {accepted:q}|like “{example}”|the longitude, a comma, the latitude, like “1.7709,45.2678”], with a point for decimals",
            "The comma was used for decimals, one of the two numbers is missing, or the order is reversed. A longitude goes from -180 to 180, a latitude from -90 to 90.",
        ),
        "1,7709;45,2678 → 1.7709,45.2678",
    ),
    kind(
        "type-integer",
        Kind(
            "Nombre entier attendu",
            "un nombre entier",
            "des chiffres seulement, sans espace, virgule ni unité, comme « [{example}|1250] »",
            "Le tableur affiche des milliers séparés ou des décimales, et c’est ce qu’il affiche qu’il enregistre ; ou la cellule contient aussi un mot.",
        ),
        Kind(
            "Whole number expected",
            "a whole number",
            "digits only, without space, comma or unit, like “[{example}|1250]”",
            "The spreadsheet shows thousands apart or decimals, and saves what it shows; or the cell also holds a word.",
        ),
        "14 948 hab. → 14948",
        "safe",
    ),
    kind(
        "type-list",
        Kind(
            "Liste de valeurs attendue",
            "une liste dont chaque élément se lit",
            "les éléments l’un après l’autre, avec le séparateur du schéma, comme « [{example}|2024,2025] »",
            "Un des éléments n’est pas du type prévu, ou le séparateur n’est pas celui du schéma.",
        ),
        Kind(
            "List of values expected",
            "a list in which each item can be read",
            "the items one after the other, with the separator of the schema, like “[{example}|2024,2025]”",
            "One of the items is not of the expected type, or the separator is not that of the schema.",
        ),
        "2024 et 2025 → 2024,2025",
    ),
    kind(
        "type-number",
        Kind(
            "Nombre attendu",
            "un nombre",
            "un nombre seul, sans espace ni unité[, comme « {example} »|, un point avant les décimales, comme « 1250.50 »]",
            "Le tableur français écrit une virgule avant les décimales et des espaces entre les milliers ; le signe € ou une unité ont pu rester dans la cellule.",
        ),
        Kind(
            "Number expected",
            "a number",
            "a number alone, without space or unit[, like “{example}”|, a point before the decimals, like “1250.50”]",
            "French spreadsheets write a comma before decimals and spaces between thousands; the € sign or a unit may have stayed in the cell.",
        ),
        "1 250,50 € → 1250.50",
        "safe",
    ),
    kind(
        "type-object",
        Kind(
            "Noms et valeurs entre accolades attendus",
            "une suite de noms et de valeurs entre accolades",
            "le texte entre accolades, chaque nom entre guillemets droits et suivi de deux-points[ : {example:q}]",
            "Le texte a été saisi librement, ou le tableur a remplacé les guillemets droits par des guillemets typographiques.",
        ),
        Kind(
            "Names and values in braces expected",
            "a set of names and values in braces",
            "the text in braces, each name between straight quotes and followed by a colon[: {example:q}]",
            "The text was typed freely, or the spreadsheet turned straight quotes into curly ones.",
        ),
        'places 12 → {"places": 12}',
    ),
    kind(
        "type-string",
        Kind(
            "Texte d’une autre forme",
            "un texte de la forme demandée",
            "la valeur[ comme « {example} »| sous la forme que décrit le schéma]",
            "La valeur a été saisie sous une autre forme que celle du schéma.",
        ),
        Kind(
            "Text of another form",
            "a text of the requested form",
            "the value[ like “{example}”| in the form that the schema describes]",
            "The value was entered in a form other than that of the schema.",
        ),
        "mairie-tulle.fr → https://mairie-tulle.fr",
    ),
    kind(
        "type-time",
        Kind(
            "Heure attendue",
            "une heure valable",
            "l’heure [comme {accepted:q}|comme « {example} »|avec ses minutes et secondes, comme « 14:30:00 »]",
            "L’heure a été écrite à la façon française (14h30), ou sans les secondes.",
        ),
        Kind(
            "Time expected",
            "a valid time",
            "the time [like {accepted:q}|like “{example}”|with its minutes and seconds, like “14:30:00”]",
            "The time was written in the French way (14h30), or without its seconds.",
        ),
        "14h30 → 14:30:00",
    ),
    kind(
        "type-year",
        Kind(
            "Année attendue",
            "une année",
            "l’année en quatre chiffres, comme « [{example}|2026] »",
            "La cellule contient une date entière, deux années, ou une année sur deux chiffres.",
        ),
        Kind(
            "Year expected",
            "a year",
            "the year with four digits, like “[{example}|2026]”",
            "The cell holds a whole date, two years, or a year with two digits.",
        ),
        "2026.0 → 2026",
        "safe",
    ),
    kind(
        "type-yearmonth",
        Kind(
            "Année et mois attendus",
            "une année suivie d’un mois",
            "l’année, un tiret, le mois de 01 à 12, comme « [{example}|2026-03] »",
            "Le tableur a réécrit le mois à sa façon (mars-26), ou l’ordre est inversé.",
        ),
        Kind(
            "Year and month expected",
            "a year followed by a month",
            "the year, a hyphen, the month from 01 to 12, like “[{example}|2026-03]”",
            "The spreadsheet rewrote the month in its own way (mars-26), or the order is reversed.",
        ),
        "03/2026 → 2026-03",
        "safe",
    ),
)
