"""Times readers on the same files, each in a process of its own, in turns.

Started as a program this module is one such process: it takes the name of a reader and the files on its first line of input, and
for each further line reads all files once and answers with the seconds.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import readers

Pass = Callable[[], float]
"""Reads all files once; seconds."""


def one_core() -> None:
    """Keeps this process and those it starts on one core."""
    os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})


class Warm:
    """A reader in a process that stays."""

    def __init__(self, peer: readers.Peer, files: list[Path]) -> None:
        pipe = subprocess.PIPE
        self.process = subprocess.Popen([sys.executable, __file__], stdin=pipe, stdout=pipe, text=True)
        self._say(json.dumps([peer.name, *map(str, files)]))

    def _say(self, line: str) -> None:
        assert self.process.stdin
        self.process.stdin.write(line + "\n")
        self.process.stdin.flush()

    def __call__(self) -> float:
        assert self.process.stdout
        self._say("again")
        return float(self.process.stdout.readline())

    def close(self) -> None:
        """Ends the process."""
        assert self.process.stdin
        self.process.stdin.close()
        self.process.wait()


def each(program: Path, files: list[Path]) -> Pass:
    """nianbao started once a file."""
    return lambda: sum(_run([program, "extract", "--quiet", file]) for file in files)


def together(program: Path, files: list[Path]) -> Pass:
    """nianbao started once for all files, reading one after the other."""
    return lambda: _run([program, "extract", "--quiet", "--jobs", "1", "--format", "jsonl", *files])


def _run(command: list[str | Path]) -> float:
    begin = time.perf_counter()
    subprocess.run(command, capture_output=True, check=False)
    return time.perf_counter() - begin


def rounds(passes: dict[str, Pass], count: int, say: Callable[[str], None]) -> dict[str, float]:
    """The fastest of so many passes of each reader, after one that does not count. All take a turn before any takes the next."""
    best: dict[str, float] = {}
    for turn in range(count + 1):
        for name, once in passes.items():
            seconds = once()
            say(f"  turn {turn}: {name}: {seconds:.2f} s")
            if turn > 0:
                best[name] = min(seconds, best.get(name, seconds))
    return best


def main() -> None:
    """One warm process."""
    readers.quiet()
    name, *files = json.loads(sys.stdin.readline())
    peer = next(peer for peer in readers.PEERS if peer.name == name)
    paths = [Path(file) for file in files]
    for _ in sys.stdin:
        begin = time.perf_counter()
        for path in paths:
            peer.read(path)
        print(time.perf_counter() - begin, flush=True)


if __name__ == "__main__":
    main()
