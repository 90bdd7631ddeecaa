"""What the test udata holds at first: licences, zones, users, keys, organisations."""

import csv
import datetime as dt
import json

LICENCES = (
    (
        "lov2",
        "Licence Ouverte / Open Licence version 2.0",
        "https://www.etalab.gouv.fr/licence-ouverte-open-licence",
    ),
    (
        "fr-lo",
        "Licence Ouverte / Open Licence",
        "https://www.etalab.gouv.fr/wp-content/uploads/2014/05/Licence_Ouverte.pdf",
    ),
    (
        "odc-odbl",
        "Open Data Commons Open Database License (ODbL)",
        "http://opendatacommons.org/licenses/odbl/summary/",
    ),
    ("cc-by", "Creative Commons Attribution", "http://www.opendefinition.org/licenses/cc-by"),
    ("notspecified", "License Not Specified", None),
)
LEVELS = {
    "country": 20,
    "fr:region": 40,
    "fr:departement": 60,
    "fr:arrondissement": 70,
    "fr:epci": 68,
    "fr:commune": 80,
}
ZONES = {"pays": "country", "region": "fr:region", "departement": "fr:departement"}
EXAMPLES = {("epci", "243500139"): "fr:epci", ("commune", "35238"): "fr:commune"}
ROLES = {"manager": "admin", "editor": "editor", "member": "partial_editor"}
ORGANIZATIONS = {
    "ville-de-test": ("Ville de Test", ROLES),
    "agglomeration-de-test": ("Agglomération de Test", ROLES),
    "autre-organisation": ("Autre organisation", {"manager": "admin"}),
}
USERS = ("admin", *ROLES, "stranger")


def fill(answer, territories):
    """Make everything once, and write what was made."""
    if answer.exists():
        return
    make_licences()
    make_zones(territories)
    users = {name: make_user(name) for name in USERS}
    made = {
        "tokens": make_tokens(users),
        "organizations": make_organizations(users),
        "users": {name: str(user.id) for name, user in users.items()},
    }
    new = answer.with_suffix(".new")
    new.touch(mode=0o600)
    new.write_text(json.dumps(made, indent=1), encoding="utf-8")
    new.replace(answer)


def make_licences():
    """Make the licences that French portals use most."""
    from udata.models import License

    for name, title, url in LICENCES:
        License(id=name, title=title, url=url, active=True).save()


def make_zones(territories):
    """Make France, its regions and departments, and one example of the rest."""
    from udata.core.spatial.models import GeoLevel, GeoZone

    for name, rank in LEVELS.items():
        GeoLevel(id=name, name=name.split(":")[-1], admin_level=rank).save()
    zones = []
    with territories.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            kind, code, name = row["type_territoire"], row["code_territoire"], row["nom"]
            level = ZONES.get(kind) or EXAMPLES.get((kind, code))
            if level:
                code = code.lower() if level == "country" else code
                slug = f"{name}-{code}".lower()
                zones.append(
                    GeoZone(id=f"{level}:{code}", slug=slug, name=name, code=code, level=level)
                )
    GeoZone.objects.insert(zones)


def make_user(name):
    """Make a user; "admin" may do everything on the whole site."""
    from udata.models import datastore

    user = datastore.create_user(
        first_name=name.title(),
        last_name="Test",
        email=f"{name}@example.org",
        password="only keys are used",  # noqa: S106 (a user of the tests)
        active=True,
        confirmed_at=dt.datetime.now(dt.UTC),
    )
    if name == "admin":
        datastore.add_role_to_user(user, datastore.find_or_create_role("admin"))
    user.reload()
    return user


def make_tokens(users):
    """Make a key for each user, and one that has expired and one that was revoked."""
    from udata.core.api_token.models import ApiToken

    past = dt.datetime.now(dt.UTC) - dt.timedelta(days=1)
    tokens = {name: ApiToken.generate(user, name="tests")[1] for name, user in users.items()}
    tokens["expired"] = ApiToken.generate(users["editor"], name="expired", expires_at=past)[1]
    token, tokens["revoked"] = ApiToken.generate(users["editor"], name="revoked")
    token.revoke()
    return tokens


def make_organizations(users):
    """Make the organisations with their members; return their ids."""
    from udata.core.organization.models import Member
    from udata.models import Organization

    ids = {}
    for slug, (name, roles) in ORGANIZATIONS.items():
        members = [Member(user=users[user], role=role) for user, role in roles.items()]
        made = Organization(name=name, description=name, members=members).save()
        assert made.slug == slug, made.slug
        ids[slug] = str(made.id)
    return ids
