"""Why a connection failed, and what to do about it, from the errors of urllib3 and ssl."""

import os
import re
import ssl
from collections.abc import Iterator
from pathlib import Path

import urllib3

from territo_opendata.clients.addresses import shown
from territo_opendata.clients.certificates import VARIABLES
from territo_opendata.language import Text, visible

RETRY = Text("Vérifiez l’adresse, puis réessayez", "Check the address, then try again")
_PROXY = Text(
    "Vérifiez la variable HTTPS_PROXY (ou HTTP_PROXY) auprès de votre service informatique",
    "Check the variable HTTPS_PROXY (or HTTP_PROXY) with your IT department",
)
_AUTHORITY = Text(
    "Si votre réseau passe par un serveur mandataire qui signe lui-même, demandez son certificat "
    "(un fichier .pem) à votre service informatique et nommez ce fichier dans la variable REQUESTS_CA_BUNDLE",
    "If your network has a proxy that signs by itself, ask your IT department for its certificate "
    "(a .pem file) and name that file in the variable REQUESTS_CA_BUNDLE",
)
_CLOCK = Text(
    "Vérifiez la date de cet ordinateur ; si elle est juste, prévenez qui tient ce serveur",
    "Check the date of this computer; if it is right, tell whoever keeps that server",
)
_SIGN_IN = Text(
    "Donnez-les dans la variable HTTPS_PROXY : http://nom:motdepasse@serveur:port",
    "Give them in the variable HTTPS_PROXY: http://name:password@server:port",
)
PROXY_SIGN_IN = (
    Text(
        "le serveur mandataire (proxy) demande un nom et un mot de passe (407)",
        "the proxy asks for a name and a password (407)",
    ),
    _SIGN_IN,
)
BAD_PROXY = (
    Text(
        "l’adresse du serveur mandataire (proxy) est mal écrite ou d’une sorte inconnue",
        "the address of the proxy is malformed or of an unknown kind",
    ),
    _PROXY,
)
_TUNNEL = re.compile(r"Tunnel connection failed: (\d{3})")
_EXPIRED, _OTHER_NAME = 10, 62  # X509_V_ERR_CERT_HAS_EXPIRED, X509_V_ERR_HOSTNAME_MISMATCH
_DAMAGE = (
    urllib3.exceptions.ProtocolError,
    urllib3.exceptions.InvalidHeader,
    urllib3.exceptions.DecodeError,
)


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    """Yield the error and those behind it, outermost first; requests wraps them three deep."""
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        yield error
        inner = getattr(error, "original_error", None) or getattr(error, "reason", None)
        inner = inner or next(
            (each for each in error.args if isinstance(each, BaseException)), None
        )
        error = inner if isinstance(inner, BaseException) else error.__cause__


def why(error: Exception) -> tuple[Text, Text]:
    """Return the cause and the remedy, both without a full stop. No proxy's password is in them."""
    chain = list(_causes(error))
    if any(isinstance(each, urllib3.exceptions.ProxyError) for each in chain):
        return _of_the_proxy(chain)
    if any(isinstance(each, ssl.SSLError | urllib3.exceptions.SSLError) for each in chain):
        return _of_the_certificate(chain)
    if any(_is_late(each) for each in chain):
        return Text("pas de réponse à temps", "no answer in time"), RETRY
    if any(isinstance(each, _DAMAGE) for each in chain):
        return Text("la réponse est coupée ou abîmée", "the answer is damaged"), RETRY
    return _of_a_missing_bundle() or (Text("pas de connexion", "no connection"), RETRY)


def _is_late(error: BaseException) -> bool:
    # A refused connection is a kind of timeout to urllib3.
    return isinstance(error, urllib3.exceptions.TimeoutError | TimeoutError) and not isinstance(
        error, urllib3.exceptions.NewConnectionError
    )


def sentences(url: str, cause: Text, remedy: Text = RETRY) -> tuple[str, str]:
    """Return the message in both languages."""
    return (
        f"« {shown(url)} » n’a pas pu être lue : {cause.fr}. {remedy.fr}.",
        f"“{shown(url)}” could not be read: {cause.en}. {remedy.en}.",
    )


def _of_the_proxy(chain: list[BaseException]) -> tuple[Text, Text]:
    status = next((found[1] for each in chain if (found := _TUNNEL.search(str(each)))), None)
    if status == "407":
        return PROXY_SIGN_IN
    if status is not None:
        cause = Text(
            f"le serveur mandataire (proxy) refuse cette adresse ({status})",
            f"the proxy refuses this address ({status})",
        )
        return cause, _PROXY
    if any(isinstance(each, ssl.SSLError) for each in chain):
        return _of_the_certificate(chain)
    return Text("le serveur mandataire (proxy) ne répond pas", "the proxy does not answer"), _PROXY


def _of_the_certificate(chain: list[BaseException]) -> tuple[Text, Text]:
    found = [each for each in chain if isinstance(each, ssl.SSLCertVerificationError)]
    code = found[0].verify_code if found else None
    if code == _EXPIRED:
        return Text("son certificat a expiré", "its certificate has expired"), _CLOCK
    if code == _OTHER_NAME:
        cause = Text(
            "son certificat est celui d’un autre serveur", "its certificate is another server’s"
        )
        return cause, RETRY
    if not found:
        return Text("la connexion chiffrée a échoué", "the encrypted connection failed"), _AUTHORITY
    return Text("son certificat n’est pas reconnu", "its certificate is not trusted"), _AUTHORITY


def _of_a_missing_bundle() -> tuple[Text, Text] | None:
    for name in VARIABLES:
        place = os.environ.get(name)
        if place and not Path(place).exists():
            told = visible(place, 200)
            cause = Text(
                f"le fichier de certificats « {told} », que nomme {name}, n’existe pas",
                f"the file of certificates “{told}”, which {name} names, does not exist",
            )
            return cause, Text("Corrigez cette variable", "Correct that variable")
    return None
