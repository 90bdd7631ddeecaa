"""What somebody reads while the folder is being updated."""

import json
import subprocess
import sys
from pathlib import Path

from territo_opendata.publish import apply_plan, make_plan, parse_target
from tests.publish.packages import make_release

SCRIPT = Path(__file__).with_name("read_on.py")
UPDATES = 100


def test_a_reader_never_gets_mixed_versions(tmp_path):
    releases = [make_release(tmp_path / str(n), "1.0.0", str(n)) for n in range(4)]
    folder, stop = tmp_path / "public", tmp_path / "stop"

    def publish(release):
        target = parse_target(f"folder:{folder}", release)
        plan = make_plan(target)
        assert not plan.empty
        apply_plan(plan, target)

    publish(releases[0])
    command = [sys.executable, SCRIPT, folder / "essai", stop]
    reader = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    try:
        for update in range(1, UPDATES + 1):
            publish(releases[update % len(releases)])
    finally:
        stop.touch()
    found = json.loads(reader.communicate(timeout=60)[0])
    assert found["faults"] == []
    assert found["reads"] > UPDATES
    assert found["seen"] == ["x0", "x1", "x2", "x3"]
