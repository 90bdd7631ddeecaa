"""Send 200 MB to a dataset of udata and read them back; print the peak of memory and the digests."""

import hashlib
import os
import sys
from collections.abc import Iterator

from territo_opendata.clients.udata import API
from territo_opendata.clients.udata_upload import UploadFile, upload_file
from territo_opendata.publish.udata.portal import open_portal
from tests.portals.peak import peak

BLOCK, BLOCKS = b"0123456789" * 100_000, 200


def blocks(start: int) -> Iterator[bytes]:
    """Yield the file from an offset on."""
    first, within = divmod(start, len(BLOCK))
    yield BLOCK[within:]
    for _ in range(first + 1, BLOCKS):
        yield BLOCK


def main(base: str, dataset: str) -> None:
    """Send as a publication does, then read by the permalink."""
    portal = open_portal(base, os.environ["TERRITO_UDATA_KEY"])
    file = UploadFile("gros.csv", "text/csv", len(BLOCK) * BLOCKS, blocks)
    made = upload_file(portal, dataset, file)
    digest = hashlib.sha1(usedforsecurity=False)
    for each in portal.session.stream(f"{API}/datasets/r/{made['id']}"):
        digest.update(each)
    sys.stdout.write(
        f"{peak()} {made['filesize']} {made['checksum']['value']} {digest.hexdigest()}\n"
    )


if __name__ == "__main__":
    main(*sys.argv[1:])
