"""Signatures of releases, in minisign's format (https://jedisct1.github.io/minisign/).

What is signed is SHA256SUMS, and so every file that it lists. The trusted comment names the
release and bears no time, so that a release built again is signed with the same bytes.
"""

from pathlib import Path
from typing import Any

from territo_opendata.errors import MismatchError, MissingFileError, UsageError
from territo_opendata.language import visible

PASSWORD_VARIABLE = "TERRITO_SIGN_PASSWORD"  # noqa: S105 - the name of a variable
_MAX_KEY = 10_000


def sign(checksums: bytes, key: Path, password: str | None, comment: str) -> bytes:
    """Return the signature of SHA256SUMS by the secret key in the file `key`.

    `password` opens an encrypted key. Raises MissingFileError when the key cannot be read,
    UsageError when it is none, or when the password is missing or wrong.
    """
    minisign = _library()
    try:
        with minisign.SecretKey.from_bytes(_read(key)) as secret:
            if secret.is_encrypted():
                secret.decrypt(_password(key, password))
            signed = secret.sign(
                checksums, untrusted_comment="signature of SHA256SUMS", trusted_comment=comment
            )
            return bytes(signed) + b"\n"
    except minisign.Error as error:
        raise UsageError(
            f"« {key} » ne peut pas signer ({error}) : vérifiez la clé et {PASSWORD_VARIABLE}.",
            f"“{key}” cannot sign ({error}): check the key and {PASSWORD_VARIABLE}.",
        ) from error


def check_signature(checksums: bytes, signature: bytes | None, key: str) -> str:
    """Return the trusted comment of a signature of SHA256SUMS by the public key `key`.

    `key` is the text of the key (56 characters) or the path of its file. Raises MismatchError
    when there is no signature or it is not of these bytes by this key, UsageError when `key` is
    no public key, MissingFileError when its file cannot be read.
    """
    public = _public_key(key)
    if signature is None:
        raise MismatchError(
            "Ce paquet n’est pas signé : rien ne prouve qui l’a publié.",
            "This package is not signed: nothing proves who published it.",
        )
    minisign = _library()
    try:
        signed = minisign.Signature.from_bytes(signature.rstrip(b"\n"))
        public.verify(checksums, signed)
    except (minisign.Error, UnicodeDecodeError) as error:
        raise MismatchError(
            "La signature n’est pas celle de cette clé sur ces fichiers. N’employez pas ce paquet, "
            "et demandez à qui le publie quelle est sa clé.",
            "The signature is not that of this key on these files. Do not use this package, "
            "and ask whoever publishes it which is their key.",
        ) from error
    return str(signed.trusted_comment)


def _public_key(key: str) -> Any:
    minisign = _library()
    try:
        if len(key) == 56 and not Path(key).exists():
            return minisign.PublicKey.from_base64(key)
        return minisign.PublicKey.from_bytes(_read(Path(key)).rstrip(b"\n"))
    except (minisign.Error, UnicodeDecodeError) as error:
        raise UsageError(
            f"« {visible(key, 300)} » n’est pas une clé publique de minisign : donnez son fichier (.pub) ou son texte.",
            f"“{visible(key, 300)}” is no public key of minisign: give its file (.pub) or its text.",
        ) from error


def _password(key: Path, password: str | None) -> str:
    if password is None:
        raise UsageError(
            f"La clé « {key} » est protégée : donnez son mot de passe dans {PASSWORD_VARIABLE}.",
            f"The key “{key}” is protected: give its password in {PASSWORD_VARIABLE}.",
        )
    return password


def _read(path: Path) -> bytes:
    try:
        with path.open("rb") as stream:
            return stream.read(_MAX_KEY)
    except OSError as error:
        raise MissingFileError(
            f"La clé « {path} » ne peut pas être lue : {error.strerror}.",
            f"The key “{path}” cannot be read: {error.strerror}.",
        ) from error


def _library() -> Any:
    try:
        import minisign
    except ImportError as error:
        raise UsageError(
            "Pour signer ou vérifier une signature, installez py-minisign : "
            'pip install "territo-opendata[sign]".',
            "To sign or to check a signature, install py-minisign: "
            'pip install "territo-opendata[sign]".',
        ) from error
    return minisign
