"""Stand-in for the one Solr core that CKAN talks to.

usage: python -m tests.portals.starters.solr SCHEMA.XML STORE.SQLITE PORT

It is not Solr: no stemming, no synonyms, crude scores. What CKAN stores, filters, hides and counts
is right; ranking and linguistic search are not to be tested with it.
"""

import json
import sqlite3
import sys
import threading
import xml.etree.ElementTree as ET
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

from tests.portals.starters.solr.query import dismax, parse
from tests.portals.starters.solr.schema import Document, Schema, Terms, flat

Parameters = dict[str, list[str]]


class Core:
    """The documents, in memory to search and in SQLite to keep."""

    def __init__(self, schema: Schema, store: Path) -> None:
        self.schema = schema
        self.lock = threading.Lock()
        self._db = sqlite3.connect(store, check_same_thread=False, isolation_level=None)
        self._db.execute("create table if not exists doc (k text primary key, j text)")
        kept = self._db.execute("select k, j from doc")
        self._documents = {key: schema.index(json.loads(text)) for key, text in kept}

    def add(self, documents: list[Document]) -> None:
        """Keep documents; all are checked before any is kept."""
        indexed = [(each, self.schema.index(each)) for each in documents]
        for document, pair in indexed:
            key = document[self.schema.key]
            self._documents[key] = pair
            self._db.execute("replace into doc values (?, ?)", (key, json.dumps(document)))

    def delete(self, command: bytes) -> None:
        """Carry out `<delete>` by id or query; `<commit/>` has nothing to do."""
        root = ET.fromstring(command)  # noqa: S314 (from our own CKAN)
        for each in root if root.tag == "delete" else ():
            if each.tag == "id":
                gone = [each.text or ""]
            else:
                test = parse(self.schema, each.text or "", "OR", "text")
                gone = [key for key, (_, terms) in self._documents.items() if test(terms)]
            for key in gone:
                self._documents.pop(key, None)
                self._db.execute("delete from doc where k = ?", (key,))

    def select(self, asked: Parameters) -> dict[str, Any]:
        """Return the answer to a search."""
        found = self._found(asked)
        fields = set(",".join(asked.get("fl", ["*"])).replace(",", " ").split())
        start, rows = int(_one(asked, "start", "0")), int(_one(asked, "rows", "10"))
        documents = [
            {
                name: value
                for name, value in {**stored, "score": score}.items()
                if name in fields or ("*" in fields and name != "score")
            }
            for score, stored, _ in found[start : start + rows]
        ]
        return {
            "responseHeader": {"status": 0},
            "facet_counts": {"facet_fields": _facets(asked, [terms for _, _, terms in found])},
            "response": {"numFound": len(found), "start": start, "docs": documents},
        }

    def _found(self, asked: Parameters) -> list[tuple[float, Document, Terms]]:
        query, default = _one(asked, "q", "*:*"), _one(asked, "q.op", "OR")
        field = _one(asked, "df", "text")
        by_words = "dismax" in _one(asked, "defType", "") and ":" not in query
        score = (
            dismax(self.schema, asked) if by_words else parse(self.schema, query, default, field)
        )
        filters = [
            parse(self.schema, each, default, field) for each in asked.get("fq", []) if each.strip()
        ]
        hits = [
            (float(points), stored, terms)
            for stored, terms in self._documents.values()
            if (points := score(terms)) and all(test(terms) for test in filters)
        ]
        return _sorted(hits, _one(asked, "sort", "score desc"))


def _sorted(
    hits: list[tuple[float, Document, Terms]], order: str
) -> list[tuple[float, Document, Terms]]:
    for name, *way in reversed([each.split() for each in order.split(",")]):
        if way not in (["asc"], ["desc"]):
            raise ValueError(f"Can't determine a Sort Order (asc or desc) in sort spec '{order}'")
        if name == "score":
            hits = sorted(hits, key=lambda hit: hit[0], reverse=way == ["desc"])
            continue
        known = [hit for hit in hits if hit[2].get(name)]
        known.sort(key=lambda hit, name=name: hit[2][name][0], reverse=way == ["desc"])
        hits = known + [hit for hit in hits if not hit[2].get(name)]
    return hits


def _facets(asked: Parameters, found: list[Terms]) -> dict[str, list[Any]]:
    if _one(asked, "facet", "").lower() not in ("true", "on"):
        return {}
    limit, least = int(_one(asked, "facet.limit", "100")), int(_one(asked, "facet.mincount", "0"))
    facets = {}
    for name in asked.get("facet.field", []):
        values = [value for terms in found for value in {flat(x) for x in terms.get(name, [])}]
        counted = sorted((-values.count(each), each) for each in set(values))
        chosen = counted if limit < 0 else counted[:limit]
        facets[name] = [x for count, each in chosen if -count >= least for x in (each, -count)]
    return facets


def _one(asked: Parameters, name: str, default: str) -> str:
    return asked.get(name, [default])[0]


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    core: Core

    def do_GET(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        address = urlsplit(self.path)
        word = address.path.rstrip("/").rsplit("/", 1)[-1]
        try:
            with self.core.lock:
                status, answer = self._answer(word, parse_qs(address.query), body)
        except (ValueError, KeyError, ET.ParseError) as error:
            status, answer = 400, {"error": {"msg": str(error), "code": 400}}
        self._send(status, answer)

    do_POST = do_GET  # noqa: N815 (the name that http.server looks for)

    def _answer(self, word: str, query: Parameters, body: bytes) -> tuple[int, Any]:
        match word:
            case "select":
                return 200, self.core.select({**query, **parse_qs(body.decode())})
            case "update" if "json" in self.headers.get("Content-Type", ""):
                self.core.add(json.loads(body))
            case "update":
                self.core.delete(body)
            case "schema":
                return 200, self.core.schema.xml
            case "ping":
                pass
            case _:
                return 404, {"error": {"msg": f"no {self.path}", "code": 404}}
        return 200, {"responseHeader": {"status": 0}}

    def _send(self, status: int, answer: Any) -> None:
        is_text = isinstance(answer, str)
        content = (answer if is_text else json.dumps(answer)).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/xml" if is_text else "application/json")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_args: object) -> None:
        """Keep quiet."""


def main() -> None:
    """Serve until stopped."""
    schema, store, port = sys.argv[1:]
    _Handler.core = Core(Schema(Path(schema)), Path(store))
    ThreadingHTTPServer(("127.0.0.1", int(port)), _Handler).serve_forever()


if __name__ == "__main__":
    main()
