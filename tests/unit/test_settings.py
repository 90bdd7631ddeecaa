"""What territo.toml says is read whole, and what it should not say is refused by name."""

from datetime import date
from pathlib import Path

import pytest

from territo_opendata.errors import DescriptorError, MissingFileError
from territo_opendata.settings import TargetSettings, Waiver, load_settings

WAIVER = """
[[waivers]]
code = "siret-length"
table = "organisations"
field = "siret"
reason = "Le fichier source les tronque"
owner = "DGCL"
expiry = 2027-01-31
"""


def test_waivers(tmp_path: Path) -> None:
    (tmp_path / "territo.toml").write_text(WAIVER)
    assert load_settings(tmp_path).waivers == (
        Waiver(
            "siret-length",
            "organisations",
            "Le fichier source les tronque",
            "DGCL",
            date(2027, 1, 31),
            "siret",
        ),
    )


def test_settings(tmp_path: Path) -> None:
    assert load_settings(tmp_path).targets == {}
    (tmp_path / "territo.toml").write_text(
        '[targets.local]\nto = "folder:catalogue"\nbase_url = "https://a.fr"\n'
        '[targets.portail]\nto = "ckan:https://b.fr"\norganization = "o"\nprivate = true\n'
        'token_env = "MON_JETON"\n'
    )
    targets = load_settings(tmp_path).targets
    assert targets["local"] == TargetSettings("folder:catalogue", base_url="https://a.fr")
    assert targets["portail"].private is True
    assert targets["portail"].token_env == "MON_JETON"  # noqa: S105


@pytest.mark.parametrize(
    ("content", "cause"),
    [
        ("[targets", "TOML"),
        ("a = 1", "waivers"),
        ("target = 1", "targets"),
        ("targets = 1", "une table"),
        ("[targets]\nlocal = 1", "une table"),
        ('[targets.local]\norganization = "x"', "« to » manque"),
        ('[targets.local]\nto = "x"\ntoken = "secret"', "token_env"),
        ('[targets.local]\nto = "x"\norganisation = "x"', "organization"),
        ("[targets.local]\nto = 5", "un texte"),
        ('[targets.local]\nto = "x"\nprivate = "oui"', "true ou false"),
        ("waivers = 1", "waivers"),
        ("[[waivers]]", "« code » manque"),
        (WAIVER.replace("reason", "raison"), "reason"),
        (WAIVER.replace("siret-length", "siret-lenght"), "siret-length"),
        (WAIVER.replace("2027-01-31", '"2027-01-31"'), "un jour"),
        (WAIVER.replace("2027-01-31", "2027-01-31T00:00:00"), "un jour"),
        (WAIVER.replace('"DGCL"', '" "'), "un texte"),
        ("\xff", "UTF-8"),
    ],
)
def test_broken_settings(tmp_path: Path, content: str, cause: str) -> None:
    (tmp_path / "territo.toml").write_bytes(
        content.encode("latin-1" if content == "\xff" else "utf-8")
    )
    with pytest.raises(DescriptorError, match=cause) as caught:
        load_settings(tmp_path)
    assert "secret" not in caught.value.say("fr") + caught.value.say("en")


def test_settings_that_cannot_be_read(tmp_path: Path) -> None:
    (tmp_path / "territo.toml").mkdir()
    with pytest.raises(MissingFileError):
        load_settings(tmp_path)
