"""Set everything up, then validate, build, publish to a local folder and verify."""

import os

from environment import ROOT, prepare, run

CATALOGUE = ROOT / "dist" / "catalogue"


def main() -> None:
    """Run the main job from a fresh clone, and say how to open what it made."""
    programs = prepare()
    target = f"folder:{CATALOGUE}"
    for arguments in (
        ["validate"],
        ["build"],
        ["publish", "--to", target, "--yes"],
        ["verify", "--to", target],
    ):
        print(f"\n$ territo {' '.join(arguments)}", flush=True)
        run([str(programs / "territo"), *arguments])
    print(f"\nLe catalogue est prêt. Ouvrez-le dans un navigateur :\n  {CATALOGUE / 'index.html'}")
    python = "python" if os.name == "nt" else "python3"
    print(f"ou servez-le :  {python} -m http.server --directory dist/catalogue 8000")


if __name__ == "__main__":
    main()
