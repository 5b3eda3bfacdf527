"""Documents in, reports and datasets out."""

import csv
import io
import json
import os
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple, Protocol, TypeAlias

from . import _nianbao
from ._errors import Error, error
from ._report import Report

StrPath: TypeAlias = str | os.PathLike[str]
_Outcome: TypeAlias = tuple[str, str | None, str, bytes | None]


class SupportsRead(Protocol):
    """A file opened in binary mode, or anything that is read like one."""

    def read(self, size: int = -1, /) -> bytes:
        """All bytes that are left."""


def extract(
    source: StrPath | bytes | bytearray | memoryview | SupportsRead,
    name: str | None = None,
    *,
    encoding: str | None = None,
    password: str | None = None,
) -> Report:
    """Reads one document: a path, its bytes, or a file opened in binary mode.

    ``name`` is the file name, which decides between text formats and may tell the title; without it, that of the path or file.
    ``encoding`` holds whatever the file says itself; ``password`` opens encrypted files.

    Any readable document gives a report, also one that is no annual report: ``Report.fate`` and ``Report.why_not`` tell.
    Raises ``Error`` where the document cannot be read, and ``OSError`` where the file cannot be opened.

    The document is read in this process, and other threads run meanwhile. Documents that nobody has looked at are better read by
    ``extract_many``, each in a process that may die alone.
    """
    if isinstance(source, (str, os.PathLike)):
        name = os.fspath(source) if name is None else name
        data = Path(source).read_bytes()
    elif isinstance(source, (bytes, bytearray, memoryview)):
        data = bytes(source)
    else:
        data = source.read()
        own = getattr(source, "name", None)
        name = own if name is None and isinstance(own, str) else name
    made = _made(name, _nianbao.read(data, name, encoding, password))
    if isinstance(made, Error):
        raise made
    return made


def extract_many(paths: Iterable[StrPath], jobs: int | None = None) -> Iterator[Report | Error]:
    """Reads many documents, so many at once, and yields for each, in their order, its report or the exception why there is none.

    Exceptions are yielded and not raised, as ``asyncio.gather(..., return_exceptions=True)`` does, so that one bad document costs
    itself only: ask ``isinstance(result, nianbao.Error)``. ``Error.name`` and ``Report.source.name`` tell which document it was.

    Each document is read in a process of its own kind that may take a gigabyte of memory and 30 seconds, and die alone. ``paths``
    is read as far as is needed, so it may be endless, and memory stays flat. Without ``jobs``, one process a processor.
    """
    if isinstance(paths, (str, os.PathLike)):
        raise TypeError("paths are several; nianbao.extract reads one, nianbao.batch whole folders")
    return _results(_nianbao.Many(paths, _jobs(jobs), _interpreter()))


def _results(outcomes: Iterable[tuple[StrPath, _Outcome]]) -> Iterator[Report | Error]:
    for path, outcome in outcomes:
        yield _made(os.fspath(path), outcome)


def _made(name: str | None, outcome: _Outcome) -> Report | Error:
    fate, reason, words, json = outcome
    if json is None:
        return error(fate, reason, words, name)
    return Report(json, fate, None if fate == "annual_report" else words)


def _jobs(jobs: int | None) -> int:
    if jobs is None:
        return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    if jobs < 1:
        raise ValueError("jobs must be at least 1")
    return jobs


def _interpreter() -> tuple[str, list[str]]:
    """How a process is started that ends in the command line, whatever this one has on its path."""
    if not sys.executable:
        raise RuntimeError("sys.executable is not known, so that no process can be started to read documents")
    return sys.executable, ["-I", "-S", str(Path(__file__).with_name("_worker.py"))]


@dataclass(frozen=True, slots=True)
class BatchSummary:
    """What a run of ``batch`` has done."""

    inputs: int
    """Inputs of the dataset."""
    reports: int
    """Reports among them."""
    read: int
    """Documents that were read in this run."""
    known: int
    """Documents whose result was there from an earlier run."""
    damaged: int
    """Damaged records of the journal; what they held was read again."""
    fates: dict[str, int]
    """Inputs by what became of them."""
    rows: dict[str, int]
    """Rows by table."""
    unread: list[tuple[str, str]]
    """The first inputs that could not be read, with the reason; the table ``inputs`` names all."""
    disagreeing: int
    """Reports of an agency and year that an earlier report has as well, with other figures."""


def batch(
    inputs: StrPath | Iterable[StrPath],
    out: StrPath,
    *,
    include: Iterable[str] = (),
    exclude: Iterable[str] = (),
    encoding: str | None = None,
    password: str | None = None,
    add: bool = False,
    replace: bool = False,
    jobs: int | None = None,
    formats: Iterable[str] | None = None,
    csv_bom: bool = False,
    overlay: StrPath | None = None,
) -> BatchSummary:
    """Reads folders, archives and web archives into a dataset: the same as the program's command ``batch``.

    ``inputs`` is a path or several; ``out`` the folder of the dataset. ``include`` and ``exclude`` are patterns of whole paths.
    With ``add``, what is in the dataset stays; with ``replace``, the inputs take its place; with neither, they must be those that
    it was made from. ``password`` opens encrypted PDF files. ``formats`` are some of ``csv``, ``jsonl``, ``parquet``, ``sqlite``, ``xlsx``; without it, all.
    ``overlay`` is a file of corrections, which the review page keeps: those that apply stand in ``wide``, ``harmonised`` and
    ``series_findings``, marked in the column ``corrected``, and the table ``corrections`` lists all.

    Ctrl-C stops the run, and the same call continues from there. Raises ``ValueError`` for options that contradict each other or
    the dataset, ``FileNotFoundError`` where no input exists, ``BatchError`` where the dataset cannot be written.
    """
    if add and replace:
        raise ValueError("add and replace contradict each other")
    onto = "add" if add else "replace" if replace else "same"
    asked = _asked(inputs, out, include, exclude, encoding, password, jobs, formats, csv_bom, onto, overlay)
    return BatchSummary(**_nianbao.batch(asked))


def _asked(
    inputs: StrPath | Iterable[StrPath],
    out: StrPath,
    include: Iterable[str],
    exclude: Iterable[str],
    encoding: str | None,
    password: str | None,
    jobs: int | None,
    formats: Iterable[str] | None,
    csv_bom: bool,
    onto: str = "same",
    overlay: StrPath | None = None,
) -> "_nianbao._Asked":
    paths = [os.fspath(path) for path in _several(inputs)]
    if not any(os.path.exists(path) for path in paths):
        raise FileNotFoundError(f"{paths[0] if paths else 'no input'}: no such file or folder")
    return {
        "inputs": paths,
        "out": os.fspath(out),
        "include": list(include),
        "exclude": list(exclude),
        "encoding": encoding,
        "password": password,
        "onto": onto,
        "jobs": _jobs(jobs),
        "formats": None if formats is None else list(formats),
        "csv_bom": csv_bom,
        "overlay": None if overlay is None else os.fspath(overlay),
        "interpreter": _interpreter(),
    }


def _several(inputs: StrPath | Iterable[StrPath]) -> Iterable[StrPath]:
    return [inputs] if isinstance(inputs, (str, os.PathLike)) else inputs


def codebook() -> list[dict[str, str]]:
    """Every figure that a report can hold: one of one form a line, with its key, Chinese and English name, unit and source."""
    return list(csv.DictReader(io.StringIO(_nianbao.codebook(), newline="")))


def schema() -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of a report."""
    parsed: dict[str, Any] = json.loads(_nianbao.schema())
    return parsed


class Explanation(NamedTuple):
    """What the code of a check or diagnostic means."""

    code: str
    """The code as it stands in the JSON."""
    english: str
    """What it means and what to do, in English."""
    chinese: str
    """The same in Chinese."""


def explain(code: str) -> Explanation:
    """What the code of a check or diagnostic means. Raises ``LookupError`` for a code that does not exist."""
    found = _nianbao.explain(code)
    if found is None:
        near = _nianbao.similar(code)
        hint = f"; did you mean {', '.join(near)}?" if near else ""
        raise LookupError(f"there is no code {code!r}{hint}")
    return Explanation(code, *found)
