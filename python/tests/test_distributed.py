"""Ray and Spark, each with two worker processes: the dataset is that of ``nianbao.batch``, whatever dies."""

import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import nianbao
from conftest import SAMPLES, overlay_of
from nianbao import _nianbao, _reading, distributed
from test_batch import files

ray = pytest.importorskip("ray")

FORMATS = ["csv", "parquet"]
DOCUMENTS = 120

# Stands before a worker, and dies with the documents that say so.
MORTAL = f"""
import os, subprocess, sys
worker = [sys.executable, "-I", "-S", {str(Path(nianbao.__file__).with_name("_worker.py"))!r}, *sys.argv[1:]]
inner = subprocess.Popen(worker, stdin=subprocess.PIPE, stdout=subprocess.PIPE)

def frame(file):
    length = file.read(4)
    return length + file.read(int.from_bytes(length, "little"))

while request := frame(sys.stdin.buffer):
    data = frame(sys.stdin.buffer)
    if b"poison" in data:
        inner.kill()
        os.abort()
    inner.stdin.write(request + data)
    inner.stdin.flush()
    sys.stdout.buffer.write(frame(inner.stdout))
    sys.stdout.buffer.flush()
"""


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the documents ``in``, of very different sizes and some the same, what ``nianbao.batch`` makes of them, and a worker
    that dies of the poisonous one."""
    world = tmp_path_factory.mktemp("world")
    text = (SAMPLES / "county-2024-lines.txt").read_text("utf-8")
    page = (SAMPLES / "county-2012-fujian.html").read_bytes()
    for number in range(DOCUMENTS):
        (folder := world / "in" / str(number % 7)).mkdir(parents=True, exist_ok=True)
        if number % 10:
            (folder / f"{number:04}.txt").write_text(f"{text}\n{number}", "utf-8")
        else:
            (folder / f"{number:04}.html").write_bytes(page + b" " * 1000 * (number % 3))
    shutil.copy(SAMPLES / "county-2023-chromium.pdf", world / "in" / "3")
    (world / "in" / "4" / "poison.txt").write_text(f"{text}\npoison", "utf-8")
    (world / "mortal.py").write_text(MORTAL)
    real = _reading._interpreter
    _mortal(world)
    try:
        nianbao.batch(world / "in", world / "whole", formats=FORMATS, jobs=2)
    finally:
        _reading._interpreter = real
    return world


def _mortal(world: Path) -> None:
    interpreter = sys.executable, [str(world / "mortal.py")]
    for module in (_reading, distributed):
        vars(module)["_interpreter"] = lambda: interpreter


@pytest.fixture(scope="module")
def cluster(world: Path) -> Iterator[None]:
    def setup() -> None:
        from nianbao import _reading, distributed

        for module in (_reading, distributed):
            vars(module)["_interpreter"] = lambda: (sys.executable, [str(world / "mortal.py")])

    ray.init(
        num_cpus=2,
        include_dashboard=False,
        log_to_driver=False,
        runtime_env={"worker_process_setup_hook": setup},
    )
    yield
    ray.shutdown()


def _ray_batch(world: Path, out: Path, **options: Any) -> nianbao.BatchSummary:
    return distributed.ray_batch(world / "in", out, formats=FORMATS, part_files=8, **options)


def test_ray_makes_the_same_dataset(world: Path, cluster: None, tmp_path: Path) -> None:
    summary = _ray_batch(world, tmp_path / "out")
    assert files(tmp_path / "out") == files(world / "whole")
    assert summary.known == 0
    assert [why for name, why in summary.unread if name.endswith("poison.txt")], "the poisonous document was read"
    assert len(summary.unread) == 1
    again = _ray_batch(world, tmp_path / "out")
    assert (again.read, again.known) == (0, summary.read)
    assert files(tmp_path / "out") == files(world / "whole")


def test_a_killed_worker_of_ray_changes_nothing(world: Path, cluster: None, tmp_path: Path) -> None:
    parts = tmp_path / "out" / ".journal" / "parts"
    killed: list[int] = []

    def kill() -> None:
        # Between two parts no worker reads.
        while not (_finished(parts) and (victims := _ray_workers())):
            time.sleep(0.02)
        os.kill(victims[0], signal.SIGKILL)
        killed.append(victims[0])

    (thread := threading.Thread(target=kill, daemon=True)).start()
    _ray_batch(world, tmp_path / "out")
    thread.join(timeout=10)
    assert killed
    assert files(tmp_path / "out") == files(world / "whole")


def _finished(parts: Path) -> list[Path]:
    return [part for part in parts.glob("*") if not part.suffix]


def _ray_workers() -> list[int]:
    """The processes of this cluster that read."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if process.joinpath("cmdline").read_bytes().startswith(b"ray::MapBatches") and _is_ours(process):
                found.append(int(process.name))
        except OSError:
            continue
    return found


def _is_ours(process: Path) -> bool:
    while (parent := int(process.joinpath("stat").read_text().rpartition(")")[2].split()[1])) > 1:
        if parent == os.getpid():
            return True
        process = process.with_name(str(parent))
    return False


def test_finished_parts_are_not_read_again(world: Path, cluster: None, tmp_path: Path) -> None:
    asked = distributed._absolute(world / "in", tmp_path / "out", (), (), None, None, FORMATS, False, None)
    plan = _nianbao.plan(asked, 64 << 20, 8)
    # What is there when a cluster goes down: finished parts, and one that nobody finished.
    before = sum(_nianbao.read_part(asked, part) for _, _, part in plan[:3])
    (tmp_path / "out" / ".journal" / "parts" / f"{plan[3][0]}.1-1").mkdir()
    summary = _ray_batch(world, tmp_path / "out")
    assert (summary.known, before) == (before, before)
    assert 0 < summary.read < DOCUMENTS
    assert files(tmp_path / "out") == files(world / "whole")


def test_corrections_are_taken_as_on_one_machine(world: Path, cluster: None, tmp_path: Path) -> None:
    inputs = world / "in" / "3"
    overlay = overlay_of(next(inputs.glob("*.txt")), tmp_path)
    summary = distributed.ray_batch(inputs, tmp_path / "out", formats=FORMATS, part_files=8, overlay=overlay)
    assert summary.rows["corrections"] == 1
    nianbao.batch(inputs, tmp_path / "one", formats=FORMATS, overlay=overlay)
    assert files(tmp_path / "out") == files(tmp_path / "one")


def test_paths_that_mean_something_else_elsewhere_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="whole path"):
        distributed.ray_batch("samples", tmp_path / "out")


SPARK = f"""
import sys
from pyspark.sql import SparkSession
from nianbao.distributed import spark_batch

spark = SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false").getOrCreate()
*inputs, out = sys.argv[1:]
spark_batch(spark, inputs, out, formats={FORMATS}, part_files=8)
"""


def test_spark_makes_the_same_dataset(world: Path, tmp_path: Path) -> None:
    pytest.importorskip("pyspark")
    if not shutil.which("java"):
        pytest.skip("Spark needs Java")
    inputs = [str(path) for path in sorted((world / "in").glob("*")) if path.name != "4"]
    environment = {**os.environ, "PYSPARK_PYTHON": sys.executable, "SPARK_LOCAL_IP": "127.0.0.1"}
    # In a process of its own, for its Java ends with that only.
    command = [sys.executable, "-c", SPARK, *inputs, str(tmp_path / "spark")]
    done = subprocess.run(command, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    nianbao.batch(inputs, tmp_path / "one", formats=FORMATS)
    assert files(tmp_path / "spark") == files(tmp_path / "one")
