"""Tokens of portals: from the environment alone, and shown nowhere."""

import os
import re

from territo_opendata.errors import UsageError
from territo_opendata.language import visible

# What may stand in a header (RFC 9110, section 5.5) and no space: a token pasted with a newline
# would otherwise come up, in full, in the error of the HTTP library.
_TOKEN = re.compile(r"[\x21-\x7e]{1,8000}")


def read_token(variable: str, *, required: bool = True) -> str | None:
    """Return the token that the environment variable holds.

    None when it is not set and not `required`. Raises UsageError, without showing the value, when
    it is missing or cannot be a token.
    """
    token = os.environ.get(variable, "").strip()
    name = visible(variable)
    if not token:
        if not required:
            return None
        raise UsageError(
            f"Il manque le jeton du portail : copiez-le depuis votre profil sur le portail dans la "
            f"variable d’environnement {name}, puis recommencez. Ne l’écrivez dans aucun fichier.",
            f"The token of the portal is missing: copy it from your profile on the portal into the "
            f"environment variable {name}, then start over. Do not write it in any file.",
        )
    if not _TOKEN.fullmatch(token):
        raise UsageError(
            f"La variable {name} ne contient pas un jeton : il y a un espace, un accent ou un retour "
            "à la ligne. Copiez le jeton à nouveau depuis le portail.",
            f"The variable {name} does not hold a token: there is a space, an accent or a line "
            "break. Copy the token again from the portal.",
        )
    return token
