"""The datasets say what the documents say: amounts, dates, counts, spellings, doubts."""

import csv
import io
import json
import os
import re
import unicodedata
from datetime import date, timedelta
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
CURATED = [
    "evenements",
    "financements",
    "indicateurs",
    "organisations",
    "partenariats",
    "programmes",
    "sources",
]
REFERENCE = ["communes_anciennes", "intercommunalites", "territoires"]
INFERRED = re.compile(r"inférée?s? du contexte")


@cache
def content(name):
    return (ROOT / "datasets" / f"{name}.csv").read_bytes()


@cache
def table(name):
    return list(csv.DictReader(io.StringIO(content(name).decode("utf-8"), newline="")))


@cache
def schema(name):
    return json.loads((ROOT / "schemas" / name / "schema.json").read_text(encoding="utf-8"))


@cache
def package():
    return json.loads((ROOT / "datapackage.json").read_text(encoding="utf-8"))


def row(name, identifier):
    (key,) = schema(name)["primaryKey"]
    (found,) = [each for each in table(name) if each[key] == identifier]
    return found


def prefix(source_id):
    return source_id.split("-")[0]


# Programmes: identifier, name to publish, nature, source, first and last date, territories.
PROGRAMMES = [
    ("action-coeur-de-ville", "Action Cœur de Ville", "programme", "s1a", "2018-03", "", "222"),
    ("reinventons-nos-coeurs-de-ville", "Réinventons nos Cœurs de Ville", "démarche", "s1a", "", "", ""),
    ("appel-cnam", "Appel à manifestation d’intérêt du Cnam", "appel", "s1a", "", "", ""),
    ("territoires-d-industrie", "Territoires d’industrie", "mission", "s1d", "", "", "124"),
    ("petites-villes-de-demain", "Petites villes de demain", "programme", "s4", "2020", "", "1000"),
    ("politique-de-la-ville", "Politique de la ville", "politique", "s0c", "", "", "1514"),
    ("contrats-de-ville", "Contrats de ville", "contrat", "s1c", "", "", ""),
    ("conseils-citoyens", "Conseils citoyens", "instance", "s1c", "", "", ""),
    ("npnru", "Nouveau programme national de renouvellement urbain", "programme", "s1c", "", "", ""),
    ("mobilisation-nationale-habitants-quartiers", "Mobilisation nationale pour les habitants des quartiers", "plan", "s3", "2017-11-14", "", ""),
    ("pacte-de-dijon", "Pacte de Dijon", "pacte", "s3", "", "", ""),
    ("pacte-de-quartiers", "Pacte de quartiers", "", "s3", "", "", ""),
    ("paqte", "PAQTE", "", "s3", "", "", ""),
    ("gestion-urbaine-de-proximite", "Gestion urbaine de proximité", "", "s3", "", "", ""),
    ("tremplin-asso", "#TremplinAsso", "appel", "s1b", "", "", ""),
    ("fabriques-de-territoire", "Fabriques de territoire", "programme", "s1c", "", "", ""),
    ("maisons-de-services-au-public", "Maisons de services au public", "réseau", "s1c", "", "", ""),
    ("carrefour-des-innovations-sociales", "Carrefour des innovations sociales", "plateforme", "s1c", "", "", ""),
    ("contrats-de-plan-etat-region", "Contrats de plan État-Région", "contrat", "s1c", "2015", "2020", ""),
    ("fonds-europeens", "Fonds européens", "fonds", "s1c", "2014", "2020", ""),
    ("plan-france-tres-haut-debit", "Plan France Très Haut Débit", "plan", "s0a", "", "", ""),
    ("plan-de-couverture-mobile", "Plan de couverture mobile", "plan", "s0a", "", "", ""),
    ("mission-revolution-numerique-rurale", "Révolution numérique dans les territoires ruraux", "mission", "s0a", "", "", ""),
    ("hebergement-hivernal", "Hébergement hivernal", "financement", "s0d", "2017", "2018", ""),
    ("consultation-villes-et-territoires-de-demain", "Consultation « Villes et territoires de demain »", "consultation", "s0b", "2018-05-02", "2018-07-17", ""),
    ("micro-folies", "Micro-Folies", "réseau", "s1e", "", "", ""),
    ("rencontres-territoriales-cohesion-urbaine", "Rencontres territoriales de la cohésion urbaine", "rencontre", "s2", "", "", ""),
    ("reseau-chefs-de-projet-littoral", "Réseau des chefs de projet politique de la ville du littoral", "réseau", "s3", "", "", ""),
    ("convention-cerema-apvf", "Convention Cerema-APVF", "convention", "s4", "", "", ""),
]  # fmt: skip


@pytest.mark.parametrize("fact", PROGRAMMES, ids=[fact[0] for fact in PROGRAMMES])
def test_programme(fact):
    identifier, *said = fact
    found = row("programmes", identifier)
    assert [
        found["nom"],
        found["nature"],
        prefix(found["source_id"]),
        found["date_debut"],
        found["date_fin"],
        found["territoires_prevus"],
    ] == said


def test_no_other_programme():
    assert {each["programme_id"] for each in table("programmes")} == {
        each[0] for each in PROGRAMMES
    }


LEADS = {
    "action-coeur-de-ville": "etat",
    "appel-cnam": "cnam",
    "mission-revolution-numerique-rurale": "gouvernement",
    "petites-villes-de-demain": "anct",
    "territoires-d-industrie": "etat",
}


def test_leads_are_those_that_the_documents_name():
    named = {
        each["programme_id"]: each["pilote_id"] for each in table("programmes") if each["pilote_id"]
    }
    assert named == LEADS
    roles = {
        (each["programme_id"], each["organisation_id"], each["role"])
        for each in table("partenariats")
    }
    assert {(programme, lead, "pilote") for programme, lead in named.items()} <= roles


PARTNERSHIPS = [
    ("action-coeur-de-ville", "coordinateur", {"cget"}),
    ("action-coeur-de-ville", "financeur", {"partenaires-financeurs"}),
    ("action-coeur-de-ville", "partenaire", {"cnam", "siagi", "valhor", "cerema", "acteurs-publics-et-prives"}),
    ("territoires-d-industrie", "pilote", {"etat", "intercommunalites", "regions"}),
    ("territoires-d-industrie", "partenaire", {"banque-des-territoires", "business-france", "bpifrance"}),
    ("petites-villes-de-demain", "consulté", {"regions", "departements", "communes", "partenaires-institutionnels"}),
    ("petites-villes-de-demain", "signataire", {"ministere-cohesion-territoires-relations-collectivites", "cerema", "banque-des-territoires", "apvf"}),
    ("contrats-de-ville", "partenaire", {"etat", "etablissements-publics-de-l-etat", "intercommunalites", "communes", "departements", "regions", "bailleurs-sociaux", "associations", "habitants-des-quartiers"}),
    ("contrats-de-plan-etat-region", "financeur", {"etat", "regions", "collectivites-territoriales"}),
    ("fonds-europeens", "coordinateur", {"cget"}),
    ("hebergement-hivernal", "consulté", {"acteurs-hebergement-logement-social", "collectivites-territoriales"}),
    ("mobilisation-nationale-habitants-quartiers", "consulté", {"etat", "collectivites-territoriales", "entreprises", "associations"}),
    ("micro-folies", "partenaire", {"la-villette", "ministere-culture", "ministere-cohesion-territoires-relations-collectivites", "cget"}),
    ("convention-cerema-apvf", "signataire", {"cerema", "apvf"}),
]  # fmt: skip


@pytest.mark.parametrize(("programme", "role", "organisations"), PARTNERSHIPS)
def test_partnership(programme, role, organisations):
    assert {
        each["organisation_id"]
        for each in table("partenariats")
        if (each["programme_id"], each["role"]) == (programme, role)
    } == organisations


# Amounts: programme, euros, first year, last year, years, date of the decision, source.
AMOUNTS = {
    ("action-coeur-de-ville", 5_000_000_000, "", "", "", "", "s1c"),
    ("territoires-d-industrie", 1_300_000_000, "", "", "", "", "s1d"),
    ("npnru", 10_000_000_000, "", "", "", "", "s1c"),
    ("fonds-europeens", 28_000_000_000, "2014", "2020", "", "", "s1c"),
    ("contrats-de-plan-etat-region", 31_000_000_000, "2015", "2020", "", "", "s1c"),
    ("fabriques-de-territoire", 110_000_000, "", "", "3", "", "s1c"),
    ("tremplin-asso", 15_000_000, "", "", "3", "", "s1b"),
    ("hebergement-hivernal", 69_000_000, "", "", "", "2017", "s0d"),
    ("hebergement-hivernal", 142_000_000, "", "", "", "2017-11-01", "s0d"),
    ("", 10_000_000, "", "", "", "", "s3"),
}


def test_amounts():
    found = [
        (
            each["programme_id"],
            int(each["montant_eur"]),
            each["annee_debut"],
            each["annee_fin"],
            each["duree_annees"],
            each["date_decision"],
            prefix(each["source_id"]),
        )
        for each in table("financements")
    ]
    assert len(found) == len(AMOUNTS)
    assert set(found) == AMOUNTS


def test_delegated_credits_are_those_for_winter_housing():
    assert {
        each["programme_id"]
        for each in table("financements")
        if each["nature"] == "délégation de crédits"
    } == {"hebergement-hivernal"}


# Counts: identifier, value, operator, date of observation, programme, source.
COUNTS = [
    ("action-coeur-de-ville-villes", 222, "exact", "", "action-coeur-de-ville", "s1a"),
    ("action-coeur-de-ville-conventions", 222, "exact", "2019-06-04", "action-coeur-de-ville", "s1a"),
    ("appel-cnam-centres", 75, "exact", "", "appel-cnam", "s1a"),
    ("tremplin-asso-laureats", 44, "exact", "", "tremplin-asso", "s1b"),
    ("tremplin-asso-laureats-education", 9, "exact", "", "tremplin-asso", "s1b"),
    ("tremplin-asso-laureats-emploi", 11, "exact", "", "tremplin-asso", "s1b"),
    ("tremplin-asso-laureats-lien-social", 21, "exact", "", "tremplin-asso", "s1b"),
    ("tremplin-asso-laureats-logement", 3, "exact", "", "tremplin-asso", "s1b"),
    ("quartiers-associations-actives", 8500, "environ", "", "politique-de-la-ville", "s1b"),
    ("quartiers-associations-financees", 8500, "exact", "2018", "politique-de-la-ville", "s1c"),
    ("quartiers-actions", 27500, "exact", "2018", "politique-de-la-ville", "s1c"),
    ("quartiers-prioritaires", 1514, "exact", "", "politique-de-la-ville", "s0c"),
    ("maisons-de-services-au-public", 1350, "exact", "2019-01-01", "maisons-de-services-au-public", "s1c"),
    ("carrefour-projets", 13000, "exact", "2018", "carrefour-des-innovations-sociales", "s1c"),
    ("conseils-citoyens", 1200, "exact", "2018", "conseils-citoyens", "s1c"),
    ("contrats-de-ville", 435, "exact", "2018", "contrats-de-ville", "s1c"),
    ("contrats-de-ville-co-construction", 4, "exact", "", "contrats-de-ville", "s2"),
    ("contrats-de-ville-enjeux", 3, "exact", "", "contrats-de-ville", "s2"),
    ("fabriques-de-territoire", 300, "exact", "", "fabriques-de-territoire", "s1c"),
    ("territoires-d-industrie", 124, "exact", "", "territoires-d-industrie", "s1d"),
    ("territoires-d-industrie-besoins", 4, "exact", "", "territoires-d-industrie", "s1d"),
    ("territoires-d-industrie-actions", 17, "exact", "", "territoires-d-industrie", "s1d"),
    ("petites-villes", 1000, "environ", "", "petites-villes-de-demain", "s4"),
    ("petites-villes-plafond", 20000, "exact", "", "petites-villes-de-demain", "s4"),
    ("petites-villes-objectifs", 4, "exact", "", "petites-villes-de-demain", "s4"),
    ("petites-villes-signataires", 12, "environ", "", "petites-villes-de-demain", "s4"),
    ("petites-villes-journees", 13, "exact", "", "petites-villes-de-demain", "s4"),
    ("petites-villes-regions-formation", 13, "exact", "", "petites-villes-de-demain", "s4"),
    ("littoral-communes", 6, "exact", "2019-01-25", "reseau-chefs-de-projet-littoral", "s3"),
    ("mobilisation-axes", 3, "exact", "", "mobilisation-nationale-habitants-quartiers", "s3"),
    ("mobilisation-annexes", 4, "exact", "", "mobilisation-nationale-habitants-quartiers", "s3"),
    ("cerema-apvf-domaines", 4, "exact", "", "convention-cerema-apvf", "s4"),
    ("revolution-numerique-domaines", 8, "exact", "", "mission-revolution-numerique-rurale", "s0a"),
    ("consultation-themes", 5, "exact", "2018", "consultation-villes-et-territoires-de-demain", "s0b"),
    ("consultation-etapes", 4, "exact", "2018", "consultation-villes-et-territoires-de-demain", "s0b"),
    ("irev-fragment-departements", 7, "exact", "", "", "s3"),
    ("irev-fragment-80-pour-cent", 80, "exact", "", "", "s3"),
]  # fmt: skip


@pytest.mark.parametrize("fact", COUNTS, ids=[fact[0] for fact in COUNTS])
def test_count(fact):
    identifier, *said = fact
    found = row("indicateurs", identifier)
    assert [
        float(found["valeur"]),
        found["operateur"],
        found["date_observation"],
        found["programme_id"],
        prefix(found["source_id"]),
    ] == said


def test_no_other_count():
    assert {each["indicateur_id"] for each in table("indicateurs")} == {each[0] for each in COUNTS}


def test_what_is_listed_is_as_many_as_counted():
    for each in table("indicateurs"):
        if each["detail"]:
            assert len(each["detail"].split("|")) == int(each["valeur"]), each["indicateur_id"]


def test_parts_add_up_to_their_total():
    parts = [each for each in table("indicateurs") if each["indicateur_total_id"]]
    assert {each["indicateur_total_id"] for each in parts} == {"tremplin-asso-laureats"}
    assert sum(int(each["valeur"]) for each in parts) == 44
    assert {each["unite"] for each in parts} == {
        row("indicateurs", "tremplin-asso-laureats")["unite"]
    }


def test_stages_of_the_consultation_follow_each_other():
    stages = sorted(
        (each for each in table("evenements") if each["nature"] == "étape"),
        key=lambda each: each["date_debut"],
    )
    assert [(each["nom"], each["date_debut"], each["date_fin"]) for each in stages] == [
        ("Les défis de demain", "2018-05-02", "2018-05-22"),
        ("Les idées pour demain", "2018-05-23", "2018-06-19"),
        ("Les projets pour demain", "2018-06-20", "2018-07-10"),
        ("Les priorités pour demain", "2018-07-11", "2018-07-17"),
    ]
    for before, after in pairwise(stages):
        next_day = date.fromisoformat(before["date_fin"]) + timedelta(days=1)
        assert after["date_debut"] == next_day.isoformat()
    themes = "habiter son quartier|se déplacer|participer à la vie locale|vivre en bonne santé|se former et travailler"
    assert {each["themes"] for each in stages} == {themes}
    whole = row("programmes", "consultation-villes-et-territoires-de-demain")
    assert (whole["date_debut"], whole["date_fin"]) == (
        stages[0]["date_debut"],
        stages[-1]["date_fin"],
    )
    assert "Livrets Citoyens" in whole["description"]
    assert "bandes dessinées" in whole["description"]


# Events: programme, first day, last day, place, communes, source.
EVENTS = [
    ("action-coeur-de-ville-conseil-2019-06-04", "2019-06-04", "2019-06-04", "", "s1a"),
    ("tremplin-asso-annonce-2019-04-26", "2019-04-26", "2019-04-26", "", "s1b"),
    ("salon-des-maires-2018", "", "2018-11-22", "75056", "s1e"),
    ("conference-micro-folies-2018-11-21", "2018-11-21", "2018-11-21", "75056", "s1e"),
    ("mobilisation-appel-2017-11-14", "2017-11-14", "2017-11-14", "", "s3"),
    ("mobilisation-objectifs-2018-05-22", "2018-05-22", "2018-05-22", "", "s3"),
    ("mobilisation-circulaire-2018-01-22", "2018-01-22", "2018-01-22", "", "s3"),
    ("hebergement-courrier-2017-10-04", "2017-10-04", "", "", "s0d"),
    ("hebergement-treve-2017-11-01", "2017-11-01", "", "", "s0d"),
    ("rencontres-cohesion-urbaine-3", "", "", "", "s2"),
    ("petites-villes-lettre-engagement", "", "", "", "s4"),
    ("cerema-apvf-signature", "", "", "", "s4"),
]


@pytest.mark.parametrize("fact", EVENTS, ids=[fact[0] for fact in EVENTS])
def test_event(fact):
    identifier, *said = fact
    found = row("evenements", identifier)
    assert [
        found["date_debut"],
        found["date_fin"],
        found["code_territoire"],
        prefix(found["source_id"]),
    ] == said


SEVERAL_TERRITORIES = [
    (
        "rencontre-littoral-2019-01-25",
        ("2019-01-25", "2019-01-25"),
        {
            "62160": "Boulogne-sur-Mer",
            "62193": "Calais",
            "59183": "Dunkerque",
            "59295": "Hazebrouck",
            "62758": "Saint-Martin-Boulogne",
            "62765": "Saint-Omer",
        },
    ),
    (
        "deplacement-president-2017-11",
        ("2017-11-13", "2017-11-14"),
        {"93014": "Clichy-sous-Bois", "59599": "Tourcoing", "59512": "Roubaix"},
    ),
]


@pytest.mark.parametrize(("start", "days", "communes"), SEVERAL_TERRITORIES)
def test_event_in_several_territories_has_a_row_for_each(start, days, communes):
    found = [each for each in table("evenements") if each["evenement_id"].startswith(start)]
    names = {
        each["code_territoire"]: each["nom"]
        for each in table("territoires")
        if each["type_territoire"] == "commune"
    }
    assert {each["code_territoire"]: names[each["code_territoire"]] for each in found} == communes
    for each in found:
        assert each["evenement_id"] == f"{start}-{each['code_territoire']}"
        assert each["type_territoire"] == "commune"
        assert (each["date_debut"], each["date_fin"]) == days


def test_no_other_event():
    stages = sum(each["nature"] == "étape" for each in table("evenements"))
    assert len(table("evenements")) == stages + len(EVENTS) + 6 + 3


def test_the_other_saint_omer_is_told_apart():
    assert "14635" in row("evenements", "rencontre-littoral-2019-01-25-62765")["remarque"]
    assert "14635" not in {each["code_territoire"] for each in table("evenements")}


# Sources: publisher, date of publication, address, document.
SOURCES = [
    ("s0a", "cohesion-territoires.gouv.fr", "", "000_8a585d846487b241.txt"),
    ("s0b", "ministère de la Cohésion des territoires", "", "000_8a585d846487b241.txt"),
    ("s0c", "ministère de la Cohésion des territoires", "", "000_8a585d846487b241.txt"),
    ("s0d", "cohesion-territoires.gouv.fr", "", "000_8a585d846487b241.txt"),
    ("s1a", "CGET", "", "001_19a2df004ee5c685.txt"),
    ("s1b", "CGET", "", "001_19a2df004ee5c685.txt"),
    ("s1c", "CGET", "", "001_19a2df004ee5c685.txt"),
    ("s1d", "CGET", "", "001_19a2df004ee5c685.txt"),
    ("s1e", "CGET", "", "001_19a2df004ee5c685.txt"),
    ("s2", "", "2015-06-16", "002_580fa6066819b40b.txt"),
    ("s3", "IREV, centre de ressources politique de la ville Hauts-de-France", "2019-02-28", "003_f82332ca4eae7056.txt"),
    ("s4", "", "", "004_6545507739d62a1e.txt"),
]  # fmt: skip


def test_sources():
    assert [
        (prefix(each["source_id"]), each["editeur"], each["date_publication"], each["document"])
        for each in table("sources")
    ] == SOURCES
    addresses = {prefix(each["source_id"]): each["url"] for each in table("sources") if each["url"]}
    assert list(addresses) == ["s3"]
    assert addresses["s3"].startswith("https://www.irev.fr/thematiques/politique-de-la-ville-dsu/")


SPELLINGS = [
    ("bpifrance", "Bpifrance", ""),
    ("banque-des-territoires", "Banque des Territoires", ""),
    ("siagi", "SIAGI", "SIAGI"),
    ("valhor", "VALHOR", "VALHOR"),
    ("cnam", "Conservatoire national des arts et métiers", "Cnam"),
    ("anru", "ANRU", "ANRU"),
    ("epareca", "EPARECA", "EPARECA"),
    ("apvf", "Association des petites villes de France", "APVF"),
    ("anct", "Agence nationale de la cohésion des territoires", "ANCT"),
    ("cget", "Commissariat général à l’égalité des territoires", "CGET"),
    ("ministere-cohesion-territoires", "Ministère de la Cohésion des territoires", ""),
    (
        "ministere-cohesion-territoires-relations-collectivites",
        "Ministère de la Cohésion des territoires et des Relations avec les collectivités territoriales",
        "",
    ),
]


@pytest.mark.parametrize(("identifier", "name", "acronym"), SPELLINGS)
def test_spelling_of_organisations(identifier, name, acronym):
    found = row("organisations", identifier)
    assert (found["nom"], found["sigle"]) == (name, acronym)


def test_edition_of_the_meetings():
    assert row("evenements", "rencontres-cohesion-urbaine-3")["nom"].startswith("3es Rencontres")


# Doubts: table, identifier, words that its remark must hold.
DOUBTS = [
    ("evenements", "rencontre-littoral-2019-01-25-62193", ["25 JANVIER 2018"]),
    ("evenements", "mobilisation-circulaire-2018-01-22", ["22 mai 2018", "2019", "Pacte de Dijon"]),
    ("programmes", "pacte-de-dijon", ["22 janvier 2018", "circulaire"]),
    ("programmes", "paqte", ["PAQTS"]),
    ("programmes", "pacte-de-quartiers", ["faute de la copie"]),
    ("programmes", "contrats-de-ville", ["rétroaction", "rénovation"]),
    ("programmes", "fabriques-de-territoire", ["Fabriques des territoires"]),
    ("programmes", "territoires-d-industrie", ["22 novembre 2018"]),
    ("programmes", "plan-de-couverture-mobile", ["quelques mois"]),
    ("indicateurs", "irev-fragment-departements", ["1er avril", "septembre"]),
    ("indicateurs", "quartiers-associations-actives", ["Près de"]),
    ("financements", "hebergement-hivernal-2017-11-01", ["annonce", "délégation"]),
    ("financements", "tremplin-asso-enveloppe", ["annuel", "hors document"]),
    ("financements", "irev-fragment-10-millions", ["Fragment"]),
    ("sources", "s3-irev-littoral", ["17:00", "17:13", "PAQTS", "rétroaction", "débiter", ".pdf"]),
    ("sources", "s4-petites-villes-de-demain", ["11 actualités"]),
    ("organisations", "valhor", ["Val’hor"]),
    ("organisations", "siagi", ["Siagi"]),
]


@pytest.mark.parametrize(("name", "identifier", "words"), DOUBTS)
def test_doubt_is_told(name, identifier, words):
    remark = row(name, identifier)["remarque"].lower()
    assert [word for word in words if word.lower() not in remark] == []


@pytest.mark.parametrize(
    "identifier",
    ["action-coeur-de-ville-enveloppe", "territoires-d-industrie-enveloppe", "npnru-enveloppe"],
)
def test_amount_without_a_period_says_so(identifier):
    assert "Période non donnée" in row("financements", identifier)["remarque"]


INFERRED_YEARS = [
    ("programmes", "reinventons-nos-coeurs-de-ville"),
    ("programmes", "politique-de-la-ville"),
    ("programmes", "tremplin-asso"),
    ("programmes", "hebergement-hivernal"),
    ("financements", "action-coeur-de-ville-enveloppe"),
    ("financements", "hebergement-hivernal-ete-2017"),
    ("indicateurs", "action-coeur-de-ville-conventions"),
    ("evenements", "action-coeur-de-ville-conseil-2019-06-04"),
    ("evenements", "tremplin-asso-annonce-2019-04-26"),
    ("evenements", "conference-micro-folies-2018-11-21"),
    ("evenements", "salon-des-maires-2018"),
    ("evenements", "hebergement-courrier-2017-10-04"),
    ("evenements", "deplacement-president-2017-11-59512"),
    ("evenements", "deplacement-president-2017-11-59599"),
    ("evenements", "deplacement-president-2017-11-93014"),
]


@pytest.mark.parametrize(("name", "identifier"), INFERRED_YEARS)
def test_what_is_inferred_says_so(name, identifier):
    assert INFERRED.search(row(name, identifier)["remarque"])


POLITICIANS = [
    "berteaud",
    "bouillon",
    "denormandie",
    "gourault",
    "jarlier",
    "macron",
    "mezard",
    "philippe",
    "sichel",
]


def test_no_person_is_named():
    texts = [content(name) for name in CURATED]
    texts += [path.read_bytes() for path in (ROOT / "schemas").rglob("*") if path.is_file()]
    texts.append((ROOT / "datapackage.json").read_bytes())
    for text in texts:
        plain = unicodedata.normalize("NFD", text.decode("utf-8")).encode("ascii", "ignore")
        words = set(re.findall(r"[a-z]+", plain.decode("ascii").lower()))
        assert not words & set(POLITICIANS)


@pytest.mark.parametrize("name", [each for each in CURATED if each != "sources"])
def test_every_row_names_a_known_source(name):
    known = {each["source_id"] for each in table("sources")}
    assert {each["source_id"] for each in table(name)} <= known


def test_every_source_is_used():
    used = {each["source_id"] for name in CURATED if name != "sources" for each in table(name)}
    assert used == {each["source_id"] for each in table("sources")}


@pytest.mark.parametrize("name", CURATED + REFERENCE)
def test_file_is_canonical(name):
    data = content(name)
    assert not data.startswith(b"\xef\xbb\xbf")
    assert b"\r" not in data
    text = data.decode("utf-8")
    assert unicodedata.is_normalized("NFC", text)
    header, *body = csv.reader(io.StringIO(text, newline=""))
    assert header == [field["name"] for field in schema(name)["fields"]]
    positions = [header.index(column) for column in schema(name)["primaryKey"]]
    keys = [tuple(cells[position] for position in positions) for cells in body]
    assert keys == sorted(set(keys))
    written = io.StringIO()
    csv.writer(written, lineterminator="\n").writerows([header, *body])
    assert written.getvalue() == text


@pytest.mark.parametrize("name", CURATED)
def test_cells_are_clean(name):
    for each in table(name):
        for value in each.values():
            assert value == value.strip()
            assert "  " not in value
            assert not set(value) & set("\n\t'\u00a0\u202f")


def test_package_lists_every_table_once():
    assert sorted(each["name"] for each in package()["resources"]) == sorted(CURATED + REFERENCE)
    for each in package()["resources"]:
        assert each["path"] == f"datasets/{each['name']}.csv"
        assert each["schema"] == f"schemas/{each['name']}/schema.json"
        assert (each["type"], each["profile"]) == ("table", "tabular-data-resource")
        assert (each["encoding"], each["mediatype"]) == ("utf-8", "text/csv")
        assert each["version"] == package()["version"]


def test_package_says_what_portals_ask():
    descriptor = package()
    assert len(descriptor["description"]) > 100
    assert descriptor["licenses"][0]["name"] == "etalab-2.0"
    assert descriptor["frequency"] == "annual"
    assert date.fromisoformat(descriptor["temporal"]["start"]) < date.fromisoformat(
        descriptor["temporal"]["end"]
    )
    assert descriptor["spatial"]["uri"] == "http://id.insee.fr/geo/pays/france"
    for each in descriptor["contributors"]:
        assert each["role"] in each["roles"]


@pytest.mark.parametrize("name", CURATED)
def test_provenance_lists_the_documents_that_the_rows_come_from(name):
    documents = {each["source_id"]: each["document"] for each in table("sources")}
    (resource,) = [each for each in package()["resources"] if each["name"] == name]
    assert {each["document"] for each in resource["sources"]} == {
        documents[each["source_id"]] for each in table(name)
    }
    for each in resource["sources"]:
        assert each["title"]
        assert each["producer"]
        assert each["license"]
        assert re.fullmatch("[0-9a-f]{64}", each["sha256"])
        assert date.fromisoformat(each["accessed"])


@pytest.mark.parametrize("name", REFERENCE)
def test_provenance_of_the_reference_is_the_pinned_packages(name):
    pins = json.loads(
        (ROOT / "territo_opendata" / "reference" / "tarballs.json").read_text(encoding="utf-8")
    )
    known = {(pin["package"], pin["version"]): pin["sha256"] for pin in pins}
    (resource,) = [each for each in package()["resources"] if each["name"] == name]
    for each in resource["sources"]:
        assert each["sha256"] == known[each["package"], each["version"]]
        assert "Licence Ouverte" in each["license"]
        assert "MIT" in each["license"]
    versions = [each["version"] for each in resource["sources"]]
    assert versions[0] == "6.0.0"
    assert len(versions) == (6 if name == "communes_anciennes" else 1)


def test_published_profile_accepts_the_package():
    folder = os.environ.get("TERRITO_STANDARDS")
    if not folder:
        pytest.skip("TERRITO_STANDARDS is not set: published profiles left out")
    from jsonschema.validators import validator_for

    profile = json.loads((Path(folder) / "datapackage-2.0.json").read_text(encoding="utf-8"))
    assert list(validator_for(profile)(profile).iter_errors(package())) == []


def test_frictionless_finds_the_curated_tables_valid():
    from frictionless import Package

    descriptor = package()
    descriptor = {
        **descriptor,
        "resources": [
            {**each, "schema": _without_territories(each["name"])}
            for each in descriptor["resources"]
            if each["name"] in CURATED
        ],
    }
    report = Package.from_descriptor(descriptor, basepath=str(ROOT)).validate()
    assert report.flatten(["name", "rowNumber", "fieldName", "note"]) == []
    assert report.valid


def _without_territories(name):
    """The schema without its keys to the 36,000 territories, which take frictionless long to read."""
    keys = [
        key
        for key in schema(name).get("foreignKeys", [])
        if key["reference"]["resource"] != "territoires"
    ]
    return {**schema(name), "foreignKeys": keys}


@pytest.mark.parametrize("name", CURATED)
def test_territories_are_known(name):
    if "code_territoire" in table(name)[0]:
        known = {
            (each["type_territoire"], each["code_territoire"]) for each in table("territoires")
        }
        used = {(each["type_territoire"], each["code_territoire"]) for each in table(name)}
        assert used - {("", "")} <= known
