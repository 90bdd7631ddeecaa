"""Keywords as CKAN's tags: letters, digits, space, `-`, `_` and `.`, 2 to 100 of them.

See `tag_name_validator` and `tag_length_validator` in CKAN's `logic/validators.py`.
"""

import re
from collections.abc import Iterable

_SHORTEST, _LONGEST = 2, 100


def normal_tag(keyword: str) -> str | None:
    """Return the keyword as a tag, None when no tag can stand for it."""
    tag = " ".join(re.sub(r"[^\w \-.]", " ", keyword).split())[:_LONGEST].rstrip()
    return tag if len(tag) >= _SHORTEST else None


def normal_tags(keywords: Iterable[str]) -> list[str]:
    """Return the tags for these keywords, each once, sorted as CKAN gives them back."""
    found = {tag for tag in map(normal_tag, keywords) if tag}
    return sorted(found)
