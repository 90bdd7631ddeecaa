"""The other process: it answers, it is ended in time, and it leaves nothing behind."""

import re
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from territo_opendata.patterns import worker as module
from territo_opendata.patterns.worker import (
    PatternRefusedError,
    Worker,
    WorkerLostError,
)

HOSTILE = "a" * 60 + "!"


@pytest.fixture
def worker():
    made = Worker()
    yield made
    made.stop()


def test_it_answers_as_re_does(worker):
    texts = ["a", "", "a\n", "é", "\ud800", "\x00", "\u2028", '"', "x" * 100_000]
    for expression in ("^a$", "^.$", "^\\w*$", "(?=a)", "(.)\\1"):
        expected = [re.match(expression, text) is not None for text in texts]
        assert worker.accepted(expression, texts, 10) == expected


def test_one_process_serves_many_patterns(worker):
    worker.accepted("a", ["a"], 10)
    process = worker._process
    worker.accepted("b", ["a"], 10)
    assert worker._process is process


def test_it_is_ended_in_time_and_started_again(worker):
    worker.accepted("a", ["a"], 10)
    process = worker._process
    start = time.perf_counter()
    with pytest.raises(WorkerLostError):
        worker.accepted("^(a+)+$", [HOSTILE], 0.3)
    assert time.perf_counter() - start < 2
    assert process.returncode is not None
    assert worker.accepted("^(a+)+$", ["aa"], 10) == [True]


def test_it_says_why_a_pattern_is_refused(worker):
    with pytest.raises(PatternRefusedError, match="unterminated"):
        worker.accepted("(", ["a"], 10)
    assert worker.accepted("a", ["a"], 10) == [True]


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="no limit on memory there")
def test_it_does_not_fill_the_memory(worker):
    with pytest.raises(WorkerLostError):
        worker.accepted("(?:a|(?:(?=b)b))*$", ["ab" * 20_000_000], 60)


def test_a_process_that_dies_is_told(worker):
    worker.accepted("a", ["a"], 10)
    worker._process.kill()
    worker._process.wait()
    assert worker.accepted("a", ["a"], 10) == [True]


def test_a_process_that_cannot_start_is_told(worker, monkeypatch):
    monkeypatch.setattr(module.sys, "executable", "/no/such/python")
    with pytest.raises(WorkerLostError):
        worker.accepted("a", ["a"], 10)


def test_threads_take_turns(worker):
    found = {}

    def ask(number):
        found[number] = worker.accepted(f"^{number}$", [str(each) for each in range(8)], 10)

    threads = [threading.Thread(target=ask, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == {number: [each == number for each in range(8)] for number in range(8)}


def test_it_ends_by_itself_when_its_parent_is_gone():
    child = Path(module.__file__).with_name("_child.py")
    process = subprocess.Popen(
        [sys.executable, "-I", "-S", str(child)],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    process.stdin.write(
        b'{"pattern": "^(a+)+$", "texts": ["%s"], "limit": 0.1}\n' % HOSTILE.encode()
    )
    process.stdin.close()
    assert process.wait(timeout=20) != 0


def test_it_is_gone_when_the_program_ends():
    program = (
        "from territo_opendata.patterns.worker import Worker; w = Worker();"
        "w.accepted('a', ['a'], 10); print(w._process.pid)"
    )
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", program], capture_output=True, text=True, check=True
    )
    assert done.stderr == ""
    if sys.platform == "linux":
        assert not Path(f"/proc/{done.stdout.strip()}").exists()
