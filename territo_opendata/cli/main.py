"""The command line: from arguments to an exit code, without a traceback for a user's fault."""

import contextlib
import os
import sys
from collections.abc import Sequence

from territo_opendata.cli.console import prepare_streams, say
from territo_opendata.cli.languages import choose_language
from territo_opendata.errors import TerritoError
from territo_opendata.language import Language, Text, visible
from territo_opendata.refusals import reason

INTERRUPTED = 130
WRONG_USE = 2


def run(arguments: Sequence[str]) -> int:
    """Run `territo` with these arguments and return its exit code.

    0 valid or done · 1 invalid data or a mismatch · 2 wrong use or a broken descriptor ·
    3 could not be fully checked · 4 a portal or the network failed.
    """
    prepare_streams()
    language = choose_language(arguments, os.environ)
    try:
        return _dispatch(arguments, language)
    except TerritoError as error:
        say(
            f"territo : {error.say(language)}"
            if language == "fr"
            else f"territo: {error.say(language)}"
        )
        return error.exit_code
    except BrokenPipeError:
        # The reader of our output has gone (`| head`): nothing is left to say, to nobody.
        _stop_writing()
        return WRONG_USE
    except OSError as error:
        # Help goes to stdout by click, not by `show`; and no system is without its surprises.
        _stop_writing()
        say(_refused(error).say(language))
        return WRONG_USE
    except KeyboardInterrupt:
        say("Interrompu." if language == "fr" else "Interrupted.")
        return INTERRUPTED


def _stop_writing() -> None:
    """Let what is left to write to stdout go nowhere, at the end of the process too."""
    with contextlib.suppress(OSError, ValueError):  # a stream that is no file of the system
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _refused(error: OSError) -> Text:
    why = reason(error)
    where = "" if error.filename is None else f" « {visible(str(error.filename), 300)} »"
    there = where.replace("« ", "“").replace(" »", "”")
    return Text(
        f"territo : le système a refusé une lecture ou une écriture{where} : {why.fr}.",
        f"territo: the system refused a reading or a writing{there}: {why.en}.",
    )


def _dispatch(arguments: Sequence[str], language: Language) -> int:
    from click import ClickException

    from territo_opendata.cli.app import build_app, named_command
    from territo_opendata.cli.usage import usage_message

    app = build_app(language, named_command(arguments))
    try:
        result = app(list(arguments), prog_name="territo", standalone_mode=False)
    except ClickException as error:
        context = getattr(error, "ctx", None)
        command = context.command_path if context is not None else "territo"
        say(usage_message(error.format_message(), command, language))
        return WRONG_USE
    return result if isinstance(result, int) else 0
