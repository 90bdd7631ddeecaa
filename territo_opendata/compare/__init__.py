"""Two packages or tables compared: what differs, and what it asks of the version."""

from territo_opendata.compare.changelog import changelog_entry
from territo_opendata.compare.describe import describe_comparison, reason_lines
from territo_opendata.compare.model import Comparison, Level, SideName
from territo_opendata.compare.packages import compare_packages
from territo_opendata.compare.record import render_record, to_dict
from territo_opendata.compare.schemas import schema_comparison
from territo_opendata.compare.sides import FileSide, PackageSide, TableSide, TableText
from territo_opendata.compare.versions import comparison_level, is_enough, least_version

__all__ = [
    "Comparison",
    "FileSide",
    "Level",
    "PackageSide",
    "SideName",
    "TableSide",
    "TableText",
    "changelog_entry",
    "compare_packages",
    "comparison_level",
    "describe_comparison",
    "is_enough",
    "least_version",
    "reason_lines",
    "render_record",
    "schema_comparison",
    "to_dict",
]
