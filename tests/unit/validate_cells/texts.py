"""Fields of every type, format and option, and texts that are hard to read as such."""

import json
from typing import Any

from hypothesis import strategies as st

DIGITS = "0123456789٣２๔߁"
SPACES = " \t\n\r\x0b\x0c\x1c\x1f\x85\xa0\u2009\u202f\u2028\u3000"

FIELDS: tuple[dict[str, Any], ...] = (
    {"type": "string"},
    {"type": "string", "format": "email"},
    {"type": "string", "format": "uri"},
    {"type": "string", "format": "uuid"},
    {"type": "string", "format": "binary"},
    {"type": "string", "format": "wkt"},
    {"type": "string", "constraints": {"pattern": r"\d{2}|a"}},
    {"type": "string", "constraints": {"pattern": "^[A-Z]?.$", "minLength": 1, "maxLength": 3}},
    {"type": "string", "constraints": {"enum": ["a", "1", " ", "é"]}},
    {"type": "string", "missingValues": ["-", "NA", " "]},
    {"type": "string", "missingValues": [{"value": "-", "label": "sans objet"}, {"value": "NA"}]},
    {"type": "integer"},
    {"type": "integer", "bareNumber": False},
    {"type": "integer", "bareNumber": True, "constraints": {"minimum": "3", "maximum": 300}},
    {"type": "integer", "constraints": {"exclusiveMinimum": 1, "exclusiveMaximum": 20}},
    {"type": "integer", "constraints": {"enum": [1, "02", 3.0]}},
    {"type": "integer", "constraints": {"minimum": 5.0, "enum": [5, 10**30, "9" * 25]}},
    {"type": "number"},
    {"type": "number", "floatNumber": True},
    {"type": "number", "floatNumber": True, "constraints": {"minimum": 0, "enum": ["1", 0.5, 2]}},
    {"type": "number", "bareNumber": False},
    {"type": "number", "bareNumber": False, "decimalChar": ","},
    {"type": "number", "decimalChar": ","},
    {"type": "number", "groupChar": " "},
    {"type": "number", "decimalChar": ",", "groupChar": " "},
    {"type": "number", "decimalChar": ",", "groupChar": "."},
    {"type": "number", "decimalChar": ",", "groupChar": ","},
    {"type": "number", "decimalChar": "", "groupChar": ""},
    {"type": "number", "decimalChar": "..", "groupChar": "__"},
    {"type": "number", "decimalChar": "e", "groupChar": "1"},
    {"type": "number", "decimalChar": "-"},
    {"type": "number", "groupChar": "."},
    {"type": "number", "constraints": {"minimum": 0.5, "maximum": "1000"}},
    {"type": "number", "constraints": {"exclusiveMinimum": "0.1", "exclusiveMaximum": 10}},
    {"type": "number", "constraints": {"minimum": "-Infinity", "maximum": "1e400"}},
    {"type": "number", "constraints": {"enum": [1, 0.5, "2.50", "NaN", "Infinity"]}},
    {"type": "boolean"},
    {"type": "boolean", "trueValues": ["oui", "1", " "], "falseValues": ["non", "0", "1"]},
    {"type": "boolean", "trueValues": [], "constraints": {"enum": [True, "false"]}},
    {"type": "date"},
    {"type": "date", "format": "any"},
    {"type": "date", "constraints": {"minimum": "2019-1-1", "maximum": "2020-06-30"}},
    {"type": "date", "constraints": {"exclusiveMinimum": "2020-01-01", "enum": ["2020-01-02"]}},
    *(
        {"type": kind, "format": form}
        for kind in ("date", "datetime", "time")
        for form in (
            "%d/%m/%Y", "%Y%m%d", "%Y-%m-%dT%H:%M:%S%z", "%H:%M", "%H:%M:%S.%f", "%j %Y", "%B %d",
            "%d %d", "%", "%%", "%Q", "", " %Y ", "%Y %U %w", "%G-W%V-%u", "%I %p", "%y", "%c", "%x",
            "Y", "%Z", "%-d", "%s",
        )
    ),
    {"type": "time"},
    {"type": "time", "format": "any"},
    {"type": "time", "constraints": {"minimum": "10:00:00", "maximum": "12:00:00.5"}},
    {"type": "datetime"},
    {"type": "datetime", "format": "any"},
    {"type": "datetime", "constraints": {"minimum": "2020-01-01T00:00:00Z"}},
    {"type": "datetime", "constraints": {"maximum": "2020-01-01T00:00:00", "enum": []}},
    {"type": "year"},
    {"type": "year", "constraints": {"minimum": "2000", "maximum": 2021, "enum": [2020, "2021"]}},
    {"type": "yearmonth"},
    {"type": "yearmonth", "constraints": {"minimum": "2000-02", "enum": ["2020-05", [2020, 6]]}},
    {"type": "duration"},
    {"type": "duration", "constraints": {"enum": ["P1Y", "PT1H", "P12M"]}},
    {"type": "geopoint"},
    {"type": "geopoint", "format": "array"},
    {"type": "geopoint", "format": "object"},
    {"type": "geopoint", "format": "autre"},
    {"type": "geopoint", "constraints": {"enum": ["1,2", [3, 4], [200, 0]]}},
    {"type": "geojson"},
    {"type": "geojson", "format": "topojson"},
    {"type": "geojson", "constraints": {"enum": [{"type": "Point", "coordinates": [1, 2]}]}},
    {"type": "object"},
    {"type": "object", "constraints": {"minLength": 1, "maxLength": 1, "enum": [{"a": 1}, "{}"]}},
    {"type": "array"},
    {"type": "array", "constraints": {"minLength": 1, "maxLength": 2, "enum": [[1], "[2]", [1, 2]]}},
    {"type": "array", "arrayItem": {"type": "integer", "constraints": {"minimum": 2}}},
    {"type": "array", "arrayItem": {"type": "string", "constraints": {"pattern": "a", "enum": ["a"]}}},
    {"type": "array", "arrayItem": {"type": "number", "missingValues": ["-"], "constraints": {"required": True}}},
    {"type": "array", "arrayItem": {"type": "array", "arrayItem": {"type": "integer"}}},
    {"type": "array", "arrayItem": {"type": "list", "itemType": "integer"}},
    {"type": "array", "arrayItem": {"type": "boolean"}, "constraints": {"minLength": 2}},
    {"type": "array", "arrayItem": {"constraints": {"enum": [1, "a"]}}},
    *(
        {"type": "list", "itemType": kind}
        for kind in ("string", "integer", "boolean", "number", "datetime", "date", "time")
    ),
    {"type": "list", "delimiter": ";", "itemType": "integer", "constraints": {"minLength": 2}},
    {"type": "list", "delimiter": "||", "constraints": {"maxLength": 2}},
    {"type": "any"},
    {"type": "any", "constraints": {"enum": ["a", 1, "1", None]}},
)  # fmt: skip

SEEDS: dict[str, tuple[str, ...]] = {
    "string": (
        "a@b.fr", "a.b-c_d+e@ex-ample.gouv.fr", "a@b", "é@é.fr", '"a b"@c.fr', "a@@b.fr", "a..b@c.fr",
        "a@b.c", "a@1.2.3.4", "a@[1.2.3.4]", "a@xn--p1ai.fr", "A@B.FR", "a@b.fr.", "a@b_c.fr",
        "http://a.fr", "https://a.fr/b?c#d", "a:", "/a", "http://[", "http://[::1]/", "http://a b",
        "http://a:b", "http://a:99999", "mailto:a@b.fr", "//a.fr", "urn:isbn:1", "http://%zz", "http://é.fr",
        "HTTP://A", "1http://a", "http://u:p@h:1/x", "http:///a", "c56a4180-65aa-42ec-a945-5fd21dec0538",
        "{c56a4180-65aa-42ec-a945-5fd21dec0538}", "urn:uuid:c56a418065aa42eca9455fd21dec0538",
        "c56a418065aa42eca9455fd21dec0538", "-c56a418065aa42eca9455fd21dec053", "YQ==", "YQ", "é", "****",
        "YQ==YQ==", "Y Q = =", "POINT (1 2)", "POINT(1 2)", "point (1 2)", "POINT EMPTY", "POINT (1)", "12", "A1", "ab", "", " ", "a\n", "e\u0301", "NA",
    ),
    "integer": (
        "1", "-1", "+1", "01", " 1 ", "1_000", "1__0", "_1", "1.0", "1e3", "٣", "１２", "10%", "$-1", "--1",
        "1 000", "- 1", "0x10", "9" * 4300, "9" * 4301, "9" * 5000, "-" + "9" * 5000, "", "−1", "1\x00",
    ),
    "number": (
        "1", "1.5", "1,5", ".5", "5.", "1e5", "1E+5", "1e", "NaN", "nan", "-NaN", "sNaN", "NaN123",
        "Infinity", "-inf", "INF", "1_000.5", "1 234,56", "1 234,5", "1.234,56", "1,2,3", " ,5",
        "1e999999999999999999", "1e-999999999999999999", "1e999999999999999999999", "0.1", "1e400",
        "0." + "1" * 60, "9" * 5000, "1." + "9" * 5000, "٣.٥", "１，５", "10 %", "$5.00", "-1,5 EUR", "-0",
        "1..2", "1__2", "11e1", "1e1e1", "1-5", "0.10000000000000000000000000000001", "1\u00a0000",
    ),
    "boolean": ("true", "True", "TRUE", "tRUE", "1", "0", "oui", "non", "01", " ", "false", "vrai"),
    "date": (
        "2020-01-01", "2020-1-2", "2020-02-30", "20200101", "01/02/2020", "1/2/2020", "31/12/2020",
        "2020-01-01T00:00:00", "２０２０-01-01", "0000-01-01", "0001-01-01", "9999-12-31", "10", "jan 5",
        "2020-13-01", "2020-01-01 ", "5 mai 2020", "May 5", "1.2.3", "2020-W01-1", "366 2020", "12:30",
        "2020", "20201", "99", "1 1", "%", "Y", "AM", "12 PM", "2020-01-01 10:00 CEST", "today",
    ),
    "time": (
        "10:00:00", "10:00", "24:00:00", "24:00:01", "25:00:00", "10:60:00", "10:00:60", "10:00:00.5",
        "10:00:00,123456789", "10:00:00Z", "10:00:00z", "10:00:00+02:00", "10:00:00+0200", "10:00:00+02",
        "10:00:00-00:00", "10:00:00+24:00", "10:00:00+02:60", "10+00:00", "10-05:30", "1000:00:", "10:00:00 ",
        "１0:00:00", "10h", "10:00:00.", "24:00:00.0000001", "10:00:00+2", "noon", "10:00:0", "10 PM",
    ),
    "datetime": (
        "2020-01-01T10:00:00Z", "2020-01-01T10:00:00", "2020-01-01 10:00:00", "2020-01-01T10:00",
        "2020-01-01T24:00:00", "9999-12-31T24:00:00", "2020-02-30T10:00:00", "2020-123T10:00:00:00",
        "2020-W01-1T10:00:00", "2020-01-01T10:00:00.5+02:00", "20200101T10:00:00:00", "2020-01-01é10:00:00",
        "2020-01-01\n10:00:00", "0000-01-01T10:00:00", "2020-01-01T10:00:00+25:00", "jan 5 10:00 EST",
        "2020-01-01T00:00:00", "2020-01-01", "1", "2020-01-01T10:00:00+02:00", "2020-1-1T110:00:00",
    ),
    "year": ("2020", "20", "+200", "-200", " 201", "20_0", "٢٠٢٠", "0000", "20200", "2020 ", "abcd", "1e10"),
    "yearmonth": ("2020-05", "2020-5", "2020-13", "2020-0", "20_20-05", " 1 - 2 ", "-1-1", "2020", "2020-05-01", "٢-٣", "9" * 5000 + "-1"),
    "duration": (
        "P1Y", "PT1H", "P", "PT", "P1M2D", "-P1D", "+P1D", "P1W", "P1.5D", "P1,5Y", "P1D\n", "1D", "p1d",
        "P20200101T000000", "P2020-01-01T00:00:00", "P0000-00-01", "P1YT", "--P1D", "P12M", "PT0S", "P99999999999D",
    ),
    "geopoint": (
        "1.5,2.5", "190,1", "1, 2", " 1 ,2 ", "1,2,3", "1;2", "NaN,1", "1e1,2", "1_0,2", "٣,2", "180,90", "180.0001,0",
        "[1,2]", '["1","2"]', "[1]", "[true,false]", "[1.5,2e1]", '"12"', '{"1":0,"2":0}', '{"lon":1,"lat":2}',
        '{"lon":"1","lat":"2"}', '{"lon":1,"lat":2,"x":3}', '{"lon":1}', "[null,1]", "[[0,[1],0],1]", "sNaN,0", "Infinity,0",
    ),
    "geojson": (
        '{"type":"Point","coordinates":[1,2]}', '{"type":"Point"}', "{}", "[]", "x", '{"type":"Feature","geometry":null,"properties":{}}',
        '{"type":"Topology","objects":{},"arcs":[]}', '{"type":"FeatureCollection","features":[]}', "null",
    ),
    "object": ("{}", '{"a":1}', '{"a":1.0}', '{"a":1,"a":2}', "[]", "null", "{'a':1}", '{"a":NaN}', "{", "\ufeff{}", ' {"a":1}\n', '{"a":' * 2000),
    "array": (
        "[]", "[1]", "[2]", "[1,2]", "[1,2,3]", "{}", '["a"]', '["a","b"]', '["-"]', "[null]", '[""]', "[true]", '["1","x"]', "[1.5]",
        "[1.0]", "[[1],[2]]", '["1,2","3"]', "[[1,2],3]", "[NaN]", "[1,]", '["true",false]', "[" * 2000, "[" + "9" * 5000 + "]",
    ),
    "list": (
        "1,2", "a,b", "1,,2", "", ",", "1,x", " 1 ,2", "1;2", "a||b", "true,false", "true, false", "1.5,NaN", "2020-01-01,2020-1-2",
        "10:00:00,10:00:00Z", "2020-01-01T10:00:00,2020-01-01T10:00:00Z", "2020-01-01,", "10:00",
    ),
    "any": ("a", "1", "", " ", "None"),
}  # fmt: skip

ALPHABETS: dict[str, str] = {
    "string": 'aB1é@.:/-_ \n"%[]{}=+#?',
    "integer": DIGITS + "+-_., %$e" + SPACES,
    "number": DIGITS + "+-_., %$eENanIif" + SPACES,
    "boolean": "truefalsTFRUE01oin ",
    "date": DIGITS + "-/ :TWjanmYy,.",
    "time": DIGITS + ":.,+-Zz hT",
    "datetime": DIGITS + "-:.,+Zz TW/",
    "year": DIGITS + "+-_ ",
    "yearmonth": DIGITS + "+-_ ",
    "duration": DIGITS + "PTYMWDHS.,+-:",
    "geopoint": DIGITS + '+-_., e[]{}"lonat:',
    "geojson": '{}[]":,type Pointcrdas12',
    "object": '{}[]":,a1 .eNul\\',
    "array": '{}[]":,a1- .eNultr\\',
    "list": DIGITS + "ab,;|. -:TZ",
    "any": "a1 é\n",
}


def texts(kind: str) -> st.SearchStrategy[str]:
    """Make texts for fields of this type: usual ones, odd ones, and both changed a little."""
    alphabet = st.sampled_from(ALPHABETS[kind])
    seeds = st.sampled_from(SEEDS[kind])
    short = st.sampled_from([each for each in SEEDS[kind] if len(each) < 200])
    return st.one_of(
        seeds,
        st.text(alphabet, max_size=12),
        st.builds(
            _changed, short, st.integers(0, 40), st.integers(0, 2), st.text(alphabet, max_size=2)
        ),
        st.text(st.characters(exclude_categories=("Cs",)), max_size=6),
    )


def _changed(text: str, place: int, dropped: int, added: str) -> str:
    place = min(place, len(text))
    return text[:place] + added + text[place + dropped :]


def name(field: dict[str, Any]) -> str:
    """Return a short name of a field, for the list of tests."""
    return json.dumps(field, ensure_ascii=False)[1:-1].replace('"', "")[:70]
