"""Which certificates are trusted: the system's, those that requests brings, and the user's own.

An administration's proxy often signs what it carries with a certificate of its own, which its
computers are given with the system: a list that comes with a library alone would refuse it.
"""

import contextlib
import functools
import os
import ssl
import sys

VARIABLES = ("REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE", "SSL_CERT_FILE")
"""The variables that name a file of certificates; the first two are read by requests."""


def trusted() -> ssl.SSLContext:
    """Return the context for connections, to which requests adds its own certificates.

    There is one for what the variables say: those that one names stay with that context.
    """
    return _trusted(tuple(os.environ.get(name, "") for name in VARIABLES))


@functools.lru_cache(maxsize=1)
def _trusted(named: tuple[str, ...]) -> ssl.SSLContext:
    if sys.platform != "darwin":
        # OpenSSL reads those of Linux, and Python hands it those of the stores of Windows.
        return ssl.create_default_context()
    return _of_the_keychain(named[-1])


def _of_the_keychain(added: str) -> ssl.SSLContext:
    """Return a context that asks macOS, where truststore is installed and can, else OpenSSL's."""
    try:
        import truststore
    except ImportError:
        return ssl.create_default_context()
    context: ssl.SSLContext = truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    if added:
        with contextlib.suppress(OSError):  # what cannot be read adds nothing
            context.load_verify_locations(added)
    return context
