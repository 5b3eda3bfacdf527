"""The peers: how each reads one file.

A reader gives grids, or text for `lines.figures`. What it takes to turn them into figures is not timed.
"""

from __future__ import annotations

import importlib.metadata
import io
import logging
import re
import subprocess
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from adapter import Cell, Grid

Read = list[Grid] | str


@dataclass(frozen=True)
class Peer:
    """One way to read one kind of file."""

    name: str
    kind: str
    read: Callable[[Path], Read]
    package: str | None = None
    """Python package whose version counts; None for a program of its own, started once a file."""

    def version(self) -> str:
        """Its version."""
        if self.package:
            return importlib.metadata.version(self.package)
        run = subprocess.run(["pdftotext", "-v"], capture_output=True, text=True, check=False)
        return run.stderr.split("\n")[0].split()[-1]


def pdftotext(path: Path) -> str:
    """Lines with the cells of a table set apart by spaces."""
    run = subprocess.run(["pdftotext", "-layout", path, "-"], capture_output=True, check=False)
    return run.stdout.decode("utf-8", "replace")


def pdfplumber(path: Path) -> list[Grid]:
    """Tables from ruling lines."""
    import pdfplumber as library

    with library.open(path) as document:
        return [table for page in document.pages for table in page.extract_tables()]


def pymupdf(path: Path, layout: bool = True) -> list[Grid]:
    """Tables from ruling lines, by default inside the tables that a model of page layout sees."""
    import pymupdf as library

    with library.open(path) as document:
        return [table.extract() for page in document for table in page.find_tables(use_layout=layout).tables]


def pymupdf_lines(path: Path) -> list[Grid]:
    """The same without the model."""
    return pymupdf(path, layout=False)


def camelot(path: Path) -> list[Grid]:
    """Tables from ruling lines in a picture of the page."""
    import camelot as library

    tables = library.read_pdf(str(path), pages="all", flavor="lattice", split_text=True)
    return [table.df.values.tolist() for table in tables]


def pandas(path: Path) -> list[Grid]:
    """All `<table>` elements as data frames; cells as text."""
    import pandas as library
    from lxml import etree

    try:
        page = io.StringIO(_page(path))
        frames = library.read_html(page, flavor="lxml", keep_default_na=False, thousands=None)
    except (ValueError, etree.LxmlError):
        return []  # its answer to a page without tables
    grids = []
    for frame in frames:
        levels = [frame.columns.get_level_values(level).tolist() for level in range(frame.columns.nlevels)]
        header = [level for level in levels if any(isinstance(name, str) for name in level)]
        grids.append([[_text(cell) for cell in row] for row in header + frame.values.tolist()])
    return grids


def _page(path: Path) -> str:
    """The text of a page: in UTF-8, else in the encoding that it names, else in GB 18030."""
    data = path.read_bytes()
    named = re.search(rb"charset=[\"']?([\w-]+)", data[:4096])
    encoding = named[1].decode() if named else "gb18030"
    for candidate in ("utf-8-sig", "gb18030" if encoding.lower().startswith("gb") else encoding):
        try:
            text = data.decode(candidate)
            break
        except (UnicodeDecodeError, LookupError):
            text = data.decode("gb18030", "replace")
    return re.sub(r"^\s*<\?xml.*?\?>", "", text)


def _text(cell: object) -> Cell:
    text = str(cell)
    return "" if text.startswith("Unnamed: ") else text


def lxml(path: Path) -> list[Grid]:
    """All `<table>` elements, walked by hand; a merged cell stands in each of its slots."""
    import lxml.html

    return [_grid(table) for table in lxml.html.document_fromstring(_page(path)).iter("table")]


def _grid(table) -> Grid:
    """Lays out the rows of a table, but not those of tables inside it."""
    slots: dict[tuple[int, int], str] = {}
    rows = [row for row in table.iter("tr") if next(row.iterancestors("table")) is table]
    for y, row in enumerate(rows):
        x = 0
        for cell in row.iterchildren("td", "th"):
            while (y, x) in slots:
                x += 1
            text = "" if cell.find(".//table") is not None else cell.text_content().strip()
            for down in range(min(_span(cell, "rowspan"), len(rows) - y)):
                for right in range(_span(cell, "colspan")):
                    slots.setdefault((y + down, x + right), text)
    width = max((x + 1 for _, x in slots), default=0)
    return [[slots.get((y, x), "") for x in range(width)] for y in range(len(rows))]


def _span(cell, name: str) -> int:
    text = (cell.get(name) or "1").strip()
    return min(max(int(text), 1), 100) if text.isdigit() else 1


PEERS = [
    Peer("pdftotext -layout", "pdf", pdftotext),
    Peer("pdfplumber extract_tables", "pdf", pdfplumber, "pdfplumber"),
    Peer("PyMuPDF find_tables", "pdf", pymupdf, "PyMuPDF"),
    Peer("PyMuPDF find_tables(use_layout=False)", "pdf", pymupdf_lines, "PyMuPDF"),
    Peer("camelot lattice", "pdf", camelot, "camelot-py"),
    Peer("pandas.read_html", "html", pandas, "pandas"),
    Peer("lxml and a table walker", "html", lxml, "lxml"),
]


def quiet() -> None:
    """Keeps the peers' remarks off the terminal."""
    logging.disable(logging.WARNING)
    warnings.simplefilter("ignore")
