"""Findings that a project knows of and accepts: for a while (waivers), or until mended (baseline)."""

from territo_opendata.accepted.apply import Accepted, apply
from territo_opendata.accepted.baseline import Baseline, make_baseline, parse_baseline, render

__all__ = ["Accepted", "Baseline", "apply", "make_baseline", "parse_baseline", "render"]
