"""udata's own web application on SecantusDB. Run by udata's own Python.

usage: udata_server.py FOLDER PORT CATALOGUE_PORT TERRITORIES.CSV

SecantusDB 0.7.0b3 speaks MongoDB's protocol, but for three things that udata asks for. They are
adapted here, on the client's side; udata runs as it is installed.
"""

import functools
import http.server
import json
import re
import sys
import threading
import unicodedata
from pathlib import Path

import udata_seed
from mongoengine.queryset.base import BaseQuerySet
from pymongo.synchronous.collection import Collection
from udata.app import create_app, standalone
from werkzeug.serving import run_simple

_SCHEMAS = {
    "etalab/schema-irve-statique": ("tableschema", "2.3.1"),
    "scdl/subventions": ("tableschema", "2.1.1"),
    "etalab/schema-decp-dpa": ("datapackage", "1.0.0"),
}
_SITE = "https://schema.data.gouv.fr/schemas"
_FLAGS = {re.IGNORECASE: "i", re.MULTILINE: "m", re.DOTALL: "s", re.VERBOSE: "x"}


def adapt():
    """Adapt what udata asks of the database."""
    _make_only_unique_indexes()
    _search_words_by_patterns()
    _spell_patterns_out()


def _make_only_unique_indexes():
    """Leave out text indexes, which are not there, and those over references, which break inserts."""
    real = Collection.create_index

    def create_index(self, keys, *args, **options):
        return real(self, keys, *args, **options) if options.get("unique") else "left out"

    Collection.create_index = create_index


def _search_words_by_patterns():
    """Search for words without a text index, blind to case and accents."""

    def search_text(self, text, *_args, **_options):
        specs = self._document._meta.get("index_specs", ())
        names = [name for spec in specs for name, kind in spec["fields"] if kind == "text"]
        words = [quoted or loose for quoted, loose in re.findall(r'"([^"]+)"|([^\s"]+)', text)]
        every = [{"$or": [_like(name, word) for name in names or ["_id"]]} for word in words]
        return self(__raw__={"$and": every}) if every else self

    real = BaseQuerySet._get_order_by
    BaseQuerySet.search_text = search_text
    BaseQuerySet._get_order_by = lambda self, keys: real(
        self, [key for key in keys if key != "$text_score"]
    )


def _spell_patterns_out():
    """Send patterns as $regex: a literal one on an indexed field is looked up as a plain value."""

    def spelled(query, under=None):
        if isinstance(query, re.Pattern) and under not in ("$not", "$in", "$nin", "$all", "$regex"):
            options = "".join(letter for flag, letter in _FLAGS.items() if query.flags & flag)
            return {"$regex": query.pattern, "$options": options}
        if isinstance(query, dict):
            return type(query)((key, spelled(value, key)) for key, value in query.items())
        if isinstance(query, list) and under in ("$and", "$or", "$nor"):
            return [spelled(each) for each in query]
        return query

    real = BaseQuerySet._query.fget
    BaseQuerySet._query = property(lambda self: spelled(real(self)))


def _like(name, word):
    return {name: {"$regex": _pattern(word), "$options": "i"}}


def _pattern(word):
    return "".join(
        f"[{kin}]" if (kin := _kin().get(_bare(char))) else re.escape(char)
        for char in unicodedata.normalize("NFC", word)
    )


@functools.cache
def _kin():
    """Return, for each letter without accent, all its forms."""
    forms = {}
    for char in map(chr, range(0x41, 0x180)):
        if char.isalpha():
            forms.setdefault(_bare(char), []).append(char)
    return {char: "".join(each) for char, each in forms.items()}


def _bare(char):
    return unicodedata.normalize("NFD", char)[0].lower()


class _Catalogue(http.server.SimpleHTTPRequestHandler):
    """Serves files; DELETE forgets all datasets for good, as a nightly job of udata does."""

    app = None

    def do_DELETE(self):
        from udata.models import Activity, Dataset

        with self.app.app_context():
            Activity.objects.delete()
            Dataset.objects.delete()
        self.send_response(204)
        self.end_headers()

    def log_message(self, *_args):
        pass


def serve_catalogue(folder, port, app):
    """Serve the catalogue of schemas that udata reads."""
    folder.mkdir(exist_ok=True)
    entries = [_entry(name, *about) for name, about in _SCHEMAS.items()]
    (folder / "schemas.json").write_text(json.dumps({"version": 1, "schemas": entries}))
    _Catalogue.app = app
    handler = functools.partial(_Catalogue, directory=folder)
    server = http.server.ThreadingHTTPServer(("127.0.0.1", port), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()


def _entry(name, kind, version):
    leaf = "datapackage.json" if kind == "datapackage" else "schema.json"
    return {
        "name": name,
        "title": name,
        "description": "",
        "schema_type": kind,
        "contact": "",
        "examples": [],
        "labels": [],
        "homepage": "https://schema.data.gouv.fr",
        "schema_url": f"{_SITE}/{name}/latest/{leaf}",
        "versions": [{"version_name": version, "schema_url": f"{_SITE}/{name}/{version}/{leaf}"}],
    }


def main():
    """Serve until stopped."""
    folder, port, catalogue_port, territories = sys.argv[1:]
    adapt()
    app = standalone(create_app())
    serve_catalogue(Path(folder) / "catalogue", int(catalogue_port), app)
    with app.app_context():
        udata_seed.fill(Path(folder) / "made.json", Path(territories))
    run_simple("127.0.0.1", int(port), app, threaded=True)


if __name__ == "__main__":
    main()
