"""What a test knows of the test portals, and the few calls it makes around ours."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import requests

PUBLISHER = "ville-de-test"
"""The organisation that "editor" publishes for; so it does for "agglomeration-de-test"."""


@dataclass(frozen=True)
class Portal:
    """A running portal. `tokens` by part: admin, editor, member, stranger, expired, revoked…

    "member" belongs to the organisations of "editor" but may not publish for them.
    """

    kind: str
    url: str
    tokens: Mapping[str, str]
    state: Mapping[str, Any]

    @property
    def target(self) -> str:
        """The portal as `--to` takes it."""
        return f"{self.kind}:{self.url}"

    def ask(self, method: str, path: str, who: str | None = None, **options: Any) -> Any:
        """Return the JSON answer to one request, made as `who` (None: as anybody)."""
        header = {"ckan": "Authorization", "udata": "X-API-KEY"}[self.kind]
        headers = {header: self.tokens[who]} if who else {}
        with requests.Session() as session:
            session.trust_env = False
            answer = session.request(
                method, f"{self.url}{path}", headers=headers, timeout=60, **options
            )
        assert answer.status_code < 400, (method, path, answer.status_code, answer.text[:500])
        return answer.json() if answer.content else None


@dataclass(frozen=True)
class Ckan(Portal):
    """A running CKAN; at `small_url` the same one refuses uploads of more than 1 MB."""

    small_url: str

    def act(self, action: str, who: str | None = "admin", **values: Any) -> Any:
        """Return the result of one action."""
        return self.ask("POST", f"/api/3/action/{action}", who, json=values)["result"]

    def datasets(self) -> list[dict[str, Any]]:
        """Return all datasets, drafts and private ones included."""
        found = self.act(
            "package_search",
            fq="state:(active OR draft OR deleted)",
            rows=1000,
            include_private=True,
            include_drafts=True,
            include_deleted=True,
        )
        return list(found["results"])

    def purge(self) -> None:
        """Forget all datasets."""
        for each in self.datasets():
            self.act("dataset_purge", id=each["id"])


@dataclass(frozen=True)
class Udata(Portal):
    """A running udata; `organizations` gives their ids."""

    organizations: Mapping[str, str]

    def datasets(self) -> list[dict[str, Any]]:
        """Return all datasets of all organisations but deleted ones, private ones included."""
        return [
            each
            for organization in self.organizations.values()
            for each in self.ask(
                "GET",
                "/api/1/datasets/",
                "admin",
                params={"organization": organization, "deleted": "false", "page_size": 100},
            )["data"]
        ]

    def purge(self) -> None:
        """Forget all datasets."""
        with requests.Session() as session:
            session.trust_env = False
            session.delete(self.state["catalogue_url"], timeout=60).raise_for_status()
