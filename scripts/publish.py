"""Validate the package of this folder, publish it to a folder or a portal, then verify it.

python scripts/publish.py folder:/srv/www/donnees
TERRITO_CKAN_TOKEN=… python scripts/publish.py ckan:https://donnees.exemple.fr organisation
TERRITO_UDATA_KEY=… python scripts/publish.py udata:https://www.data.gouv.fr organisation
"""

import sys

from territo_opendata.errors import TerritoError
from territo_opendata.publish import describe, describe_verification
from territo_opendata.workflow.publication import Publication, prepare, publish, verify


def main(arguments: list[str]) -> int:
    """Publish, and return the exit code of the `territo` command."""
    if len(arguments) not in (1, 2):
        print(__doc__, file=sys.stderr)
        return 2
    asked = Publication(arguments[0], organization=dict(enumerate(arguments)).get(1))
    try:
        prepared = prepare(asked)
        print("\n".join(describe(prepared.plan, "fr")))
        publish(prepared)
        found = verify(asked)
    except TerritoError as error:
        print(error.say("fr"), file=sys.stderr)
        return error.exit_code
    print("\n".join(describe_verification(found, "fr")))
    return 1 if found.mismatches else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
