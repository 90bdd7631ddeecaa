"""What a release folder is: its files and digests, its DCAT form, its pages, its typed tables.

`build` makes release folders, `publish` sends them out and neither imports the other: what both
need to know about a release stands here.
"""

from territo_opendata.release.model import CHECKSUMS, Release, ReleaseFile, open_release

__all__ = ["CHECKSUMS", "Release", "ReleaseFile", "open_release"]
