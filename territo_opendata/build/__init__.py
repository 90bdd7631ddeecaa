"""From a valid Data Package to its release folder."""

from territo_opendata.build.bundle import Built, Signer, build_release

__all__ = ["Built", "Signer", "build_release"]
