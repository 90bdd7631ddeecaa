"""From a valid Data Package to its release folder."""

from territo_opendata.build.bundle import Built, build_release

__all__ = ["Built", "build_release"]
