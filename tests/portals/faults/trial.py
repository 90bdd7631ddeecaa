"""A publication under faults: run, fail, run again, and what is there in the end."""

import contextlib
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field

from territo_opendata.errors import RefusedError, TerritoError
from territo_opendata.publish import Consent, apply_plan, make_plan, parse_target
from territo_opendata.release import Release
from tests.portals.faults.proxy import FaultProxy
from tests.portals.faults.rules import Exchange, Rule
from tests.portals.faults.sight import Sight, see
from tests.portals.portals import PUBLISHER, Portal

_RUNS = 80


@dataclass
class Trial:
    """One publication of `release`, as often as it takes.

    `whole` is what an undisturbed one leaves; `old` what readers see before, None for a first
    publication, of which they may see nothing until it is whole. It is not `watched` where another
    publisher may have made it whole, and visible, in the meantime.
    """

    portal: Portal
    proxy: FaultProxy
    release: Release
    whole: Sight | None = None
    old: Sight | None = None
    watched: bool = True
    wrong: list[str] = field(default_factory=list)
    ids: set[str] = field(default_factory=set)

    def run(self, *rules: Rule, removal: bool = False) -> TerritoError | None:
        """Publish under these rules; return what stopped it, if anything did."""
        self.proxy.reset(*rules, watch=self.look)
        try:
            publish(self.portal, self.release, removal=removal)
        except TerritoError as error:
            self._judge(error)
            return error
        finally:
            self.wrong += [repr(each) for each in self.proxy.faults]
        return None

    def join(self) -> None:
        """Publish while another run is under way, under its rules; fail as it may."""
        with contextlib.suppress(TerritoError):
            publish(self.portal, self.release)

    def again(self) -> TerritoError | None:
        """Publish undisturbed, and remove what another publisher left if that is asked for."""
        error = self.run()
        return self.run(removal=True) if isinstance(error, RefusedError) else error

    def until_done(self, rule: Rule) -> Iterator[TerritoError]:
        """Publish again and again under the same rule; yield what stopped each run."""
        for _ in range(_RUNS):
            error = self.run(rule)
            if error is None:
                return
            yield error
        self.wrong.append(f"not done after {_RUNS} runs: {error}")

    def check_whole(self) -> None:
        """Note where the portal does not hold exactly what an undisturbed publication leaves."""
        seen = see(self.portal, "editor")
        if seen is None or self.whole is None:
            self.wrong.append("there is no dataset")
            return
        if seen.content != self.whole.content:
            self.wrong += differences(seen.content, self.whole.content)
        if self.ids - {seen.dataset}:
            self.wrong.append(f"the dataset changed its id: {self.ids} → {seen.dataset}")
        if self.old is not None and (seen.dataset, seen.resources) != (
            self.old.dataset,
            self.old.resources,
        ):
            self.wrong.append("ids of resources changed")
        if see(self.portal) is None:
            self.wrong.append("readers do not see it")

    def check_single(self) -> None:
        """Note datasets in double."""
        held = self.portal.datasets()
        self.ids |= {each["id"] for each in held}
        if len(held) > 1:
            self.wrong.append(f"{len(held)} datasets")

    def look(self, exchange: Exchange) -> None:
        """Look, as anybody may, right after a write and before the publisher knows of it.

        Until a first publication is whole, there must be nothing to see; an update is not hidden.
        """
        if not exchange.writes or not self.watched or self.old is not None:
            return
        seen = see(self.portal)
        if seen is not None and self.whole is not None and seen.content != self.whole.content:
            found = "; ".join(differences(seen.content, self.whole.content)[:3])
            self.wrong.append(f"half seen after {exchange.method} {exchange.path}: {found}")

    def forget(self) -> None:
        """Remove what runs keep beside the release, which must change no outcome."""
        shutil.rmtree(self.release.path.parent / ".territo", ignore_errors=True)

    def _judge(self, error: TerritoError) -> None:
        """Note an error that tells the publisher nothing, and datasets in double."""
        if not error.text.fr or not error.text.en:
            self.wrong.append(f"an error without words: {error!r}")
        self.check_single()


def publish(portal: Portal, release: Release, *, removal: bool = False) -> None:
    """Plan and publish, as `territo publish --allow-version` does, or with --allow-removal too."""
    consents: frozenset[Consent] = frozenset({"version", "removal"} if removal else {"version"})
    target = parse_target(portal.target, release, {"organization": PUBLISHER})
    apply_plan(make_plan(target, consents), target)


def differences(found: object, wanted: object, at: str = "") -> list[str]:
    """Return where two JSON values differ, shortly."""
    if isinstance(found, dict) and isinstance(wanted, dict):
        keys = sorted({*found, *wanted})
        return [
            each
            for key in keys
            for each in differences(found.get(key), wanted.get(key), f"{at}/{key}")
        ]
    if isinstance(found, list) and isinstance(wanted, list) and len(found) == len(wanted):
        pairs = enumerate(zip(found, wanted, strict=True))
        return [each for n, (a, b) in pairs for each in differences(a, b, f"{at}/{n}")]
    return [] if found == wanted else [f"{at}: {str(found)[:200]} ≠ {str(wanted)[:200]}"]
