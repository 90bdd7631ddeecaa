"""Rules on places: codes and names of communes, départements, regions and countries."""

from functools import partial

from territo_opendata.rules.kinds import EN, FR, Kind, kind
from territo_opendata.rules.writing import Words, entry

_listed = partial(kind, beyond=True)

_CODES = (
    _listed(
        "code-commune",
        Kind(
            "Code de commune inconnu",
            "un code de commune[ au 1er janvier {millesime}]",
            "les 5 caractères du code de l’INSEE (« 01004 »), zéro du début compris : ce n’est pas le code postal",
            "Le tableur a ôté le zéro du début, le code postal a été mis à la place, ou deux codes sont dans la même cellule.",
            "Une commune créée après cette date n’est pas encore connue.",
        ),
        Kind(
            "Unknown commune code",
            "a commune code[ on 1 January {millesime}]",
            "the 5 characters of the INSEE code (“01004”), leading zero included: it is not the postal code",
            "The spreadsheet removed the leading zero, the postal code was put in its place, or two codes are in the same cell.",
            "A commune created after that date is not known yet.",
        ),
        "1004 → 01004",
        "safe",
    ),
    _listed(
        "code-postal",
        Kind(
            "Code postal inconnu",
            "un code postal de La Poste",
            "ses 5 chiffres, zéro du début compris, comme « 01500 »",
            "Le tableur a ôté le zéro du début, ou le code de l’INSEE a été mis à la place.",
            "Les codes CEDEX et ceux créés récemment manquent à la liste.",
        ),
        Kind(
            "Unknown postal code",
            "a postal code of La Poste",
            "its 5 digits, leading zero included, like “01500”",
            "The spreadsheet removed the leading zero, or the INSEE code was put in its place.",
            "CEDEX codes and those created lately are missing from the list.",
        ),
        "1500 → 01500",
        "safe",
    ),
    _listed(
        "code-region",
        Kind(
            "Code de région inconnu",
            "un code de région",
            "ses 2 chiffres, comme « 01 » pour la Guadeloupe ou « 75 » pour la Nouvelle-Aquitaine",
            "Le code est celui d’une région d’avant 2016 ou d’un département, ou le zéro du début a disparu.",
            "Des données de 2015 ou plus anciennes citent à bon droit les anciennes régions.",
        ),
        Kind(
            "Unknown region code",
            "the code of a region",
            "its 2 digits, like “01” for Guadeloupe or “75” for Nouvelle-Aquitaine",
            "The code is that of a region before 2016 or of a département, or its leading zero is gone.",
            "Data of 2015 or older rightly refer to the former regions.",
        ),
        "1 → 01",
        "safe",
    ),
    _listed(
        "code-departement",
        Kind(
            "Code de département inconnu",
            "un code de département",
            "2 caractères en métropole (« 01 », « 2A »), 3 outre-mer (« 974 »)",
            "Le tableur a ôté le zéro du début, la Corse a été écrite « 20 », ou le nom a été mis à la place du code.",
        ),
        Kind(
            "Unknown département code",
            "the code of a département",
            "2 characters in mainland France (“01”, “2A”), 3 overseas (“974”)",
            "The spreadsheet removed the leading zero, Corsica was written “20”, or the name was put in place of the code.",
        ),
        "1 → 01",
        "safe",
    ),
    _listed(
        "code-fantoir",
        Kind(
            "Code FANTOIR inconnu",
            "un code FANTOIR",
            "les 4 caractères de la voie et sa lettre de contrôle, comme « 0120Z »",
            "La lettre de contrôle manque, ou le code de la commune a été laissé devant.",
            "Ce fichier des voies n’est plus tenu à jour depuis 2023 : les voies récentes y manquent.",
        ),
        Kind(
            "Unknown FANTOIR code",
            "a FANTOIR code",
            "the 4 characters of the street and its check letter, like “0120Z”",
            "The check letter is missing, or the commune code was left before it.",
            "This file of streets has not been kept up since 2023: recent streets are missing from it.",
        ),
        "190120120Z → 0120Z",
    ),
    _listed(
        "code-pays-iso2",
        Kind(
            "Code de pays à 2 lettres inconnu",
            "un code de pays à 2 lettres (ISO 3166)",
            "les 2 lettres en majuscules, comme « FR »",
            "Le nom du pays ou son code à 3 lettres a été saisi, ou le code est en minuscules.",
        ),
        Kind(
            "Unknown two-letter country code",
            "a two-letter country code (ISO 3166)",
            "the 2 letters in capitals, like “FR”",
            "The country’s name or its three-letter code was entered, or the code is in small letters.",
        ),
        "fr → FR",
        "safe",
    ),
    _listed(
        "code-pays-iso3",
        Kind(
            "Code de pays à 3 lettres inconnu",
            "un code de pays à 3 lettres (ISO 3166)",
            "les 3 lettres en majuscules, comme « FRA »",
            "Le nom du pays ou son code à 2 lettres a été saisi, ou le code est en minuscules.",
        ),
        Kind(
            "Unknown three-letter country code",
            "a three-letter country code (ISO 3166)",
            "the 3 letters in capitals, like “FRA”",
            "The country’s name or its two-letter code was entered, or the code is in small letters.",
        ),
        "fra → FRA",
        "safe",
    ),
)

_NAMES = (
    _listed(
        "name-commune",
        Kind(
            "Nom de commune inconnu",
            "le nom officiel d’une commune",
            "le nom complet, avec ses accents, ses tirets et son article, comme « Saint-Étienne »",
            "Le nom est abrégé (« St »), sans tirets, ou c’est celui d’un hameau ou d’une ancienne commune.",
            "Un nom changé récemment n’est pas encore connu.",
        ),
        Kind(
            "Unknown commune name",
            "the official name of a commune",
            "the full name, with its accents, hyphens and article, like “Saint-Étienne”",
            "The name is shortened (“St”), without hyphens, or is that of a hamlet or a former commune.",
            "A name changed lately is not known yet.",
        ),
        "St Etienne → Saint-Étienne",
        "safe",
    ),
    _listed(
        "name-departement",
        Kind(
            "Nom de département inconnu",
            "le nom officiel d’un département",
            "le nom complet, avec ses accents et ses tirets, comme « Corrèze »",
            "Un accent ou un tiret manque, ou le numéro a été laissé à côté du nom.",
        ),
        Kind(
            "Unknown département name",
            "the official name of a département",
            "the full name, with its accents and hyphens, like “Corrèze”",
            "An accent or a hyphen is missing, or the number was left beside the name.",
        ),
        "Correze → Corrèze",
        "safe",
    ),
    _listed(
        "name-region",
        Kind(
            "Nom de région inconnu",
            "le nom officiel d’une région",
            "le nom complet, avec ses accents et ses tirets, comme « Nouvelle-Aquitaine »",
            "Le nom est celui d’une région d’avant 2016, un sigle (« PACA »), ou un tiret manque.",
            "Des données de 2015 ou plus anciennes citent à bon droit les anciennes régions.",
        ),
        Kind(
            "Unknown region name",
            "the official name of a region",
            "the full name, with its accents and hyphens, like “Nouvelle-Aquitaine”",
            "The name is that of a region before 2016, initials (“PACA”), or a hyphen is missing.",
            "Data of 2015 or older rightly refer to the former regions.",
        ),
        "Ile de France → Île-de-France",
        "safe",
    ),
    _listed(
        "name-canton",
        Kind(
            "Nom de canton inconnu",
            "le nom officiel d’un canton",
            "le nom complet, avec ses accents et ses tirets, comme « Naves »",
            "Le nom est celui d’un canton d’avant 2015, ou son numéro manque (« Tulle » pour un canton numéroté).",
        ),
        Kind(
            "Unknown canton name",
            "the official name of a canton",
            "the full name, with its accents and hyphens, like “Naves”",
            "The name is that of a canton before 2015, or its number is missing (“Tulle” for a numbered canton).",
        ),
        "Plateau de millevaches → Plateau de Millevaches",
        "safe",
    ),
    _listed(
        "name-pays",
        Kind(
            "Nom de pays inconnu",
            "un nom de pays de la liste de l’INSEE",
            "le nom français usuel, avec ses accents, comme « Belgique »",
            "Le nom est dans une autre langue, abrégé, ou celui d’avant un changement.",
        ),
        Kind(
            "Unknown country name",
            "the name of a country in the list of INSEE",
            "the usual French name, with its accents, like “Belgique”",
            "The name is in another language, shortened, or the one from before a change.",
        ),
        "Grece → Grèce",
        "safe",
    ),
)

_COMMUNES = (
    entry(
        "code-commune-merged",
        "error",
        None,
        fr=Words(
            title="Commune fusionnée",
            message=f"{FR} n’est plus un code de commune[ depuis {{since}}][ : le territoire est aujourd’hui dans « {{successor_name}} » ({{successor}})].",
            remedy="Remplacez-le par le code actuel[, {successor},] sauf si la ligne parle d’avant la fusion.",
            cause="Des communes se réunissent chaque année au 1er janvier ; les fichiers tenus depuis longtemps gardent les anciens codes.",
            example="« 01091 » (Châtillon-en-Michaille) → « 01033 » (Valserhône)",
            false_alarm="Des données qui décrivent une année passée emploient à bon droit les codes de cette année-là.",
        ),
        en=Words(
            title="Merged commune",
            message=f"{EN} is no longer a commune code[ since {{since}}][: the place is now in “{{successor_name}}” ({{successor}})].",
            remedy="Replace it by the present code[, {successor},] unless the row is about the time before the merger.",
            cause="Communes join each year on 1 January; files kept for long still hold the former codes.",
            example="“01091” (Châtillon-en-Michaille) → “01033” (Valserhône)",
            false_alarm="Data that describe a past year rightly use the codes of that year.",
        ),
        fix="unsafe",
    ),
    entry(
        "code-commune-arrondissement",
        "error",
        None,
        fr=Words(
            title="Arrondissement à la place d’une commune",
            message=f"{FR} est un arrondissement de Paris, Lyon ou Marseille ; c’est la commune[, {{commune}},] qui est demandée.",
            remedy="Écrivez le code de la commune entière[, {commune}] ; notez l’arrondissement dans une remarque s’il compte.",
            cause="L’INSEE donne aussi un code à chacun des 45 arrondissements, mais ce ne sont pas des communes.",
            example="« 75112 » (Paris 12e) → « 75056 » (Paris)",
        ),
        en=Words(
            title="Arrondissement in place of a commune",
            message=f"{EN} is an arrondissement of Paris, Lyon or Marseille; the commune[, {{commune}},] is requested.",
            remedy="Write the code of the whole commune[, {commune}]; put the arrondissement in a remark if it matters.",
            cause="INSEE also gives a code to each of the 45 arrondissements, but they are not communes.",
            example="“75112” (Paris 12th) → “75056” (Paris)",
        ),
        fix="unsafe",
    ),
    entry(
        "commune-departement",
        "error",
        None,
        fr=Words(
            title="Commune et département contraires",
            message="La commune « {value} » est dans le département {expected}, mais la ligne dit {departement}.",
            remedy="Corrigez celui des deux codes qui est faux.",
            cause="Le code postal a servi à trouver le département (il ne le donne pas toujours), ou un tri n’a déplacé qu’une des deux colonnes.",
            example="commune « 76540 », département « 27 » → département « 76 »",
        ),
        en=Words(
            title="Commune and département at odds",
            message="The commune “{value}” is in the département {expected}, but the row says {departement}.",
            remedy="Correct whichever of the two codes is wrong.",
            cause="The postal code was used to find the département (it does not always tell), or a sort moved only one of the two columns.",
            example="commune “76540”, département “27” → département “76”",
        ),
    ),
)

RULES = (_CODES[0], *_COMMUNES, *_CODES[1:], *_NAMES)
