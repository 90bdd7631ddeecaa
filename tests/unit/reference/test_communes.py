import pytest

from territo_opendata.errors import UsageError
from territo_opendata.reference.communes import (
    Commune,
    CommuneState,
    commune_codes,
    commune_name,
    commune_names,
    commune_status,
    communes_named,
    departement_of,
    is_arrondissement,
    is_commune,
    nearest_commune_name,
)
from territo_opendata.reference.intervals import CommuneTable
from territo_opendata.reference.millesimes import NEWEST, OLDEST, resolve

MERGED = [
    ("14011", 2025, "14581", "Aurseulles"),
    ("49069", 2025, "49126", "Orée d'Anjou"),
    ("69159", 2025, "69114", "Porte des Pierres Dorées"),
    ("12076", 2025, "12218", "Conques-en-Rouergue"),
    ("01091", None, "01033", "Valserhône"),
    ("93059", 2025, "93066", "Saint-Denis"),
    ("98501", None, "97601", "Acoua"),
    ("55273", None, "55386", "Nonsard-Lamarche"),
]


@pytest.mark.parametrize(("code", "since", "successor", "name"), MERGED)
def test_merged_communes_have_their_successor(code, since, successor, name):
    status = commune_status(code, 2026)
    assert status.state is CommuneState.MERGED
    assert (status.since, status.successor) == (since, Commune(successor, name))
    assert is_commune(successor, 2026)


@pytest.mark.parametrize(
    ("code", "millesime", "state"),
    [
        ("62765", 2026, CommuneState.EXISTS),
        ("14635", 2026, CommuneState.EXISTS),
        ("2A004", 2026, CommuneState.EXISTS),
        ("2B033", 2021, CommuneState.EXISTS),
        ("97411", 2026, CommuneState.EXISTS),
        ("97501", 2021, CommuneState.EXISTS),
        ("98735", 2026, CommuneState.EXISTS),
        ("14011", 2024, CommuneState.EXISTS),
        ("14011", 2025, CommuneState.MERGED),
        ("27676", 2022, CommuneState.MERGED),
        ("27676", 2023, CommuneState.EXISTS),
        ("75056", 2026, CommuneState.EXISTS),
        ("75112", 2026, CommuneState.ARRONDISSEMENT),
        ("13202", 2026, CommuneState.ARRONDISSEMENT),
        ("69388", 2026, CommuneState.ARRONDISSEMENT),
        ("99999", 2026, CommuneState.UNKNOWN),
        ("1004", 2026, CommuneState.UNKNOWN),
        ("2a004", 2026, CommuneState.UNKNOWN),
        ("01004 ", 2026, CommuneState.UNKNOWN),
        ("0100\n", 2026, CommuneState.UNKNOWN),
        ("code,", 2026, CommuneState.UNKNOWN),
        ("zzzzz", 2026, CommuneState.UNKNOWN),
        ("00000", 2026, CommuneState.UNKNOWN),
        ("é1001", 2026, CommuneState.UNKNOWN),
        ("\ud8001004", 2026, CommuneState.UNKNOWN),
        ("", 2026, CommuneState.UNKNOWN),
    ],
)
def test_state_of_a_code_in_a_vintage(code, millesime, state):
    assert commune_status(code, millesime).state is state


@pytest.mark.parametrize("code", ["75112", "13202", "69388"])
def test_arrondissements_are_accepted_where_they_are_allowed(code):
    assert is_arrondissement(code)
    assert not is_commune(code)
    assert is_commune(code, arrondissements=True)
    assert commune_status(code).successor == Commune(*paris_lyon_marseille(code))


def paris_lyon_marseille(code):
    return {"75": ("75056", "Paris"), "69": ("69123", "Lyon"), "13": ("13055", "Marseille")}[
        code[:2]
    ]


def test_a_merger_undone_says_when_the_commune_comes_back():
    status = commune_status("85165", 2022)
    assert status.successor == Commune("85084", "Essarts en Bocage")
    assert (status.since, status.returns) == (None, 2024)
    assert commune_status("85165", 2024).returns is None


def test_the_successor_is_that_of_the_vintage_asked():
    assert commune_status("49177", 2024).successor == Commune("49069", "Orée d'Anjou")
    assert commune_status("49177", 2025).successor == Commune("49126", "Orée d'Anjou")


def test_names_follow_the_vintage():
    assert commune_name("28012", 2022) == "Commune nouvelle d'Arrou"
    assert commune_name("28012", 2023) == "Vald'Yerre"
    assert commune_name("14011", 2026) is None
    assert "Commune nouvelle d'Arrou" in commune_names(2022)
    assert "Commune nouvelle d'Arrou" not in commune_names(2023)


@pytest.mark.parametrize(
    ("millesime", "count"),
    [(2021, 35059), (2022, 35049), (2023, 35039), (2024, 35029), (2025, 34969), (2026, 34969)],
)
def test_sets_hold_as_many_communes_as_the_vintage(millesime, count):
    codes = commune_codes(millesime)
    assert len(codes) == count
    with_arrondissements = commune_codes(millesime, arrondissements=True)
    assert len(with_arrondissements) == count + 45
    assert all(is_commune(code, millesime) for code in sorted(codes)[::500])
    assert not any(is_commune(code, millesime) for code in with_arrondissements - codes)


def test_the_set_and_the_single_answer_agree_on_all_that_changed():
    for millesime in range(OLDEST, NEWEST + 1):
        codes = commune_codes(millesime)
        for other in range(OLDEST, NEWEST + 1):
            for code in commune_codes(other) ^ codes:
                assert is_commune(code, millesime) == (code in codes)


@pytest.mark.parametrize(
    ("value", "expected"),
    [(None, 2026), ("", 2026), ("latest", 2026), (2021, 2021), ("2024", 2024)],
)
def test_vintages_are_named_in_several_ways(value, expected):
    assert resolve(value) == expected


@pytest.mark.parametrize("value", [2020, 2027, "2020", "dernier", "²021", "20240", -1])
def test_an_unknown_vintage_is_refused(value):
    with pytest.raises(UsageError, match="de 2021 à 2026"):
        commune_status("01004", value)


@pytest.mark.parametrize(
    ("name", "departement", "codes"),
    [
        ("Saint-Omer", None, ["14635", "62765"]),
        ("SAINT OMER", "62", ["62765"]),
        ("St Omer", "14", ["14635"]),
        ("Boulogne sur mer", None, ["62160"]),
        ("Saint-Martin-Boulogne", None, ["62758"]),
        ("œuilly", "02", ["02565"]),
        ("Nulle-Part", None, []),
        ("", None, []),
    ],
)
def test_communes_are_found_by_name(name, departement, codes):
    assert [each.code for each in communes_named(name, departement=departement)] == codes


@pytest.mark.parametrize(
    ("written", "official"),
    [
        ("dunkerque", "Dunkerque"),
        ("Dunkerke", "Dunkerque"),
        ("Hazebrouk", "Hazebrouck"),
        ("L Abergement Clémenciat", "L'Abergement-Clémenciat"),
        ("St-Etienne", "Saint-Étienne"),
        ("Xyz", None),
        ("", None),
        ("-", None),
    ],
)
def test_the_nearest_name_is_given_only_when_it_is_clear(written, official):
    assert nearest_commune_name(written) == official


@pytest.mark.parametrize(
    ("code", "departement"),
    [
        ("01004", "01"),
        ("2A004", "2A"),
        ("2B033", "2B"),
        ("97411", "974"),
        ("97501", "975"),
        ("98735", "987"),
        ("75112", "75"),
        ("62999", "62"),
        ("20004", None),
        ("96001", None),
        ("99123", None),
        ("97901", None),
        ("1004", None),
        ("", None),
    ],
)
def test_a_commune_code_tells_its_departement(code, departement):
    assert departement_of(code) == departement


def test_a_code_of_later_vintages_only_is_a_future_one():
    content = b"code,type,nom,premier,dernier,parent\n01999,commune,Neuve,2025,,\n"
    (entry,) = CommuneTable(content).entries("01999")
    assert not entry.covers(2024)
    assert entry.covers(2025)


def test_a_future_commune_is_told_with_its_first_vintage(monkeypatch):
    content = b"code,type,nom,premier,dernier,parent\n01999,commune,Neuve,2025,,\n"
    monkeypatch.setattr(
        "territo_opendata.reference.communes.communes_table", lambda: CommuneTable(content)
    )
    commune_status.cache_clear()
    status = commune_status("01999", 2024)
    commune_status.cache_clear()
    assert (status.state, status.returns) == (CommuneState.FUTURE, 2025)


def test_first_and_last_lines_of_the_table_are_found():
    lines = [f"{code},commune,Nom,,," for code in ("01001", "01002", "98901")]
    table = CommuneTable("\n".join(["code,type,nom,premier,dernier,parent", *lines, ""]).encode())
    assert [table.entries(line[:5])[0].code for line in lines] == ["01001", "01002", "98901"]
    assert table.entries("00999") == table.entries("01003") == table.entries("99999") == ()
