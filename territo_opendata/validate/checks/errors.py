"""Why a check that a schema asks for cannot be made: for the schema's author, not the steward."""

from territo_opendata.language import Text


class UnknownCheckError(Exception):
    """No check has this name; `nearest` is the one probably meant, None when none is close."""

    def __init__(self, name: str, nearest: str | None) -> None:
        super().__init__(name)
        self.name = name
        self.nearest = nearest


class CheckParamsError(Exception):
    """The parameters of the check `name` make no sense; `reason` says which and why."""

    def __init__(self, name: str, reason: Text) -> None:
        super().__init__(f"{name}: {reason.en}")
        self.name = name
        self.reason = reason
