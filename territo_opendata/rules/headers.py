"""Rules of frictionless on the header, whose names it compares by position.

Those of `header_causes` name what went wrong, and renderers show them in place of these.
"""

from territo_opendata.rules.writing import Words, entry

RULES = (
    entry(
        "missing-label",
        "error",
        "missing-label",
        fr=Words(
            title="Colonne absente à sa place",
            message="L’en-tête s’arrête trop tôt : la colonne « {field} » y manque.",
            remedy="Ajoutez-la à sa place, avec ses données.",
            cause="Une colonne a été supprimée, ou les dernières colonnes ont été oubliées à l’export.",
            example="« nom,population » → « nom,population,millesime »",
        ),
        en=Words(
            title="Column absent from its place",
            message="The header stops too early: the column “{field}” is not there.",
            remedy="Add it in its place, with its data.",
            cause="A column was deleted, or the last columns were left out of the export.",
            example="“nom,population” → “nom,population,millesime”",
        ),
    ),
    entry(
        "extra-label",
        "error",
        "extra-label",
        fr=Words(
            title="Colonne en trop",
            message="L’en-tête a une colonne que le schéma ne prévoit pas : « {label} »[, colonne {column:A}].",
            remedy="Supprimez-la du fichier à publier.",
            cause="Une colonne de travail (remarque, calcul, contact) est restée dans le fichier.",
            example="« nom,population,à vérifier » → « nom,population »",
        ),
        en=Words(
            title="Extra column",
            message="The header has a column that the schema does not expect: “{label}”[, column {column:A}].",
            remedy="Delete it from the file to publish.",
            cause="A working column (remark, sum, contact) was left in the file.",
            example="“nom,population,à vérifier” → “nom,population”",
        ),
    ),
    entry(
        "incorrect-label",
        "error",
        "incorrect-label",
        fr=Words(
            title="Nom de colonne inattendu",
            message="[La colonne {column:A}|Une colonne] s’appelle « {label} », alors que « {field} » est attendue à cette place.",
            remedy="Corrigez son nom, ou remettez les colonnes dans l’ordre du schéma.",
            cause="La colonne a été renommée ou déplacée. Les colonnes sont comparées dans l’ordre : une seule colonne ajoutée ou ôtée décale toutes les suivantes.",
            example="« Nom de la commune,population » → « nom,population »",
        ),
        en=Words(
            title="Unexpected column name",
            message="[Column {column:A}|A column] is called “{label}”, while “{field}” is expected in this place.",
            remedy="Correct its name, or put the columns back in the order of the schema.",
            cause="The column was renamed or moved. Columns are compared in order: a single one added or taken out shifts all those that follow.",
            example="“Nom de la commune,population” → “nom,population”",
        ),
        fix="safe",
    ),
    entry(
        "blank-label",
        "error",
        "blank-label",
        fr=Words(
            title="Nom de colonne vide",
            message="L’en-tête a une case vide[ en colonne {column:A}][ ; le nom « {field} » y est attendu].",
            remedy="Écrivez le nom de la colonne, ou supprimez-la si elle est vide.",
            cause="Le nom a été effacé, ou l’export a pris une colonne vide à droite du tableau.",
            example="« nom,,millesime » → « nom,population,millesime »",
        ),
        en=Words(
            title="Empty column name",
            message="The header has an empty cell[ in column {column:A}][; the name “{field}” is expected there].",
            remedy="Write the column’s name, or delete the column if it is empty.",
            cause="The name was erased, or the export took in an empty column to the right of the table.",
            example="“nom,,millesime” → “nom,population,millesime”",
        ),
    ),
    entry(
        "duplicate-label",
        "error",
        "duplicate-label",
        fr=Words(
            title="Nom de colonne répété",
            message="Le nom « {label} » est porté par deux colonnes[ : {first:A} et {column:A}].",
            remedy="Renommez l’une des deux, ou supprimez-la si elles disent la même chose.",
            cause="Une colonne a été copiée, ou deux tableaux ont été mis côte à côte.",
            example="« nom,montant,montant » → « nom,montant_prevu,montant_verse »",
        ),
        en=Words(
            title="Repeated column name",
            message="Two columns bear the name “{label}”[: {first:A} and {column:A}].",
            remedy="Rename one of them, or delete it if both say the same.",
            cause="A column was copied, or two tables were put side by side.",
            example="“nom,montant,montant” → “nom,montant_prevu,montant_verse”",
        ),
    ),
    entry(
        "blank-header",
        "error",
        "blank-header",
        fr=Words(
            title="En-tête vide",
            message="La ligne d’en-tête est vide : aucune colonne n’a de nom.",
            remedy="Écrivez en première ligne les noms des colonnes du schéma.",
            cause="L’en-tête a été effacé, ou une ligne vide a été insérée au-dessus.",
            example="première ligne « ,, » → « nom,population,millesime »",
        ),
        en=Words(
            title="Empty header",
            message="The header row is empty: no column has a name.",
            remedy="Write the names of the schema’s columns on the first row.",
            cause="The header was erased, or an empty row was inserted above it.",
            example="first row “,,” → “nom,population,millesime”",
        ),
    ),
    entry(
        "unmatched-header",
        "error",
        "unmatched-header",
        fr=Words(
            title="En-tête d’un autre tableau",
            message="Aucune colonne du fichier ne porte un nom prévu par le schéma.",
            remedy="Vérifiez que le schéma est le bon, et que la première ligne porte les noms des colonnes.",
            cause="Le fichier est contrôlé avec le schéma d’un autre tableau, ou son en-tête a été supprimé.",
            example="financements contrôlés avec le schéma « evenements » → avec le schéma « financements »",
        ),
        en=Words(
            title="Header of another table",
            message="No column of the file bears a name that the schema knows.",
            remedy="Check that the schema is the right one, and that the first row holds the column names.",
            cause="The file is checked against another table’s schema, or its header was deleted.",
            example="financements checked against the schema “evenements” → against “financements”",
        ),
    ),
)
