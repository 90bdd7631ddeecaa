"""How the objects of a udata dataset are called in plans, and what marks them on the portal."""

DATASET = "dataset"
RESOURCES = "resources"
VISIBILITY = "visibility"
RESOURCE = "resource:"
DUPLICATE = "duplicate:"

NAME = "territo:name"
"""Extra of a dataset: the package's name. With the organisation, it is the dataset's identity."""

VERSION = "territo:version"
DIGEST = "territo:digest"
HOMEPAGE = "territo:homepage"
OWN_EXTRAS = (NAME, VERSION, DIGEST, HOMEPAGE)

KEY = "territo:resource"
"""Extra of a resource: the key of its file, which stays the same over releases."""

SHA256 = "territo:sha256"
"""Extra of a resource: the SHA-256 of its file; udata itself keeps a SHA-1 only."""

SOURCE = "territo:source-sha256"
"""Extra of the descriptor: the SHA-256 of the one in the release, from which it was rendered."""
