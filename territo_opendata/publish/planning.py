"""From a target to its plan, and from a saved plan back to its target."""

import dataclasses
from pathlib import Path

from territo_opendata.publish.diff import diff
from territo_opendata.publish.interface import Target
from territo_opendata.publish.model import Consent, Plan
from territo_opendata.publish.plan_file import check_release
from territo_opendata.publish.targets import parse_target
from territo_opendata.release.history import unwritten


def make_plan(target: Target, given: frozenset[Consent] = frozenset()) -> Plan:
    """Return what has to change at the target. Writes nothing.

    `given` are the consents of the user: "removal" (--allow-removal), "version"
    (--allow-version); a plan that needs others is refused when it is applied.
    """
    current = target.read()
    plan = diff(target.desire(current), current, given)
    said = None if plan.empty else unwritten(Path(plan.release), plan.version)
    return dataclasses.replace(plan, notes=(*plan.notes, said)) if said else plan


def target_of(plan: Plan) -> Target:
    """Return the target of a saved plan. Raises StalePlanError when its release changed."""
    return parse_target(plan.target, check_release(plan), plan.settings)
