"""Datasets, and the command that comes with the package."""

import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

import nianbao
from conftest import SAMPLES, documents, interpreter_environment, overlay_of

COMMAND = Path(sys.executable).with_name("nianbao")


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([COMMAND, *arguments], capture_output=True, text=True, env=interpreter_environment())


def files(dataset: Path) -> dict[str, bytes]:
    """The files of a dataset; databases and workbooks say when they were written, and are left out."""
    found = (path for path in dataset.rglob("*") if path.is_file() and ".journal" not in path.parts)
    return {str(path.relative_to(dataset)): path.read_bytes() for path in found}


def test_a_dataset_is_that_of_the_command(tmp_path: Path) -> None:
    summary = nianbao.batch("samples", tmp_path / "a", exclude=["*.json"], formats=["csv", "parquet"], jobs=2)
    assert summary.reports == len(documents())
    assert summary.rows["reports"] == summary.reports
    assert summary.fates["annual_report"] == summary.reports
    assert (summary.read, summary.known) == (len(documents()), 0)
    assert run("batch", "samples", "--exclude", "*.json", "--out", str(tmp_path / "b"), "--formats", "csv,parquet").returncode == 0
    assert files(tmp_path / "a") == files(tmp_path / "b")
    again = nianbao.batch("samples", tmp_path / "a", exclude=["*.json"], formats=["csv", "parquet"])
    assert (again.read, again.known) == (0, len(documents()))


def test_corrections_are_taken_as_the_command_takes_them(tmp_path: Path) -> None:
    document = documents()[0]
    overlay = overlay_of(document, tmp_path)
    summary = nianbao.batch(document, tmp_path / "a", formats=["csv"], overlay=overlay)
    assert summary.rows["corrections"] == 1
    assert run("batch", str(document), "--out", str(tmp_path / "b"), "--formats", "csv", "--with-overlay", str(overlay)).returncode == 0
    assert files(tmp_path / "a") == files(tmp_path / "b")
    with pytest.raises(FileNotFoundError):
        nianbao.batch(document, tmp_path / "a", formats=["csv"], overlay=tmp_path / "none.jsonl")


def test_inputs_are_kept_or_replaced_as_asked(tmp_path: Path) -> None:
    first, second = map(str, documents()[:2])
    nianbao.batch(first, tmp_path, formats=["csv"])
    with pytest.raises(ValueError, match="add"):
        nianbao.batch(second, tmp_path, formats=["csv"])
    assert nianbao.batch(second, tmp_path, formats=["csv"], add=True).reports == 2
    assert nianbao.batch(second, tmp_path, formats=["csv"], replace=True).reports == 1


def test_wrong_use_is_told_before_anything_is_read(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="tsv"):
        nianbao.batch("samples", tmp_path / "a", formats=["tsv"])
    with pytest.raises(ValueError, match="contradict"):
        nianbao.batch("samples", tmp_path / "a", add=True, replace=True)
    with pytest.raises(FileNotFoundError):
        nianbao.batch(tmp_path / "nothing", tmp_path / "a")
    assert not (tmp_path / "a").exists()


def test_a_dataset_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(nianbao.BatchError):
        nianbao.batch("samples", tmp_path / "file")


def test_ctrl_c_stops_a_run_and_the_same_call_goes_on(tmp_path: Path) -> None:
    (inputs := tmp_path / "in").mkdir()
    text = (SAMPLES / "county-2024-lines.txt").read_text("utf-8")
    for number in range(250):
        (inputs / f"{number:04}.txt").write_text(f"{text}\n{number}", "utf-8")
    script = f"import nianbao; nianbao.batch({str(inputs)!r}, {str(tmp_path / 'out')!r}, formats=['csv'], jobs=1)"
    process = subprocess.Popen([sys.executable, "-c", script], stderr=subprocess.PIPE, text=True)
    journal = tmp_path / "out" / ".journal"
    while not any(path.stat().st_size > 20_000 for path in journal.rglob("*") if path.is_file()):
        assert process.poll() is None
        time.sleep(0.02)
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=60)
    assert "KeyboardInterrupt" in said
    assert not (tmp_path / "out" / "csv" / "reports.csv").exists()
    summary = nianbao.batch(inputs, tmp_path / "out", formats=["csv"])
    assert summary.reports == 250
    assert 0 < summary.known < 250


def test_the_command_is_the_program() -> None:
    path = "samples/county-2020.xls"
    assert run("extract", path).stdout == nianbao.extract(path).to_json() + "\n"
    assert run("--version").stdout == f"nianbao {nianbao.__version__}\n"
    assert run("extract", "samples/none").returncode == 3
    assert run("no-such-command").returncode == 2
    module = subprocess.run([sys.executable, "-m", "nianbao", "extract", path], capture_output=True, text=True)
    assert module.stdout == run("extract", path).stdout


def test_the_command_ends_with_ctrl_c_and_with_a_closed_pipe() -> None:
    process = subprocess.Popen([COMMAND, "extract", "-"], stdin=subprocess.PIPE)
    time.sleep(0.5)
    process.send_signal(signal.SIGINT)
    assert process.wait(timeout=10) == -signal.SIGINT
    assert process.stdin is not None
    process.stdin.close()
    many = " ".join(["samples/county-2023-word.docx"] * 20)
    piped = subprocess.run(f"'{COMMAND}' extract {many} | head -c 10", shell=True, capture_output=True, text=True)
    assert (piped.stdout, piped.stderr) == ('{"schema_v', "")
