"""Addresses of a published package, and what may stand as an address in what we publish."""

from collections.abc import Mapping
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import quote, urlsplit, urlunsplit

from territo_opendata.release.names import check_name

LATEST = "latest"
_FORMER = ("ancien de la ressource", "the former resource")
_KEPT = "!#$%&'()*+,/:;=?@[]~-._"


def web_iri(value: Any) -> str | None:
    """Return an http(s) address as an IRI in ASCII, or None for what is no such address.

    Relative addresses are none: udata refuses a whole dataset for one.
    """
    try:
        parts = urlsplit(str(value or "").strip())
        host = (parts.hostname or "").encode("idna").decode()
        named = f"[{host}]" if ":" in host else host
        place = named if parts.port is None else f"{named}:{parts.port}"
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or not host:
        return None
    return quote(urlunsplit(parts._replace(netloc=place)), safe=_KEPT)


def mail_iri(value: Any) -> str | None:
    """Return a mail address as a mailto: IRI, or None for what is no mail address."""
    name, at, host = str(value or "").strip().rpartition("@")
    if not at or not name or "." not in host or any(char.isspace() for char in name + host):
        return None
    return "mailto:" + quote(name, safe="!$'*+~-._") + "@" + quote(host, safe="-._")


def previous_names(resource: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the former names of a resource, the oldest first: `previousName`, one or a list.

    Raises DescriptorError for a name that no file can bear.
    """
    given = resource.get("previousName") or []
    names = given if isinstance(given, list) else [given]
    return tuple(check_name(str(each), *_FORMER) for each in names)


def file_name(resource: Mapping[str, Any]) -> str:
    """Return the name of the file of a released resource."""
    return PurePosixPath(str(resource["path"])).name


def latest_names(descriptor: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
    """Return the names in latest/ of each file of a package, by its path in the release.

    The first is its public address. Portals know a harvested file by its address and would take
    it for another one elsewhere: a renamed resource keeps the address that it had, unless that is
    now another file's, and is at its new name too. Raises DescriptorError as `previous_names`.
    """
    resources = descriptor.get("resources", ())
    taken = {file_name(each) for each in resources}
    names: dict[str, tuple[str, ...]] = {}
    for each in resources:
        former = tuple(name for name in _former_files(each) if name not in taken)
        taken.update(former)
        names[file_name(each)] = (*former, file_name(each))
    return names


def _former_files(resource: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the names of the file under the resource's former names.

    What the resource's name has more than the file's, such as “-parquet”, these have too.
    """
    path = PurePosixPath(file_name(resource))
    more = str(resource.get("name", "")).removeprefix(path.stem)
    stems = (each.removesuffix(more) for each in previous_names(resource))
    return tuple(dict.fromkeys(f"{stem}{path.suffix}" for stem in stems))
