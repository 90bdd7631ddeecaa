"""Print the commands of the README's first two `sh` blocks, one a line."""

import re
from pathlib import Path

README = Path(__file__).parents[1] / "README.md"


def main() -> None:
    """Print them, and fail when they are not one command each."""
    blocks = re.findall(r"^```sh\n(.*?)^```", README.read_text("utf-8"), re.MULTILINE | re.DOTALL)[
        :2
    ]
    lines = [block.strip() for block in blocks]
    if len(lines) != 2 or any("\n" in line or not line for line in lines):
        raise SystemExit("README.md must begin with two `sh` blocks of one command each")
    print("\n".join(lines))


if __name__ == "__main__":
    main()
