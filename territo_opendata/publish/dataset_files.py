"""Files of a portal's dataset as those of a package: their names, their descriptor."""

import re
from collections.abc import Mapping
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import unquote, urlsplit

from territo_opendata.descriptors.loading import parse_json_object
from territo_opendata.errors import DescriptorError, RemoteError
from territo_opendata.language import Text, visible
from territo_opendata.publish.portal_source import Opener, PortalSource
from territo_opendata.publish.rendered import PATH, restore_descriptor
from territo_opendata.release.model import DESCRIPTOR, encode_json

_MAX_DESCRIPTOR = 50_000_000
_WHAT = Text("le descripteur", "the descriptor")


def published_source(
    label: str, descriptor: Opener, openers: Mapping[str, Opener], archive: Opener | None
) -> PortalSource | None:
    """Return the package that a descriptor of ours gives, None when it is another's.

    `openers` open the files of the dataset by their address. Of a release whose archive is there
    too, the descriptor is read from it: the portal's own leaves out the files that it does not
    take. Raises DescriptorError when it names a file that is not one of the dataset.
    """
    rendered = parse_json_object(_read(descriptor, label), f"{label}/{DESCRIPTOR}", _WHAT)
    restored = restore_descriptor(rendered)
    if restored is None:
        return None
    files = {each[PATH]: _of(openers, each, label) for each in rendered["resources"]}
    return PortalSource(label, None if archive else encode_json(restored), files, archive)


def file_name(url: str) -> str:
    """Return a name for the file at an address, safe on every system."""
    name = unquote(urlsplit(url).path).rpartition("/")[2]
    return re.sub(r"[^\w.-]+", "-", name).strip(".-") or "fichier"


def free_name(name: str, taken: set[str]) -> str:
    """Return the name, numbered when it is taken, and take it."""
    path, number = PurePosixPath(name), 1
    free = name
    while free in taken:
        number += 1
        free = f"{path.stem}-{number}{path.suffix}"
    taken.add(free)
    return free


def resource_name(path: str) -> str:
    """Return the name of a resource, made of that of its file."""
    return re.sub(r"[^a-z0-9._-]+", "-", path.lower())


def _of(openers: Mapping[str, Opener], resource: Mapping[str, Any], label: str) -> Opener:
    """Return what opens a file that the descriptor names, which must be one of the dataset."""
    if resource.get("path") in openers:
        return openers[str(resource["path"])]
    raise DescriptorError(
        f"Le descripteur de « {label} » nomme « {visible(str(resource.get('path')))} », qui n’est pas "
        "un fichier de ce jeu de données : la publication est en cours, ou a été modifiée.",
        f"The descriptor of “{label}” names “{visible(str(resource.get('path')))}”, which is not a "
        "file of this dataset: it is being published, or was altered.",
    )


def _read(opener: Opener, label: str) -> bytes:
    content = bytearray()
    for block in opener():
        content += block
        if len(content) > _MAX_DESCRIPTOR:
            raise RemoteError(
                f"Le descripteur de « {label} » dépasse {_MAX_DESCRIPTOR} octets.",
                f"The descriptor of “{label}” exceeds {_MAX_DESCRIPTOR} bytes.",
            )
    return bytes(content)
