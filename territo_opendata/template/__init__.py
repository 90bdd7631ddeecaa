"""Files to start from: a header, an example row, and in a workbook lists to choose from and help."""

from territo_opendata.template.plain import plain_template
from territo_opendata.template.workbook import workbook_template

__all__ = ["plain_template", "workbook_template"]
