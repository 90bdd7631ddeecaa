"""The keys and checks that were made, as a person calls them."""

from territo_opendata.findings import Checked
from territo_opendata.language import Language, Text, visible

_COMMUNE = Text("code de commune", "commune code")
_DEPARTEMENT = Text("département", "département")
_REGION = Text("région", "region")
_GPS = Text("coordonnées en France", "coordinates in France")
_SIREN, _SIRET = Text("numéro SIREN", "SIREN number"), Text("numéro SIRET", "SIRET number")
_MADE = {
    "primary-key": Text("identifiant sans doublon", "identifier without duplicates"),
    "unique": Text("valeurs sans doublon", "values without duplicates"),
    "unique-key": Text("combinaison sans doublon", "combination without duplicates"),
    "foreign-key": Text("renvois", "references"),
    "both-or-neither": Text("remplies ensemble ou vides ensemble", "both filled or both empty"),
    "canton": Text("canton", "canton"),
    "code-commune-cog": _COMMUNE,
    "code-commune-insee": _COMMUNE,
    "code-departement": _DEPARTEMENT,
    "code-fantoir": Text("code FANTOIR", "FANTOIR code"),
    "code-pays-iso2": Text("code de pays", "country code"),
    "code-pays-iso3": Text("code de pays", "country code"),
    "code-postal": Text("code postal", "postal code"),
    "code-region": Text("code de région", "region code"),
    "cohesive-columns-value": Text("remplies ensemble", "filled together"),
    "commune": Text("commune", "commune"),
    "commune-departement": Text("commune et département concordants", "commune and département"),
    "compare-columns-value": Text("valeurs comparées", "values compared"),
    "conditional-required": Text("obligatoire selon le cas", "mandatory in some cases"),
    "conditional-value": Text("valeur possible selon le cas", "value possible in the case"),
    "contiguous-periods": Text("périodes qui se suivent", "periods that follow on"),
    "coordonnees-gps-francaises": _GPS,
    "crte": Text("identifiant de CRTE", "CRTE identifier"),
    "departement": _DEPARTEMENT,
    "epci": Text("SIREN d’intercommunalité", "SIREN of an intercommunality"),
    "french-gps-coordinates": _GPS,
    "identifiant": Text("forme de l’identifiant", "form of the identifier"),
    "nomenclature-acte": Text("nomenclature des actes", "nomenclature of acts"),
    "numero-departement": _DEPARTEMENT,
    "one-of-required": Text("une au moins remplie", "at least one filled"),
    "opening-hours-value": Text("horaires d’ouverture", "opening hours"),
    "parts-add-up": Text("parties qui font le total", "parts that make the total"),
    "pays": Text("pays", "country"),
    "phone-number-value": Text("numéro de téléphone", "phone number"),
    "qpv": Text("code de quartier prioritaire", "code of a priority neighbourhood"),
    "region": _REGION,
    "siren": _SIREN,
    "siret": _SIRET,
    "french-siren-value": _SIREN,
    "french-siret-value": _SIRET,
    "nomenclature-actes-value": Text("nomenclature des actes", "nomenclature of acts"),
    "sum-columns-value": Text("somme exacte", "exact sum"),
    "year-interval-value": Text("période en années", "period in years"),
}


def check_made(each: Checked, language: Language) -> str:
    """Return what a key or check that was made looks at, for a person."""
    known = _MADE.get(each.kind)
    name = known.say(language) if known else each.kind
    if each.target:
        target = visible(each.target, 60)
        to = Text(f"vers «\u00a0{target}\u00a0»", f"to “{target}”")
        name = f"{name} {to.say(language)}"
    fields = ", ".join(visible(field, 60) for field in each.fields)
    return f"{name} ({fields})" if fields else name
