"""CKAN as a target of publication and as a source (docs.ckan.org, 2.11 and 2.12).

See `target` for what is published and how; `metadata`, `resources` and `datastore` say what
becomes of each property, both ways.
"""

from territo_opendata.publish.ckan.opening import open_source, open_target

__all__ = ["open_source", "open_target"]
