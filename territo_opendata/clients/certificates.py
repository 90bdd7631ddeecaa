"""Which certificates are trusted: the system's, those that requests brings, and the user's own.

An administration's proxy often signs what it carries with a certificate of its own, which its
computers are given with the system: a list that comes with a library alone would refuse it.
"""

import contextlib
import os
import ssl
import sys

VARIABLES = ("REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE", "SSL_CERT_FILE")
"""The variables that name a file of certificates; the first two are read by requests."""


def trusted() -> ssl.SSLContext:
    """Return a context of its own for a session: requests adds its certificates to it."""
    context = _of_the_system()
    added = os.environ.get("SSL_CERT_FILE")
    if added and sys.platform != "linux":
        # On Linux the system reads this variable by itself. What cannot be read adds nothing.
        with contextlib.suppress(OSError):
            context.load_verify_locations(added)
    return context


def _of_the_system() -> ssl.SSLContext:
    try:
        import truststore
    except (
        ImportError
    ):  # absent, or a system too old for it; then the keychain of macOS is not read
        return ssl.create_default_context()
    return truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
