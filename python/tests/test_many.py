"""Many documents: order, isolation, laziness, and Ctrl-C."""

import itertools
import os
import signal
import subprocess
import sys
import textwrap
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

import nianbao
from nianbao import _reading
from conftest import documents

# A worker that reads as the real one does, and dies with the documents that say so.
MORTAL = """
import json, os, sys
import nianbao._nianbao as rust

def frame():
    length = sys.stdin.buffer.read(4)
    return sys.stdin.buffer.read(int.from_bytes(length, "little")) if length else None

while (request := frame()) is not None:
    data = frame()
    if b"poison" in data:
        os.abort()
    fate, reason, words, report = rust.read(data, json.loads(request)["report"]["name"], None, None)
    answer = json.dumps({"fate": fate, "reason": reason, "detail": words}).encode() + b"\\n" + (report or b"")
    sys.stdout.buffer.write(len(answer).to_bytes(4, "little") + answer)
    sys.stdout.buffer.flush()
"""


def test_results_stand_in_the_order_of_the_paths_whatever_the_jobs() -> None:
    paths = [str(path) for path in documents()] * 3
    alone = [report.to_json() for report in _reports(nianbao.extract_many(paths, jobs=1))]
    assert [report.to_json() for report in _reports(nianbao.extract_many(paths, jobs=3))] == alone
    assert alone == [nianbao.extract(path).to_json() for path in paths]


def _reports(results: Iterator[nianbao.Report | nianbao.Error]) -> Iterator[nianbao.Report]:
    for result in results:
        assert isinstance(result, nianbao.Report), result
        yield result


def test_what_cannot_be_read_costs_itself_only(tmp_path: Path) -> None:
    (tmp_path / "empty.html").write_bytes(b"")
    paths = [documents()[0], tmp_path / "none.pdf", tmp_path / "empty.html", tmp_path, documents()[1]]
    results = list(nianbao.extract_many(paths, jobs=2))
    kinds = [nianbao.Report, nianbao.InputError, nianbao.EmptyError, nianbao.InputError, nianbao.Report]
    assert [type(result) for result in results] == kinds
    failed = results[1]
    assert isinstance(failed, nianbao.Error) and failed.name == str(paths[1])


def test_a_document_that_kills_its_process_costs_itself_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (worker := tmp_path / "mortal.py").write_text(MORTAL)
    monkeypatch.setattr(_reading, "_interpreter", lambda: (sys.executable, [str(worker)]))
    (poison := tmp_path / "poison.html").write_bytes(b"poison")
    paths = [documents()[0], poison, documents()[1], poison, documents()[2]]
    results = list(nianbao.extract_many(paths, jobs=2))
    assert [isinstance(result, nianbao.CrashError) for result in results] == [False, True, False, True, False]


def test_a_process_that_is_killed_from_outside_costs_nothing() -> None:
    paths = [str(path) for path in documents()] * 10
    results = []
    for number, result in enumerate(nianbao.extract_many(paths, jobs=2)):
        results.append(result)
        if number in (5, 40):
            for child in _children():
                os.kill(child, signal.SIGKILL)
    assert len(results) == len(paths)
    assert all(isinstance(result, nianbao.Report) for result in results)


def _children() -> list[int]:
    lists = Path("/proc/self/task").glob("*/children")
    return [int(child) for children in lists for child in children.read_text().split()]


def test_paths_are_read_as_far_as_is_needed_and_processes_end_with_the_iterator() -> None:
    taken = 0

    def endless() -> Iterator[Path]:
        nonlocal taken
        for path in itertools.cycle(documents()):
            taken += 1
            yield path

    results = nianbao.extract_many(endless(), jobs=2)
    for _ in range(20):
        next(results)
    assert taken <= 20 + 2 * 4
    del results
    deadline = time.monotonic() + 20
    while _children() and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not _children()


def test_an_error_of_the_caller_is_raised() -> None:
    def broken() -> Iterator[str]:
        yield str(documents()[0])
        raise RuntimeError("no more")

    with pytest.raises(RuntimeError, match="no more"):
        list(nianbao.extract_many(broken()))
    with pytest.raises(TypeError):
        list(nianbao.extract_many([17]))  # type: ignore[list-item]
    with pytest.raises(TypeError, match="several"):
        nianbao.extract_many(str(documents()[0]))
    with pytest.raises(ValueError, match="at least 1"):
        nianbao.extract_many([], jobs=0)
    assert list(nianbao.extract_many([])) == []


def test_ctrl_c_wakes_whoever_waits(tmp_path: Path) -> None:
    (worker := tmp_path / "sleepy.py").write_text("import time\ntime.sleep(60)\n")
    script = f"""
        import nianbao, nianbao._reading, sys
        nianbao._reading._interpreter = lambda: (sys.executable, [{str(worker)!r}])
        print("reading", flush=True)
        try:
            list(nianbao.extract_many([{str(documents()[0])!r}]))
        except KeyboardInterrupt:
            print("interrupted", flush=True)
    """
    process = subprocess.Popen([sys.executable, "-c", textwrap.dedent(script)], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stdout.readline() == "reading\n"
    time.sleep(0.5)
    process.send_signal(signal.SIGINT)
    began = time.monotonic()
    assert process.stdout.readline() == "interrupted\n"
    assert time.monotonic() - began < 5
    process.kill()
    process.wait()
    process.stdout.close()
