"""udata, the software of data.gouv.fr, as a target of publication and as a source (udata 17).

See `target` for what is published and how; `metadata` and `entries` say what becomes of each
property, `source` what becomes of it on the way back.
"""

from territo_opendata.publish.udata.opening import open_target
from territo_opendata.publish.udata.source import open_source

__all__ = ["open_source", "open_target"]
