"""Patterns for a columnar screen, which may send a good text on but never passes a bad one."""

from territo_opendata.patterns.syntax import UnknownSyntaxError, parse


def narrow(pattern: str) -> str | None:
    r"""Return a pattern for the regex crate of Rust that accepts none but texts `pattern` accepts.

    It holds its own anchors. It may refuse good texts: letters and digits beyond Latin, a newline
    at the end, options that cannot be written. None when nothing useful can be written.
    Raises PatternError when `re` cannot read the pattern.
    """
    # Small files are judged without it.
    from territo_opendata.patterns.rewrite import narrowed

    try:
        return narrowed(parse(pattern))
    except UnknownSyntaxError:
        return None
