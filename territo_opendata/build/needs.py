"""What a release needs and the package does not have, told all at once."""

from collections.abc import Iterator
from pathlib import Path

from territo_opendata.descriptors.model import Package
from territo_opendata.errors import DescriptorError
from territo_opendata.language import Text, visible
from territo_opendata.release.placeholders import left_to_fill

_REQUIRED = ("name", "version", "title", "description", "homepage", "licenses")


def check_publishable(package: Package, changelog: Path) -> None:
    """Raise DescriptorError naming everything that a release needs and that is missing.

    `changelog` is where the history of the package is to be.
    """
    lacking = list(_lacking(package, changelog))
    if lacking:
        fr = "\n".join(f"  {each.fr}" for each in lacking)
        en = "\n".join(f"  {each.en}" for each in lacking)
        raise DescriptorError(
            f"Il manque au paquet «\u00a0{package.path}\u00a0», pour dire ce qu’il est et comment on peut "
            f"le réutiliser\u00a0:\n{fr}",
            f"The package “{package.path}” lacks, to say what it is and how it may be reused:\n{en}",
        )


def _lacking(package: Package, changelog: Path) -> Iterator[Text]:
    names = ", ".join(f"`{name}`" for name in _REQUIRED if not package.descriptor.get(name))
    if names:
        yield Text(
            f"dans datapackage.json, à ajouter\u00a0: {names}",
            f"in datapackage.json, to add: {names}",
        )
    left = ", ".join(f"`{visible(place, 200)}`" for place in left_to_fill(package.descriptor))
    if left:
        yield Text(
            f"dans datapackage.json, encore à remplir\u00a0: {left}",
            f"in datapackage.json, still to be filled in: {left}",
        )
    if not changelog.is_file():
        version = visible(package.version or "1.0.0", 40)
        yield Text(
            f"{changelog.name}, à côté de datapackage.json\u00a0: écrivez-y, sous un titre "
            f"«\u00a0## {version}\u00a0», ce qui a changé",
            f"{changelog.name}, beside datapackage.json: write there, under a heading "
            f"“## {version}”, what changed",
        )
