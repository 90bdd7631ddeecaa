"""Write the key hashes of the large shipped tables; with --check, fail when they are stale."""

import sys

from territo_opendata import project
from territo_opendata.descriptors.shipped import data_folder
from territo_opendata.reference.known_keys import KEYED, keys_path, render_hashes
from territo_opendata.tables.source import file_source
from territo_opendata.validate.inputs import TableInput
from territo_opendata.validate.references import read_members


def main() -> None:
    """Write the files, or check them."""
    for name, fields in KEYED.items():
        resource = project.builtin_package().resource(name)
        assert resource is not None and resource.schema is not None  # noqa: PT018, S101 (shipped)
        path = data_folder() / resource.paths[0]
        table = TableInput(name, file_source(name, path), resource.schema, resource.dialect)
        made = render_hashes(name, read_members(table, fields).hashes, path)
        if "--check" not in sys.argv:
            keys_path(name).write_bytes(made)
        elif not keys_path(name).is_file() or keys_path(name).read_bytes() != made:
            sys.exit(f"{keys_path(name).name} is not fresh: run scripts/reference_keys.py")


if __name__ == "__main__":
    main()
