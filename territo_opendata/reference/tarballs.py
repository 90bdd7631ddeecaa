"""The packages that the reference is made from: fetched by name, kept only if the digest fits."""

import hashlib
import json
import shutil
import subprocess
import sys
import tarfile
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from territo_opendata.errors import DescriptorError, MismatchError, RemoteError

PINS = Path(__file__).with_name("tarballs.json")
_TIMEOUT_SECONDS = 300
_MEMBER_LIMIT = 64 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Pin:
    """One package of a registry, held by version and digest."""

    client: str
    """Registry client that fetches it: `npm` or `pip`."""
    package: str
    version: str
    millesime: int
    """Vintage of the Code officiel géographique that it holds."""
    sha256: str

    @property
    def file_name(self) -> str:
        """Name under which the registry client leaves the file."""
        plain = self.package.removeprefix("@").replace("/", "-")
        suffix = ".tgz" if self.client == "npm" else "-py3-none-any.whl"
        return f"{plain}-{self.version}{suffix}"


def read_pins(path: Path = PINS) -> tuple[Pin, ...]:
    """Return the pinned packages, as committed; raises DescriptorError on a broken file."""
    names = Pin.__dataclass_fields__
    try:
        entries = json.loads(path.read_text(encoding="utf-8"))
        return tuple(Pin(**{name: entry[name] for name in names}) for entry in entries)
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise DescriptorError(
            f"« {path.name} », la liste des paquets de la référence, est illisible : {error}.",
            f"“{path.name}”, the list of the reference's packages, cannot be read: {error}.",
        ) from error


def fetch(pin: Pin, directory: Path) -> bytes:
    """Return the bytes of the pinned package, kept in `directory` for the next time.

    Raises RemoteError when the registry client is missing or fails, and MismatchError when what
    it brings is not what was pinned; nothing of such a package is read.
    """
    path = directory / pin.file_name
    if not path.is_file():
        directory.mkdir(parents=True, exist_ok=True)
        _run(_command(pin, directory), pin, directory)
    try:
        content = path.read_bytes()
    except OSError as error:
        raise _unreachable(pin, f"« {path.name} » absent après le téléchargement") from error
    _verify(content, pin, path)
    return content


def _verify(content: bytes, pin: Pin, path: Path) -> None:
    found = hashlib.sha256(content).hexdigest()
    if found == pin.sha256:
        return
    path.unlink(missing_ok=True)
    raise MismatchError(
        f"Le paquet {pin.package} {pin.version} n'est pas celui qui est attendu : son empreinte "
        f"SHA-256 est {found}, au lieu de {pin.sha256}. Il n'a pas été lu. Vérifiez d'où il vient "
        f"avant de changer « {PINS.name} ».",
        f"Package {pin.package} {pin.version} is not the expected one: its SHA-256 is {found}, "
        f"not {pin.sha256}. It was not read. Find out where it comes from before you change "
        f"“{PINS.name}”.",
    )


def _command(pin: Pin, directory: Path) -> list[str]:
    if pin.client == "npm":
        npm = shutil.which("npm")
        if npm is None:
            raise _missing_client("npm", pin)
        wanted = f"{pin.package}@{pin.version}"
        return [npm, "pack", "--silent", "--ignore-scripts", wanted]
    wanted = f"{pin.package}=={pin.version}"
    options = ["download", "--quiet", "--no-deps", "--only-binary", ":all:", "--dest"]
    return [*_pip(pin), *options, str(directory.resolve()), wanted]


def _pip(pin: Pin) -> list[str]:
    """Return how to call pip: environments made by some tools have none of their own."""
    from importlib.util import find_spec

    if find_spec("pip") is not None:
        return [sys.executable, "-m", "pip", "--disable-pip-version-check"]
    pip = shutil.which("pip3") or shutil.which("pip")
    if pip is None:
        raise _missing_client("pip", pin)
    return [pip, "--disable-pip-version-check"]


def _run(command: Sequence[str], pin: Pin, directory: Path) -> None:
    try:
        done = subprocess.run(  # noqa: S603 - the words are ours and the pinned names
            command,
            cwd=directory,
            capture_output=True,
            text=True,
            errors="replace",
            timeout=_TIMEOUT_SECONDS,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise _unreachable(pin, type(error).__name__) from error
    if done.returncode != 0:
        said = (done.stderr.strip() or done.stdout.strip()).splitlines()
        raise _unreachable(pin, said[-1][:200] if said else f"code {done.returncode}")


def _missing_client(client: str, pin: Pin) -> RemoteError:
    return RemoteError(
        f"Le programme « {client} », qui télécharge {pin.package}, est introuvable. Installez-le, "
        "puis recommencez.",
        f"The program “{client}”, which downloads {pin.package}, was not found. Install it and "
        "try again.",
    )


def _unreachable(pin: Pin, cause: str) -> RemoteError:
    return RemoteError(
        f"Le paquet {pin.package} {pin.version} n'a pas pu être téléchargé avec {pin.client} : "
        f"{cause}. Vérifiez la connexion (et le mandataire, s'il y en a un), puis recommencez.",
        f"Package {pin.package} {pin.version} could not be downloaded with {pin.client}: {cause}. "
        "Check the connection (and the proxy, if any) and try again.",
    )


def read_members(content: bytes, names: Sequence[str]) -> dict[str, bytes]:
    """Return these regular files of a verified `.tgz` or wheel; nothing is unpacked to disk.

    Raises MismatchError when one is not there, or has more than 64 MB.
    """
    is_zip = content.startswith(b"PK")
    try:
        found = _from_wheel(content, names) if is_zip else _from_tar(content, names)
    except (KeyError, tarfile.TarError, zipfile.BadZipFile, OSError, EOFError) as error:
        raise _no_member(", ".join(names)) from error
    for name in names:
        if name not in found:
            raise _no_member(name)
    return found


def _from_tar(content: bytes, names: Sequence[str]) -> dict[str, bytes]:
    found = {}
    with tarfile.open(fileobj=BytesIO(content), mode="r:gz") as archive:
        for member in archive:
            if member.name in names and member.isreg() and member.size <= _MEMBER_LIMIT:
                stream = archive.extractfile(member)
                found[member.name] = stream.read() if stream else b""
    return found


def _from_wheel(content: bytes, names: Sequence[str]) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(content)) as archive:
        fitting = [name for name in names if archive.getinfo(name).file_size <= _MEMBER_LIMIT]
        return {name: archive.read(name) for name in fitting}


def _no_member(name: str) -> MismatchError:
    return MismatchError(
        f"Le paquet ne contient pas le fichier attendu « {name} ».",
        f"The package does not hold the expected file “{name}”.",
    )
