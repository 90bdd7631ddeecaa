"""What a target holds of a package, read as any published package is."""

import json
from collections.abc import Iterator
from dataclasses import dataclass

from territo_opendata.publish import Target
from territo_opendata.publish.rendered import restore_descriptor
from territo_opendata.release.model import DESCRIPTOR, encode_json

_MAX_DESCRIPTOR = 50_000_000


@dataclass(frozen=True, slots=True)
class PublishedSource:
    """The package `name` at a target, by its `fetch`; see `publish.sources.Source`."""

    target: Target
    name: str

    @property
    def label(self) -> str:
        """See `Source.label`."""
        return self.target.address

    def stream(self, path: str) -> Iterator[bytes]:
        """See `Source.stream`."""
        if self.target.address.startswith("folder:"):
            yield from self.target.fetch(f"{self.name}/{path}")
        elif path == DESCRIPTOR:
            yield self._descriptor()
        else:
            yield from self.target.fetch(f"resource:{path}")

    def _descriptor(self) -> bytes:
        """Return the descriptor with the paths of the release, where a portal has addresses."""
        content = bytearray()
        for block in self.target.fetch(f"resource:{DESCRIPTOR}"):
            content += block
            if len(content) > _MAX_DESCRIPTOR:
                break
        try:
            restored = restore_descriptor(json.loads(content))
        except (ValueError, AttributeError, RecursionError):
            restored = None
        return bytes(content) if restored is None else encode_json(restored)
