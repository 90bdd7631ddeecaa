"""Release folders brought to targets: planned, applied, read back, fetched again."""

from territo_opendata.publish.apply import apply_plan
from territo_opendata.publish.describe import describe, describe_verification
from territo_opendata.publish.get import Got, get_package, verify_source
from territo_opendata.publish.interface import Target
from territo_opendata.publish.model import Consent, Outcome, Plan, Verification
from territo_opendata.publish.plan_file import load_plan, save_plan
from territo_opendata.publish.planning import make_plan, target_of
from territo_opendata.publish.targets import check_address, parse_target
from territo_opendata.publish.verify import verify_target

__all__ = [
    "Consent",
    "Got",
    "Outcome",
    "Plan",
    "Target",
    "Verification",
    "apply_plan",
    "check_address",
    "describe",
    "describe_verification",
    "get_package",
    "load_plan",
    "make_plan",
    "parse_target",
    "save_plan",
    "target_of",
    "verify_source",
    "verify_target",
]
