"""Validation as one call, for those who work in Python."""

import os
from pathlib import Path

from territo_opendata.findings import Report
from territo_opendata.validate.inputs import Options
from territo_opendata.workflow.validation import validate_files, validate_package

Name = str | os.PathLike[str]


def validate(
    *files: Name,
    schema: Name | None = None,
    package: Name | None = None,
    options: Options | None = None,
) -> Report:
    """Return the report on these files, or on the whole `package` (a `datapackage.json`).

    `schema` is the name of a schema that comes along, a path or an address; without it, each
    file is checked by the schema of the package that it belongs to. Without files or package,
    the package of the current folder is checked. Bad data never raises; a broken schema or a
    missing file raises a TerritoError.
    """
    if files:
        named = None if schema is None else os.fspath(schema)
        return validate_files([os.fspath(each) for each in files], schema=named, options=options)
    return validate_package(None if package is None else Path(package), options=options)
