"""The documents that are read, each with its truth: made ones by `nianbao-maker`, and the project's own samples."""

from __future__ import annotations

import json
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pymupdf

from adapter import Figures
from forms import ROOT, Forms
from truth import of_made, of_sample

NO_UNICODE = "pdf-simple-gbk"
RULED = ("html-bands", "html-clean", "html-old", "html-split", "html-word", "html-xhtml")
"""Containers whose tables a browser prints with all their ruling lines."""
UNRULED = ("html-excel", "html-sections", "html-thead")
"""Containers whose tables a browser prints with few ruling lines or none."""
NO_TABLES = ("html-div-roles", "html-div-styles", "html-textarea")
"""Containers that a page without `<table>` elements is made with."""

PRINTS = 2
"""How many documents of a container a browser prints."""


@dataclass(frozen=True)
class Document:
    """One file, what it says, and with which others it is counted."""

    path: Path
    kind: str
    group: str
    truth: Figures

    def units(self) -> int:
        """Pages of a PDF file; another document is one."""
        if self.kind != "pdf":
            return 1
        with pymupdf.open(self.path) as document:
            return document.page_count


class Maker:
    """Makes documents below a folder."""

    def __init__(self, program: Path, folder: Path, forms: Forms) -> None:
        self.program = program
        self.folder = folder
        self.forms = forms

    def containers(self) -> list[str]:
        """The kinds of files that peers read."""
        run = subprocess.run([self.program, "--list"], capture_output=True, text=True, check=True)
        lines = [line.split() for line in run.stdout.splitlines()]
        return [name for what, name in lines if what == "container" and name.startswith(("html-", "pdf-"))]

    def clean(self, container: str, count: int, seed: int) -> list[Document]:
        """Documents without a fault."""
        group = "no Unicode" if container == NO_UNICODE else "no `<table>`" if container in NO_TABLES else "clean"
        return self._made(container, group, count, seed, ["--fault", "none"])

    def faulty(self, container: str, count: int, seed: int) -> list[Document]:
        """Documents with the faults that their seeds bring; a seed that brings none is left out."""
        return self._made(container, "faulty", count, seed, [])

    def printed(self, chromium: Path, group: str, documents: list[Document]) -> list[Document]:
        """Pages as PDF files that a browser printed."""
        folder = self.folder / "printed"
        folder.mkdir(parents=True, exist_ok=True)
        made = []
        for document in documents:
            path = folder / f"{document.path.stem}.pdf"
            options = ["--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer"]
            page = document.path.resolve().as_uri()
            subprocess.run([chromium, *options, f"--print-to-pdf={path}", page], capture_output=True, check=True)
            made.append(Document(path, "pdf", group, document.truth))
        return made

    def _made(self, container: str, group: str, count: int, seed: int, options: list[str]) -> list[Document]:
        folder = self.folder / ("clean" if options else "faulty") / container
        command = ["--out", folder, "--count", count, "--seed", seed, "--container", container, *options]
        subprocess.run([self.program, *map(str, command)], check=True)
        documents = []
        for path in sorted(path for path in folder.iterdir() if path.is_file()):
            truth, faults = of_made(folder / "truth" / f"{path.stem}.json", self.forms)
            if faults or options:
                documents.append(Document(path, container.split("-")[0], group, truth))
        return documents


def made(maker: Maker, clean: int, faulty: int, seed: int, chromium: Path | None) -> list[Document]:
    """All made documents."""
    documents: list[Document] = []
    for index, container in enumerate(maker.containers()):
        documents += maker.clean(container, clean, seed)
        if container not in (NO_UNICODE, *NO_TABLES):
            documents += maker.faulty(container, faulty, seed + 100 * (index + 1))
    if chromium:
        for group, containers in (("printed", RULED), ("printed, not ruled", UNRULED)):
            pages = [page for container in containers for page in maker.clean(container, clean, seed)[:PRINTS]]
            documents += maker.printed(chromium, group, pages)
    return documents


def samples(folder: Path = ROOT / "samples") -> list[Document]:
    """The samples of the forms since 2019 that peers read."""
    files = [path for path in sorted(folder.iterdir()) if path.suffix in (".pdf", ".html") and not is_legacy(path)]
    return [Document(path, path.suffix[1:], "samples", of_sample(path.with_suffix(".json"))) for path in files]


def is_legacy(path: Path) -> bool:
    """Whether a sample has the statistics table of a report before 2019, which no peer looks for."""
    expected = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
    return expected["tables"]["statistics"] is not None
