import csv
import io

import pytest

from territo_opendata.errors import MismatchError
from territo_opendata.reference import lists, rebuild
from territo_opendata.reference.vintages import read_vintage

COMMUNES = "territo_opendata/reference/communes.csv"


def rows(files, path):
    return [tuple(row) for row in csv.reader(io.StringIO(files[path].decode()))][1:]


def files_of(make, *vintages, **more):
    """Return the files made of these communes, the first list being that of 2024."""
    read = [
        read_vintage(make.tgz(communes, **more), year)
        for year, communes in enumerate(vintages, 2024)
    ]
    return rebuild.make(read, make.wheel())


def test_a_merger_gives_a_former_commune_with_its_last_vintage_and_successor(make):
    before = [make.commune("01001", "Haut"), make.commune("01002", "Bas")]
    after = [make.commune("01001", "Haut-Bas", "01002"), make.delegated("01002", "Bas", "01001")]
    files = files_of(make, before, after)
    assert rows(files, "datasets/communes_anciennes.csv") == [
        ("01002", "Bas", "commune", "01001", "2024", "anciensCodes")
    ]
    assert rows(files, COMMUNES) == [
        ("01001", "commune", "Haut", "", "2024", ""),
        ("01001", "commune", "Haut-Bas", "2025", "", ""),
        ("01002", "commune", "Bas", "", "2024", ""),
        ("01002", "commune_deleguee", "Bas", "2025", "", "01001"),
    ]


def test_a_code_merged_before_the_first_vintage_has_no_last_vintage(make):
    files = files_of(make, [make.commune("01001", "Haut", "01009")])
    assert rows(files, "datasets/communes_anciennes.csv") == [
        ("01009", "", "commune", "01001", "", "anciensCodes")
    ]


def test_the_delegated_commune_s_own_commune_wins_over_anciens_codes(make):
    wrong = [
        make.commune("01001", "Haut", "01003"),
        make.commune("01002", "Bas"),
        make.delegated("01003", "Val", "01002"),
    ]
    assert rows(files_of(make, wrong), "datasets/communes_anciennes.csv") == [
        ("01003", "Val", "commune", "01002", "", "comparaison des millésimes")
    ]


def test_the_newest_word_wins_where_its_commune_exists_already(make):
    haut, bas = make.commune("01001", "Haut"), make.commune("01002", "Bas")
    slip = [make.commune("01001", "Haut", "01009"), bas]
    mended = [haut, make.commune("01002", "Bas", "01009")]
    assert ("01009", "ancienne_commune", "", "", "", "01002") in rows(
        files_of(make, slip, mended), COMMUNES
    )


def test_a_former_code_follows_its_commune_s_change_of_code(make):
    before = [make.commune("01001", "Haut", "01009")]
    after = [make.commune("01002", "Haut", "01001", "01009")]
    found = rows(files_of(make, before, after), COMMUNES)
    assert ("01009", "ancienne_commune", "", "", "2024", "01001") in found
    assert ("01009", "ancienne_commune", "", "2025", "", "01002") in found


def test_a_commune_set_up_again_is_not_a_former_one(make):
    before = [make.commune("01001", "Haut", "01002")]
    after = [make.commune("01001", "Haut"), make.commune("01002", "Bas")]
    files = files_of(make, before, after)
    assert rows(files, "datasets/communes_anciennes.csv") == []
    assert ("01002", "ancienne_commune", "", "", "2024", "01001") in rows(files, COMMUNES)
    assert ("01002", "commune", "Bas", "2025", "", "") in rows(files, COMMUNES)


def test_a_code_told_by_an_older_vintage_only_is_kept_and_said_to_come_from_comparing(make):
    files = files_of(
        make, [make.commune("01001", "Haut", "01009")], [make.commune("01001", "Haut")]
    )
    assert rows(files, "datasets/communes_anciennes.csv") == [
        ("01009", "", "commune", "01001", "", "comparaison des millésimes")
    ]


def test_a_code_gone_without_successor_stops_the_rebuilding(make):
    before = [make.commune("01001", "Haut"), make.commune("01002", "Bas")]
    with pytest.raises(MismatchError, match="01002 n'a pas de successeur au millésime 2025"):
        files_of(make, before, before[:1])


def test_territoires_hold_every_type_with_the_country(make):
    lyon = make.commune("69123", "Lyon", departement="69")
    first = {
        "code": "69381",
        "nom": "Lyon 1er Arrondissement",
        "type": "arrondissement-municipal",
        "commune": "69123",
        "departement": "69",
        "region": "84",
        "population": 5,
    }
    overseas = {
        "code": "97501",
        "nom": "Miquelon-Langlade",
        "type": "commune-actuelle",
        "departement": "975",
        "region": "975",
    }
    files = files_of(make, [overseas, first, lyon])
    assert rows(files, "datasets/territoires.csv") == [
        ("arrondissement_municipal", "69381", first["nom"], "69", "84", "", "5", "2024"),
        ("collectivite_outre_mer", "975", "Saint-Pierre-et-Miquelon", "", "", "", "", "2024"),
        ("commune", "69123", "Lyon", "69", "84", "216900123", "10", "2024"),
        ("commune", "97501", "Miquelon-Langlade", "975", "", "", "", "2024"),
        ("departement", "01", "Ain", "", "84", "", "", "2024"),
        ("epci", "200000001", "CC du Haut", "", "", "200000001", "20", "2024"),
        ("pays", "FR", "France", "", "", "", "", "2024"),
        ("region", "84", "Auvergne-Rhône-Alpes", "", "", "", "", "2024"),
    ]
    assert ("69381", "arrondissement_municipal", first["nom"], "", "", "69123") in rows(
        files, COMMUNES
    )


def test_intercommunalites_are_sorted_by_key(make):
    files = files_of(make, [make.commune("01001", "Haut"), make.commune("01002", "Bas")])
    assert rows(files, "datasets/intercommunalites.csv") == [
        ("epci", "200000001", "commune", "01001", "2024"),
        ("epci", "200000001", "commune", "01002", "2024"),
    ]


def test_vintage_2021_keeps_overseas_communes_apart(make):
    overseas = {
        "code": "97501",
        "nom": "Miquelon-Langlade",
        "type": "commune-actuelle",
        "collectiviteOutremer": {"code": "975", "nom": "Saint-Pierre-et-Miquelon"},
    }
    vintage = read_vintage(make.tgz([overseas]), 2021)
    assert vintage.communes["97501"].departement == "975"
    assert vintage.communes["97501"].region == ""


def test_a_type_is_as_old_as_the_oldest_vintage_that_lists_it(make):
    communes = [make.commune("01001", "Haut")]
    ept = {"code": "200000009", "nom": "Est", "populationMunicipale": 1, "membres": []}
    vintages = [
        read_vintage(make.tgz(communes), 2022),
        read_vintage(make.tgz(communes, ept=[ept]), 2023),
    ]
    areas = rows(rebuild.make(vintages, make.wheel()), "territo_opendata/reference/areas.csv")
    assert ("200000009", "ept", "Est", "", "", "") in areas
    assert ("84", "region", "Auvergne-Rhône-Alpes", "2016", "", "") in areas
    assert ("82", "region", "Rhône-Alpes", "", "2015", "84") in areas


@pytest.mark.parametrize(
    "communes",
    [
        [{"code": "01001"}],
        [{"code": "01001", "nom": "Haut", "type": "hameau"}],
        [{"code": "01001", "nom": None, "type": "commune-actuelle"}],
        {"code": 1},
        [1],
        7,
    ],
)
def test_a_package_of_another_shape_is_refused(make, communes):
    with pytest.raises(MismatchError, match="millésime 2026"):
        read_vintage(make.tgz(communes), 2026)


def test_lists_are_read_as_literals_and_joined_with_ours(make):
    files = files_of(make, [make.commune("01001", "Haut", codesPostaux=["01990"])])
    assert files["territo_opendata/reference/cantons.txt"].decode() == "Bas\nÉté\n"
    assert files["territo_opendata/reference/codes_postaux.txt"] == b"01000\n01990\n98000\n"
    assert files["territo_opendata/reference/fantoir.txt"].decode().split() == [
        "0000-0001",
        "0003-0003",
        "A012-A012",
        "ZA01-ZA02",
    ]


def test_a_list_that_is_no_literal_is_refused_and_never_run(make):
    hostile = make.lists | {"pays": "PAYS_COG_2024 = open('/nulle/part')\n"}
    with pytest.raises(MismatchError, match="PAYS_COG_2024"):
        lists.read_list(make.wheel(hostile), "pays")
    called = make.lists | {"pays": "PAYS_COG_2024 = frozenset(open('/nulle/part'))\n"}
    with pytest.raises(MismatchError, match="PAYS_COG_2024"):
        lists.read_list(make.wheel(called), "pays")


def test_writing_twice_gives_the_same_bytes_and_no_difference(make, tmp_path):
    files = files_of(make, [make.commune("01001", 'L\'été, "bis"', "01009")])
    rebuild.write(files, tmp_path)
    rebuild.write(files, tmp_path)
    assert rebuild.differences(files, tmp_path) == ()
    kept = {path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*") if path.is_file()}
    assert kept == set(files)
    assert (
        b'"L\'\xc3\xa9t\xc3\xa9, ""bis"""' in (tmp_path / "datasets/territoires.csv").read_bytes()
    )


def test_a_difference_is_told_line_by_line(make, tmp_path):
    files = files_of(make, [make.commune("01001", "Haut", "01009")])
    rebuild.write(files, tmp_path)
    path = tmp_path / "datasets/communes_anciennes.csv"
    path.write_text(path.read_text().replace("01009", "01008"))
    (found,) = rebuild.differences(files, tmp_path)
    assert found.summary().splitlines() == [
        "datasets/communes_anciennes.csv : 1 ligne(s) en moins, 1 en trop",
        "  + 01009,,commune,01001,,anciensCodes",
        "  - 01008,,commune,01001,,anciensCodes",
    ]


def test_other_line_ends_are_a_difference(make, tmp_path):
    files = files_of(make, [make.commune("01001", "Haut")])
    rebuild.write(files, tmp_path)
    path = tmp_path / "datasets/territoires.csv"
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    (found,) = rebuild.differences(files, tmp_path)
    assert "mêmes lignes" in found.summary()


def test_download_makes_the_files_of_pinned_packages(make, tmp_path):
    content, lists_wheel = make.tgz([make.commune("01001", "Haut")]), make.wheel()
    pins = (make.pin(content), make.pin(lists_wheel, client="pip", package="listes"))
    (tmp_path / pins[0].file_name).write_bytes(content)
    (tmp_path / pins[1].file_name).write_bytes(lists_wheel)
    files = rebuild.download(tmp_path, pins)
    assert rows(files, COMMUNES) == [("01001", "commune", "Haut", "", "", "")]
