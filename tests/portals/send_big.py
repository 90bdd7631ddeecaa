"""Send 200 MB to a dataset and read them back; print the peak of memory and the size stored."""

import os
import sys

from territo_opendata.clients.ckan import CkanApi
from territo_opendata.clients.multipart import FilePart
from territo_opendata.clients.portal import PortalSession
from territo_opendata.publish.ckan.portal import CkanPortal
from tests.portals.peak import peak

BLOCK, BLOCKS = b"0123456789" * 100_000, 200


def main(base: str, name: str) -> None:
    """Send as `revise` does, then measure as the reading back does."""
    api = CkanApi(PortalSession(base, secret_headers={"Authorization": os.environ["TOKEN"]}))
    portal = CkanPortal(api)
    dataset = portal.find(name)
    file = FilePart(
        "update__resources__-1__upload",
        "gros.csv",
        "text/csv",
        len(BLOCK) * BLOCKS,
        lambda: (BLOCK for _ in range(BLOCKS)),
    )
    change = {"update__resources__extend": [{"name": "gros"}]}
    made = portal.revise(dataset, "resource:gros.csv", change, file)
    size, _ = portal.measure(made["id"], made["resources"][-1])
    sys.stdout.write(f"{peak()} {size}\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
