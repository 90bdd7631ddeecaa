"""Tables as data frames."""

import datetime as dt
import json
import subprocess
import sys

import pandas as pd
import pytest

import territo_opendata.frames
from territo_opendata.errors import InvalidDataError, MismatchError, UsageError
from territo_opendata.frames import load, open_package
from territo_opendata.frames.partial_dates import first_day, last_day
from territo_opendata.publish import apply_plan, make_plan, parse_target
from tests.publish.packages import MEASURES, TOWNS, TOWNS_CSV, make_release, write_package


@pytest.fixture(scope="module")
def release(tmp_path_factory):
    return make_release(tmp_path_factory.mktemp("cadres"), "1.0.0", "a")


def test_columns_have_the_types_that_the_documentation_states(release):
    frame = load("mesures", release.path)
    assert {name: str(dtype) for name, dtype in frame.dtypes.items()} == {
        "code": "str",
        "entier": "Int64",
        "montant": "Float64",
        "oui": "boolean",
        "jour": "datetime64[s]",
        "instant": "datetime64[us]",
        "heure": "object",
        "annee": "Int64",
        "debut": "str",
        "debut_min": "datetime64[s]",
        "debut_max": "datetime64[s]",
    }
    first = frame.iloc[0].to_dict()
    assert first["montant"] == 1234567.5
    assert first["heure"] == dt.time(10, 11, 12)
    assert first["jour"] == pd.Timestamp("2026-11-22")
    assert frame["entier"].tolist() == [12, pd.NA, -7, pd.NA]
    assert frame["code"].isna().tolist() == [False, False, True, False]
    assert frame["debut_max"].tolist()[:3] == [
        pd.Timestamp("2026-12-31"),
        pd.Timestamp("2024-02-29"),
        pd.Timestamp("2026-11-22"),
    ]


def test_the_frame_says_what_it_is(release):
    attrs = load("mesures", str(release.path)).attrs
    assert attrs["number_type"] == "Float64"
    assert (attrs["package"], attrs["version"], attrs["title"]) == ("essai", "1.0.0", "Mesures")
    assert attrs["types"]["annee"] == "year"
    json.dumps(attrs)


def test_cells_are_as_they_stand(release):
    frame = load("communes", release.path)
    assert frame["code"].tolist()[:2] == ["01004", "62765"]
    assert frame["nom"].tolist()[1] == "Saint-Omer\n(Pas-de-Calais)"


def test_values_beyond_their_type_stay_text(tmp_path):
    text = "code,entier,montant,oui,jour,instant,heure,annee,debut\n"
    text += f"a,{2**63},1,,0001-01-01,2026-11-22T10:11:12Z,,,2023-02-30\n"
    text += "b,1,1E400,,9999-12-31,2026-11-22T10:11:12,,,\n"
    write_package(tmp_path, tables={"mesures": (MEASURES, text)})
    frame = load("mesures", tmp_path)
    assert frame["entier"].tolist() == [str(2**63), "1"]
    assert frame["montant"].tolist() == ["1", "1E400"]
    assert frame["instant"].tolist()[1] == "2026-11-22T10:11:12"
    assert str(frame["jour"].iloc[1]) == "9999-12-31 00:00:00"
    assert frame["debut_min"].isna().all()


def test_long_integers_are_exact_beside_missing_ones(tmp_path):
    text = "code,entier,montant,oui,jour,instant,heure,annee,debut\n"
    text += f"a,{2**53 + 1},,,,,,,\nb,,,,,,,,\nc,{-(2**63)},,,,,,,\n"
    write_package(tmp_path, tables={"mesures": (MEASURES, text)})
    assert load("mesures", tmp_path)["entier"].tolist() == [2**53 + 1, pd.NA, -(2**63)]


def test_an_empty_table_keeps_its_types(tmp_path):
    write_package(
        tmp_path,
        tables={"mesures": (MEASURES, "code,entier,montant,oui,jour,instant,heure,annee,debut\n")},
    )
    frame = load("mesures", tmp_path)
    assert len(frame) == 0
    assert str(frame["entier"].dtype) == "Int64"
    assert str(frame["jour"].dtype) == "datetime64[s]"


def test_an_unknown_table_names_the_nearest(release):
    with pytest.raises(UsageError, match="la plus proche est « communes »"):
        load("commune", release.path)


def test_a_published_folder_is_read_and_checked(tmp_path, release):
    target = parse_target(f"folder:{tmp_path / 'public'}", release)
    apply_plan(make_plan(target), target)
    published = tmp_path / "public/essai"
    assert load("communes", published.as_uri()).equals(load("communes", release.path))
    spoilt = published / "releases" / release.identity / "communes.csv"
    spoilt.write_bytes(spoilt.read_bytes().replace(b"62765", b"62766"))
    with pytest.raises(MismatchError):
        load("communes", published)


def test_a_ragged_table_is_told(tmp_path):
    write_package(tmp_path, tables={"communes": (TOWNS, TOWNS_CSV + "1,2,3\n")})
    with pytest.raises(InvalidDataError, match="territo validate"):
        load("communes", tmp_path)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2026", "2026-01-01", "2026-12-31"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2026-11-22", "2026-11-22", "2026-11-22"),
    ],
)
def test_partial_dates_have_bounds(text, first, last):
    assert (first_day(text), last_day(text)) == (first, last)


def test_importing_frames_loads_no_heavy_library():
    code = "import territo_opendata.frames, sys; sys.exit('pandas' in sys.modules or 'numpy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
    assert territo_opendata.frames.in_pandas.NUMBER_TYPE == "Float64"


def test_polars_holds_what_pandas_holds(release):
    import polars as pl

    expected, frame = load("mesures", release.path), load("mesures", release.path, engine="polars")
    assert dict(frame.schema) == {
        "code": pl.String,
        "entier": pl.Int64,
        "montant": pl.Float64,
        "oui": pl.Boolean,
        "jour": pl.Date,
        "instant": pl.Datetime("us"),
        "heure": pl.Time,
        "annee": pl.Int64,
        "debut": pl.String,
        "debut_min": pl.Date,
        "debut_max": pl.Date,
    }
    for name in ("code", "entier", "montant", "oui", "heure", "annee", "debut"):
        mine = [None if pd.isna(value) else value for value in expected[name]]
        assert frame[name].to_list() == mine
    for name in ("jour", "debut_min", "debut_max"):
        mine = [None if pd.isna(value) else value.date() for value in expected[name]]
        assert frame[name].to_list() == mine


def test_polars_keeps_as_text_what_does_not_fit(tmp_path):
    package = write_package(tmp_path, tables={"t": (NUMBERS, f"n\n1\n{2**64}\n")})
    assert load("t", package.path, engine="polars")["n"].to_list() == ["1", str(2**64)]


NUMBERS = {"title": "T", "fields": [{"name": "n", "type": "integer"}]}


def test_duckdb_goes_on_in_sql(release):
    relation = load("mesures", release.path, engine="duckdb")
    counted = relation.aggregate("count(*) AS n, max(jour) AS jour").fetchall()
    assert counted[0] == (4, dt.date(2026, 11, 22))
    assert load("territoires", engine="duckdb").filter("type_territoire = 'pays'").fetchall()


def test_an_unknown_engine(release):
    with pytest.raises(UsageError, match="polars"):
        load("mesures", release.path, engine="spark")


def test_a_package_says_what_it_holds(release):
    package = open_package(release.path)
    assert (package.name, package.version) == ("essai", "1.0.0")
    assert package.tables == ("communes", "mesures")
    pd.testing.assert_frame_equal(package.load("communes"), load("communes", release.path))
    assert "territoires" in open_package().tables
