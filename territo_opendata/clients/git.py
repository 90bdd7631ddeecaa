"""What changed in a git working tree since a revision."""

import os
import re
import subprocess
from pathlib import Path

from territo_opendata.errors import UsageError
from territo_opendata.language import visible

_TIMEOUT = 60


class GitTree:
    """The working tree that holds `folder`, compared with a revision of it.

    Raises UsageError when git is missing, `folder` is in no working tree, or `revision` names
    no commit of it.
    """

    def __init__(self, folder: Path, revision: str) -> None:
        self._folder = folder
        self.revision = revision
        self.root = Path(self._ask("rev-parse", "--show-toplevel").rstrip("\n"))
        if revision == "HEAD" and self._run("rev-parse", "--verify", "-q", "HEAD").returncode:
            # Before the first commit, everything is new.
            self._commit = self._ask("hash-object", "-t", "tree", os.devnull).strip()
            return
        spoken = f"{revision}^{{commit}}"
        self._commit = self._ask(
            "rev-parse", "--verify", "--quiet", "--end-of-options", spoken
        ).strip()

    def changed(self) -> frozenset[Path]:
        """Return the absolute paths of the files added, changed or deleted since, staged or not.

        New files that git does not track yet count, those that it ignores do not.
        """
        listed = self._ask(
            "diff", "--name-only", "--no-renames", "--no-ext-diff", "-z", self._commit, "--"
        )
        listed += self._ask("ls-files", "--others", "--exclude-standard", "-z", "--full-name", ":/")
        return frozenset(self.root / name for name in listed.split("\0") if name)

    def before(self, path: Path) -> bytes | None:
        """Return what the file held at the revision, None when it was not there."""
        name = path.absolute().resolve().relative_to(self.root.resolve()).as_posix()
        done = self._run("cat-file", "blob", f"{self._commit}:{name}")
        return done.stdout if done.returncode == 0 else None

    def tags(self) -> list[str]:
        """Return the tags of the revision, in alphabetical order."""
        return self._ask("tag", "--points-at", self._commit).splitlines()

    def _ask(self, *arguments: str) -> str:
        done = self._run(*arguments)
        if done.returncode == 0:
            return done.stdout.decode("utf-8", "surrogateescape")
        said = visible(done.stderr.decode("utf-8", "replace").strip(), 300)
        if not said:
            raise UsageError(
                f"« {visible(self.revision)} » n’est pas une révision de ce dépôt git. "
                "Donnez une branche, une étiquette ou un commit, par exemple origin/main.",
                f"“{visible(self.revision)}” is no revision of this git repository. "
                "Give a branch, a tag or a commit, for instance origin/main.",
            )
        raise UsageError(f"git ne répond pas : {said}", f"git does not answer: {said}")

    def _run(self, *arguments: str) -> subprocess.CompletedProcess[bytes]:
        try:
            return subprocess.run(  # noqa: S603 - no shell; the revision stands behind --end-of-options
                ["git", "-c", "core.fsmonitor=false", *arguments],  # noqa: S607
                cwd=self._folder,
                capture_output=True,
                timeout=_TIMEOUT,
                check=False,
            )
        except (OSError, subprocess.TimeoutExpired) as error:
            raise UsageError(
                "git ne peut pas être lancé : installez-le, ou n’employez pas --changed-since.",
                "git cannot be run: install it, or do without --changed-since.",
            ) from error


def version_tag(folder: Path) -> str | None:
    """Return the tag `1.2.3` or `v1.2.3` of the commit checked out in `folder`, None without one.

    A folder that is not the top of a working tree has none: its tags number something else.
    """
    try:
        tree = GitTree(folder, "HEAD")
    except UsageError:
        return None
    if tree.root.resolve() != folder.resolve():
        return None
    tags = tree.tags()
    return next((tag for tag in tags if re.fullmatch(r"v?\d+\.\d+\.\d+", tag)), None)
