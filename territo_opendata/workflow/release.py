"""From a package to its release folder, and from a folder or address back to a package."""

import os
from pathlib import Path

from territo_opendata import project
from territo_opendata.build import Built, Signer, build_release
from territo_opendata.descriptors.model import Package
from territo_opendata.descriptors.package import load_package
from territo_opendata.descriptors.profile import check_profile
from territo_opendata.errors import DescriptorError, IncompleteError, InvalidDataError, UsageError
from territo_opendata.findings import Report
from territo_opendata.publish import Got, get_package
from territo_opendata.release.signature import PASSWORD_VARIABLE, sign
from territo_opendata.validate.inputs import Options, Progress
from territo_opendata.workflow.validation import silent, validate_package

_SHOWN = 8


class RefusedReleaseError(InvalidDataError):
    """A package whose data has errors; `report` says which."""

    def __init__(self, fr: str, en: str, report: Report) -> None:
        super().__init__(fr, en)
        self.report = report


def build(
    path: Path | None = None,
    output: Path | None = None,
    *,
    key: Path | None = None,
    progress: Progress = silent,
) -> Built:
    """Validate the package at `path` (by default, the one of this folder) and build its release.

    `key` is the file of a secret key to sign it with, whose password is in the environment.
    Raises RefusedReleaseError, with the report, when the data has errors; IncompleteError when
    not everything could be checked; DescriptorError when the package lacks what a release needs.
    """
    found = package_path(path)
    package = load_package(found)
    check_standard(package)
    report = validate_package(found, options=Options(digest=True), progress=progress)
    password = os.environ.get(PASSWORD_VARIABLE)
    signer: Signer | None = None
    if key is not None:
        secret = key

        def signer(checksums: bytes, comment: str) -> bytes:
            return sign(checksums, secret, password, comment)

    try:
        return build_release(package, report, output, signer=signer)
    except InvalidDataError as error:
        raise RefusedReleaseError(error.text.fr, error.text.en, report) from error


def check_standard(package: Package) -> None:
    """Raise DescriptorError where the descriptor departs from Data Package 2.0.

    A package in use may be read in many old forms; one that is released should be in the new.
    """
    breaches = [
        each for each in check_profile(package.descriptor, "datapackage") if not each.unknown
    ]
    if breaches:
        fr = "\n".join(f"  {each.pointer or '/'} : {each.text.fr}" for each in breaches[:_SHOWN])
        en = "\n".join(f"  {each.pointer or '/'}: {each.text.en}" for each in breaches[:_SHOWN])
        raise DescriptorError(
            f"« {package.path} » s’écarte de la norme Data Package 2.0 :\n{fr}",
            f"“{package.path}” departs from the Data Package 2.0 standard:\n{en}",
        )


def package_path(path: Path | None = None) -> Path:
    """Return `path`, else the `datapackage.json` above this folder. Raises UsageError for none."""
    found = path or project.find_package(Path.cwd() / "datapackage.json")
    if found is None:
        raise UsageError(
            "Il n’y a pas de fichier datapackage.json ici. Placez-vous dans le dossier du paquet.",
            "There is no datapackage.json here. Go to the folder of the package.",
        )
    return found


def get(place: str, output: Path | None = None, *, public_key: str | None = None) -> Got:
    """Fetch a published package, every digest checked; see `publish.get.get_package`."""
    return get_package(place, output, public_key=public_key)


def validate_got(got: Got, *, progress: Progress = silent) -> Report:
    """Validate a package that was fetched. Raises IncompleteError when it names no table."""
    report = validate_package(got.path / "datapackage.json", progress=progress)
    if not report.tables:
        raise IncompleteError(
            f"« {got.name} » ne contient aucune table que l’on sache vérifier.",
            f"“{got.name}” holds no table that can be checked.",
        )
    return report
