"""Published tables as data frames, typed by their schema."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, get_args, overload

from territo_opendata.errors import UsageError
from territo_opendata.frames.opening import Tables, opened_package, read_tables, schema_of, table_of
from territo_opendata.language import visible

if TYPE_CHECKING:
    import duckdb
    import pandas as pd
    import polars as pl

Engine = Literal["pandas", "polars", "duckdb"]


@overload
def load(
    table: str, package: str | Path | None = None, engine: Literal["pandas"] = "pandas"
) -> "pd.DataFrame": ...
@overload
def load(
    table: str, package: str | Path | None = None, *, engine: Literal["polars"]
) -> "pl.DataFrame": ...
@overload
def load(
    table: str, package: str | Path | None = None, *, engine: Literal["duckdb"]
) -> "duckdb.DuckDBPyRelation": ...


def load(table: str, package: str | Path | None = None, engine: Engine = "pandas") -> Any:
    """Return a table as a data frame.

    `package` is where its data package is: a release folder, a published folder, a file://  or
    http(s) base, or any folder with a `datapackage.json`; by default the package that is
    installed with the library. What a package gives digests of is checked against them.

    `engine` says what comes back: a pandas data frame, a polars one, or a relation of DuckDB (from
    the extra `duckdb`), on which SQL goes on. Types with pandas, all of which know missing values (the schema's `missingValues`):

    =============================  =================================================
    integer, year                  Int64
    number                         Float64 (see `NUMBER_TYPE`)
    boolean                        boolean
    date                           datetime64[s], at midnight
    datetime                       datetime64[us], in UTC where the text has a zone
    time                           object (datetime.time)
    anything else                  str, the text as it stands
    =============================  =================================================

    A column of which one value has no exact form in its type (an integer over 64 bits, a number over 1.8E308) stays str.
    A date that may be a year or a month (`PARTIAL_DATE`) stays str and is followed by two
    columns, `…_min` and `…_max`: its first and last day, datetime64[s], missing for a day that
    does not exist. `attrs` says what was loaded: `table`, `title`, `package`, `version`, `types`
    (the schema's type of each column) and `number_type`.

    Raises UsageError for a table that the package has not, MissingFileError or RemoteError when
    the package cannot be read, MismatchError when it was altered, InvalidDataError when the file
    does not have the columns of its schema.
    """
    if engine not in get_args(Engine):
        known = ", ".join(get_args(Engine))
        raise UsageError(
            f"« {visible(str(engine))} » n’est pas un moteur connu : {known}.",
            f"“{visible(str(engine))}” is no known engine: {known}.",
        )
    with opened_package(table, package) as opened:
        resource = table_of(opened, table)
        if engine == "polars":
            from territo_opendata.frames.in_polars import polars_frame

            return polars_frame(resource)
        if engine == "duckdb":
            from territo_opendata.frames.in_duckdb import duckdb_relation

            return duckdb_relation(resource)
        from territo_opendata.frames.in_pandas import NUMBER_TYPE, pandas_frame

        frame = pandas_frame(resource)
        frame.attrs = {
            "table": resource.name,
            "title": resource.title,
            "package": opened.name,
            "version": opened.version,
            "types": {field.name: field.type for field in schema_of(resource).fields},
            "number_type": NUMBER_TYPE,
        }
        return frame


@dataclass(frozen=True, slots=True)
class OpenPackage:
    """A data package to load tables from."""

    about: Tables

    @property
    def name(self) -> str:
        """Its name."""
        return self.about.name

    @property
    def version(self) -> str | None:
        """Its version."""
        return self.about.version

    @property
    def tables(self) -> tuple[str, ...]:
        """The names of its tables, in the order of its descriptor."""
        return self.about.tables

    def load(self, table: str, engine: Engine = "pandas") -> Any:
        """Return one of its tables; see `load`."""
        if engine == "pandas":
            return load(table, self.about.place)
        if engine == "polars":
            return load(table, self.about.place, engine="polars")
        return load(table, self.about.place, engine="duckdb")


def open_package(package: str | Path | None = None) -> OpenPackage:
    """Return the data package at a folder or address, its data unread; by default the installed one.

    Raises MissingFileError or RemoteError when it cannot be read, DescriptorError when it is none.
    """
    return OpenPackage(read_tables(package))
