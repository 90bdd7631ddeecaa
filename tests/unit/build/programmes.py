"""Small tables of programmes, some of whose cells attack the pages that show them."""

from typing import Any

ATTACK = '"><script>alert(1)</script><img src=x onerror=alert(2)>'
HOSTILE_IDS = ("../../dehors", "CON", ATTACK)
_OVERRIDE = "\u202e"


def table(name: str, *rows: list[str], key: str = "") -> tuple[dict[str, Any], str]:
    """Return schema and CSV of a table; the first row is its header."""
    header, *cells = rows
    fields = [{"name": each, "type": "string", "title": each} for each in header]
    schema = {"name": name, "title": name.capitalize(), "version": "1.0.0", "fields": fields}
    lines = [",".join(_quoted(cell) for cell in row) for row in (header, *cells)]
    return {**schema, **({"primaryKey": key} if key else {})}, "\n".join(lines) + "\n"


def _quoted(cell: str) -> str:
    doubled = cell.replace('"', '""')
    return f'"{doubled}"' if set(cell) & set(',"\n') else cell


TABLES = {
    "programmes": table(
        "programmes",
        ["programme_id", "nom", "nature", "pilote_id", "date_debut", "source_id"],
        ["coeur", "Cœur de ville", "programme", "etat", "2018-03", "s1"],
        ["../../dehors", f"Dehors{_OVERRIDE}", "plan", "", "", ""],
        ["CON", "Réservé", "", "", "hier", "s2"],
        [ATTACK, ATTACK, ATTACK, ATTACK, ATTACK, ATTACK],
        key="programme_id",
    ),
    "financements": table(
        "financements",
        [
            "financement_id",
            "programme_id",
            "nature",
            "montant_eur",
            "financeur_id",
            "annee_debut",
            "annee_fin",
            "duree_annees",
            "source_id",
            "remarque",
        ],
        ["f1", "coeur", "engagement", "5000000", "banque", "2018", "2020", "3", "s1", ""],
        ["f2", "CON", "", "1300", "", "", "", "", "", ATTACK],
        ["f3", "", "", "12", "", "", "", "", "s2", ""],
        ["f4", ATTACK, ATTACK, ATTACK, ATTACK, ATTACK, ATTACK, ATTACK, ATTACK, ATTACK],
    ),
    "organisations": table(
        "organisations", ["organisation_id", "nom"], ["banque", "Banque publique"]
    ),
    "partenariats": table(
        "partenariats",
        ["programme_id", "organisation_id", "role", "source_id"],
        ["coeur", "banque", "coordinateur", "s1"],
        [ATTACK, ATTACK, ATTACK, ATTACK],
    ),
    "indicateurs": table(
        "indicateurs",
        ["programme_id", "libelle", "valeur", "operateur", "unite", "source_id"],
        ["coeur", "Villes", "8500", "environ", "villes", "s1"],
    ),
    "evenements": table(
        "evenements",
        ["programme_id", "nom", "date_debut", "type_territoire", "code_territoire", "source_id"],
        ["coeur", "Réunion", "2019-03-01", "commune", "62765", "s1"],
        ["CON", "Ailleurs", "", "epci", "200066918", ""],
    ),
    "territoires": table(
        "territoires",
        ["type_territoire", "code_territoire", "nom", "code_departement"],
        ["commune", "62765", "Saint-Omer", "62"],
        ["commune", "14635", "Saint-Omer", "14"],
    ),
    "sources": table(
        "sources",
        ["source_id", "titre", "url"],
        ["s1", "Rapport annuel", "https://example.org/rapport"],
        ["s2", "Piège", "javascript:alert(1)"],
    ),
}


def long_tables(count: int) -> dict[str, tuple[dict[str, Any], str]]:
    """Return tables of so many programmes, each with an amount, a territory and long remarks."""
    numbers = range(count)
    long = "Une remarque qui en dit long. " * 20
    return {
        "programmes": table(
            "programmes",
            ["programme_id", "nom", "description", "remarque"],
            *(["p" + str(each), f"Programme {each}", long, long] for each in numbers),
        ),
        "financements": table(
            "financements",
            ["programme_id", "montant_eur", "beneficiaire", "remarque"],
            *(["p0", str(each), long, long] for each in numbers),
        ),
        "labellisations": table(
            "labellisations",
            ["programme_id", "type_territoire", "code_territoire", "remarque"],
            *(["p0", "commune", f"{62000 + each}", long] for each in numbers),
        ),
        "territoires": table(
            "territoires",
            ["type_territoire", "code_territoire", "nom", "code_departement"],
            *(["commune", f"{62000 + each}", f"Commune {each}", "62"] for each in numbers),
        ),
    }
