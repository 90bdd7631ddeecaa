"""Organisations, users and tokens of the test CKAN. Run by CKAN's own Python.

usage: ckan_seed.py CKAN.INI ANSWER.JSON
"""

import json
import sys
import time
from pathlib import Path

from ckan.cli import CKANConfigLoader
from ckan.config.middleware import make_app

ORGANIZATIONS = {
    "ville-de-test": "Ville de Test",
    "agglomeration-de-test": "Agglomération de Test",
    "autre-organisation": "Autre organisation",
}
PUBLISHES_FOR = ("ville-de-test", "agglomeration-de-test")
ROLES = {"editor": "editor", "member": "member"}
USERS = ("admin", *ROLES, "stranger")


def main():
    """Fill the site and write what was made."""
    settings, answer = sys.argv[1:]
    app = make_app(CKANConfigLoader(settings).get_config())
    with app._wsgi_app.test_request_context():
        tokens = make_users()
        make_organizations()
    made = {"tokens": tokens, "organizations": list(ORGANIZATIONS), "users": list(USERS)}
    Path(answer).write_text(json.dumps(made), encoding="utf-8")


def make_users():
    """Make a user for each part, and tokens, one expired and one revoked among them."""
    from ckan import model

    tokens = {}
    for name in USERS:
        email, password = f"{name}@localhost.localdomain", "only tokens are used"
        act("user_create", name=name, email=email, password=password)
        tokens[name] = act("api_token_create", user=name, name="tests")["token"]
    model.User.by_name("admin").sysadmin = True
    model.repo.commit()
    tokens["expired"] = expired(act("api_token_create", user="editor", name="expired")["token"])
    tokens["revoked"] = act("api_token_create", user="editor", name="revoked")["token"]
    act("api_token_revoke", token=tokens["revoked"])
    return tokens


def make_organizations():
    """Make the organisations, with the members who have a part in them."""
    for name, title in ORGANIZATIONS.items():
        act("organization_create", name=name, title=title)
        if name in PUBLISHES_FOR:
            for user, role in ROLES.items():
                act("organization_member_create", id=name, username=user, role=role)


def act(action, **values):
    """Do an action of CKAN, as the site itself."""
    from ckan.plugins import toolkit

    site = toolkit.get_action("get_site_user")({"ignore_auth": True}, {})["name"]
    return toolkit.get_action(action)({"user": site, "ignore_auth": True}, values)


def expired(token):
    """Return the token as it is once its time is over."""
    from ckan.lib import api_token

    return api_token.encode({**api_token.decode(token), "exp": int(time.time()) - 60})


if __name__ == "__main__":
    main()
