"""From a release to a target: plan, publish, verify."""

import dataclasses
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from territo_opendata.errors import UsageError
from territo_opendata.language import visible
from territo_opendata.publish import (
    Consent,
    Outcome,
    Plan,
    Target,
    Verification,
    apply_plan,
    check_address,
    load_plan,
    make_plan,
    parse_target,
    target_of,
    verify_source,
    verify_target,
)
from territo_opendata.publish.interface import UploadWatcher, unwatched
from territo_opendata.release import Release, open_release
from territo_opendata.settings import load_settings
from territo_opendata.validate.inputs import Progress
from territo_opendata.workflow.comparison import check_version
from territo_opendata.workflow.release import build, package_path
from territo_opendata.workflow.validation import silent


@dataclass(frozen=True, slots=True)
class Publication:
    """What is to be published where.

    `to` is a target (`folder:PATH`, `ckan:URL`) or a name of territo.toml; `release` a folder that `build`
    made, by default what it makes of the package here; `consents` what the user agrees to;
    `key` pairs the rows of a table without a primary key, to tell how much changed;
    `check_files` reads what is published rather than to trust the digests that a portal gives.
    """

    to: str
    release: Path | None = None
    base_url: str | None = None
    organization: str | None = None
    private: bool = False
    check_files: bool = False
    key: tuple[str, ...] = ()
    consents: frozenset[Consent] = frozenset()


@dataclass(frozen=True, slots=True)
class Prepared:
    """A target and the plan that brings it up to date."""

    target: Target
    plan: Plan


def prepare(asked: Publication, *, progress: Progress = silent) -> Prepared:
    """Return what publishing would change. Writes nothing at the target.

    Raises UsageError for an unknown target, what `build` raises when the package here is not fit
    for a release, and RefusedError for a version too low for what changes (`check_version`).
    """
    target = open_target(asked, progress=progress)
    plan = make_plan(target, asked.consents)
    check_version(plan, target, asked.key)
    return Prepared(target, plan)


def prepare_saved(path: Path) -> Prepared:
    """Return a saved plan and its target. Raises StalePlanError when its release changed."""
    plan = load_plan(path)
    return Prepared(target_of(plan), plan)


def publish(
    prepared: Prepared,
    on_outcome: Callable[[Outcome], None] | None = None,
    on_upload: UploadWatcher = unwatched,
) -> tuple[Outcome, ...]:
    """Make the changes of the plan; see `publish.apply.apply_plan`."""
    return apply_plan(prepared.plan, prepared.target, on_outcome, on_upload)


def verify(asked: Publication, *, progress: Progress = silent) -> Verification:
    """Read back everything published at the target and compare it with the release."""
    return verify_target(open_target(asked, progress=progress, read_only=True))


def verify_place(place: str, *, public_key: str | None = None) -> Verification:
    """Compare every file at `place` (a folder or address) with the digests it gives."""
    return verify_source(place, public_key=public_key)


def open_target(
    asked: Publication, *, progress: Progress = silent, read_only: bool = False
) -> Target:
    """Return the target of a publication, for the release that is to be published.

    One that is `read_only` needs no token, where what is published is public.
    """
    address, settings = _resolve(asked)
    check_address(address)
    settings["read_only"] = read_only
    return parse_target(address, _release(asked.release, progress), settings)


def _release(folder: Path | None, progress: Progress) -> Release:
    return open_release(folder) if folder else build(progress=progress).release


def _resolve(asked: Publication) -> tuple[str, dict[str, Any]]:
    """Return the address of the target and its settings, options over those of territo.toml."""
    settings: dict[str, Any] = {
        "base_url": asked.base_url,
        "organization": asked.organization,
        "private": asked.private or None,
        "check_files": asked.check_files or None,
    }
    if ":" in asked.to:
        return asked.to, settings
    folder = package_path().parent if asked.release is None else Path.cwd()
    targets = load_settings(folder).targets
    if asked.to not in targets:
        known = ", ".join(sorted(targets)) or "—"
        raise UsageError(
            f"« {visible(asked.to)} » n’est ni une cible (folder:CHEMIN) ni un nom de "
            f"[targets] dans territo.toml (noms connus : {known}).",
            f"“{visible(asked.to)}” is neither a target (folder:PATH) nor a name of [targets] "
            f"in territo.toml (known names: {known}).",
        )
    named = dataclasses.asdict(targets[asked.to])
    address = str(named.pop("to"))
    chosen = {name: value for name, value in settings.items() if value is not None}
    return address, {**named, **chosen}
