"""CKAN's settings: one file for uploads of a gigabyte, one for uploads of a megabyte."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tests.portals.starters.servers import HOST

LARGE, SMALL = 1024, 1
"""Megabytes that an upload may have."""

# The loggers are named, so that those already made are not switched off: a 500 leaves its trace.
_LOGGING = """
[loggers]
keys = root, ckan, ckanext
[handlers]
keys = out
[formatters]
keys = plain
[logger_root]
level = WARNING
handlers = out
[logger_ckan]
qualname = ckan
level = WARNING
handlers =
[logger_ckanext]
qualname = ckanext
level = WARNING
handlers =
[handler_out]
class = StreamHandler
args = (sys.stderr,)
formatter = plain
[formatter_plain]
format = %(asctime)s %(levelname)s [%(name)s] %(message)s
"""


def write_settings(folder: Path, state: Mapping[str, Any]) -> None:
    """Write both files; they share databases and uploaded files."""
    for part in ("storage", "webassets"):
        (folder / part).mkdir(exist_ok=True)
    for name, url, limit in (("ckan", "url", LARGE), ("ckan-small", "small_url", SMALL)):
        settings = _settings(folder, state, str(state[url]), limit)
        lines = "".join(f"{key} = {value}\n" for key, value in settings.items())
        text = f"[DEFAULT]\ndebug = false\n[app:main]\n{lines}{_LOGGING}"
        (folder / f"{name}.ini").write_text(text, encoding="utf-8")


def _settings(folder: Path, state: Mapping[str, Any], url: str, limit: int) -> dict[str, object]:
    secret = state["secret"]
    database = f"postgresql://{{}}:pass@{HOST}:{state['postgres_port']}/{{}}"
    return {
        "use": "egg:ckan",
        "SECRET_KEY": secret,
        "WTF_CSRF_SECRET_KEY": secret,
        "api_token.jwt.encode.secret": f"string:{secret}",
        "api_token.jwt.decode.secret": f"string:{secret}",
        "sqlalchemy.url": database.format("ckan_default", "ckan_default"),
        "ckan.datastore.write_url": database.format("ckan_default", "datastore_default"),
        "ckan.datastore.read_url": database.format("datastore_default", "datastore_default"),
        "ckan.redis.url": f"redis://{HOST}:{state['redis_port']}/0",
        "solr_url": f"http://{HOST}:{state['solr_port']}/solr/ckan",
        "ckan.site_url": url,
        "ckan.site_id": "default",
        "ckan.locale_default": "fr",
        "ckan.plugins": "activity datastore",
        "ckan.storage_path": folder / "storage",
        "ckan.max_resource_size": limit,
        "ckan.webassets.path": folder / "webassets",
        "ckan.tracking_enabled": "false",
    }
