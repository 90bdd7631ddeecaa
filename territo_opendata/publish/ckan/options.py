"""How a release is to be published to a CKAN."""

import dataclasses
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Options:
    """What the user asks for.

    `organization` None is that of the dataset that is there, or the only one that the token may
    publish for. `token_env` is the variable that holds the token. `check_files` reads the
    published files, rather than to trust the digests that the portal gives of them. `read_only`
    promises that nothing will be written: then no right is asked for.
    """

    organization: str | None = None
    private: bool = False
    token_env: str | None = None
    check_files: bool = False
    read_only: bool = False

    def settings(self) -> dict[str, str | bool]:
        """Return what a saved plan must keep to be carried out alike."""
        chosen = dataclasses.asdict(self)
        return {key: value for key, value in chosen.items() if value and key != "read_only"}
