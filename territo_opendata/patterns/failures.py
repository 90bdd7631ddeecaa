"""What can go wrong with a pattern: it says nothing, or it takes too long to say it."""

from territo_opendata.errors import DescriptorError, IncompleteError
from territo_opendata.language import visible


class PatternError(DescriptorError):
    """A `pattern` that is no regular expression (`pattern`, `reason`), for the schema's author."""

    def __init__(self, pattern: str, reason: str) -> None:
        shown = visible(pattern)
        super().__init__(
            f"Le motif « {shown} » n’est pas une expression régulière : {reason}. "
            "Corrigez la propriété « pattern » du schéma.",
            f"The pattern “{shown}” is not a regular expression: {reason}. "
            "Correct the property “pattern” of the schema.",
        )
        self.pattern = pattern
        self.reason = reason


class OutOfTimeError(IncompleteError):
    """A text that `pattern` could not be tried on in the time and memory allowed: not checked."""

    def __init__(self, pattern: str) -> None:
        shown = visible(pattern)
        super().__init__(
            f"Le motif « {shown} » demande trop de temps ou de mémoire sur ces valeurs : règle non vérifiée. "
            "Simplifiez la propriété « pattern » du schéma (répétitions emboîtées).",
            f"The pattern “{shown}” takes too much time or memory on these values: rule not checked. "
            "Simplify the property “pattern” of the schema (nested repeats).",
        )
        self.pattern = pattern
