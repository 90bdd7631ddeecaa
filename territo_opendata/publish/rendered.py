"""The `datapackage.json` of a portal: that of the release, its files at their addresses there.

Each resource keeps the path that it has in the release as `territo:path` (Data Package 2.0 asks
for a prefix before custom properties), so that whoever downloads the package can put its files
back where they were and check them against SHA256SUMS.
"""

from collections.abc import Mapping
from typing import Any

from territo_opendata.release import Release
from territo_opendata.release.model import encode_json

PATH = "territo:path"


def render_descriptor(release: Release, urls: Mapping[str, str]) -> bytes:
    """Return the descriptor with the absolute address of each resource, by its name.

    A resource without an address (a format that the portal does not take) is left out: it is
    found in the archive alone.
    """
    resources = [
        {**each, "path": urls[each["name"]], PATH: each["path"]}
        for each in release.descriptor["resources"]
        if each["name"] in urls
    ]
    return encode_json({**release.descriptor, "resources": resources})


def restore_descriptor(descriptor: Mapping[str, Any]) -> dict[str, Any] | None:
    """Return the descriptor with the paths of the release, None when it was not rendered here."""
    resources = descriptor.get("resources")
    if not isinstance(resources, list) or not all(
        isinstance(each, dict) and isinstance(each.get(PATH), str) for each in resources
    ):
        return None
    restored = [
        {key: each[PATH] if key == "path" else value for key, value in each.items() if key != PATH}
        for each in resources
    ]
    return {**descriptor, "resources": restored}
