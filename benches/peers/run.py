"""Compares nianbao with its peers: figures read right, and time. Prints Markdown.

python3 benches/peers/run.py --chromium /usr/bin/chromium
"""

from __future__ import annotations

import argparse
import datetime
import json
import os
import platform
import shlex
import subprocess
import sys
import tempfile
from collections import defaultdict
from decimal import Decimal
from pathlib import Path

import documents
import lines
import readers
import timing
from adapter import Adapter, Figures
from documents import Document
from forms import ROOT, Forms
from truth import Count, count, of_report

NIANBAO = "nianbao"
EACH = "nianbao, started for each file"
KINDS = {"pdf": ("PDF", "page"), "html": ("HTML", "document")}

Scores = dict[str, dict[str, Count]]
"""Reader, group."""


def say(text: str) -> None:
    """Progress, beside the tables."""
    print(text, file=sys.stderr, flush=True)


def peers(kind: str) -> list[readers.Peer]:
    """Those that read this kind of file."""
    return [peer for peer in readers.PEERS if peer.kind == kind]


def by_nianbao(program: Path, path: Path) -> Figures:
    """The figures that nianbao reads."""
    run = subprocess.run([program, "extract", "--quiet", path], capture_output=True, check=False)
    return of_report(json.loads(run.stdout, parse_float=Decimal)) if run.stdout else {}


def by_peer(peer: readers.Peer, path: Path, adapter: Adapter) -> Figures:
    """The figures that a peer and the adapter read."""
    try:
        read = peer.read(path)
    except Exception as error:  # a peer's fault costs it the document, not the run
        say(f"  {peer.name}: {path.name}: {error!r}")
        return {}
    return lines.figures(adapter, read) if isinstance(read, str) else adapter.figures(read)


def scores(kind: str, files: list[Document], program: Path, forms: Forms) -> Scores:
    """All readers on all documents of a kind."""
    adapter = Adapter(forms)
    result: Scores = defaultdict(lambda: defaultdict(Count))
    for document in files:
        result[NIANBAO][document.group] += count(by_nianbao(program, document.path), document.truth)
        for peer in peers(kind):
            result[peer.name][document.group] += count(by_peer(peer, document.path, adapter), document.truth)
    return result


def score_table(kind: str, files: list[Document], result: Scores) -> str:
    """Right, missed, wrong and invented figures."""
    groups = list(dict.fromkeys(document.group for document in files))
    number = {group: sum(document.group == group for document in files) for group in groups}
    table = [[KINDS[kind][0], *(f"{group} ({number[group]})" for group in groups)]]
    table += [["---", *("---:" for _ in groups)]]
    table += [["figures", *(str(result[NIANBAO][group].figures) for group in groups)]]
    for name, row in result.items():
        table += [[name, *(_cell(row[group]) for group in groups)]]
    return _markdown(table)


def _cell(count: Count) -> str:
    return f"{count.right} / {count.missed} / {count.wrong} / {count.invented}"


def time_table(kind: str, files: list[Document], program: Path, turns: int) -> str:
    """Time of all readers in one run."""
    paths = [document.path for document in files]
    units = sum(document.units() for document in files)
    warm = {peer.name: timing.Warm(peer, paths) for peer in peers(kind)}
    passes: dict[str, timing.Pass] = {NIANBAO: timing.together(program, paths), EACH: timing.each(program, paths), **warm}
    say(f"{kind}: {len(paths)} documents, {units} units")
    before = _load()
    best = timing.rounds(passes, turns, say)
    for process in warm.values():
        process.close()
    title, unit = KINDS[kind]
    pages = f", {units} pages" if kind == "pdf" else ""
    table = [[f"{title}: {len(paths)} documents{pages}", f"ms a {unit}", "times nianbao"], ["---", "---:", "---:"]]
    alone = {peer.name for peer in peers(kind) if not peer.package}
    for name, seconds in best.items():
        base = best[EACH] if name in alone else best[NIANBAO]
        note = ", started for each file" if name in alone else ""
        table += [[name + note, f"{1000 * seconds / units:.2f}", f"{seconds / base:.2f}"]]
    return _markdown(table) + f"\nLoad average before and after: {before}; {_load()}.\n"


def _markdown(rows: list[list[str]]) -> str:
    return "\n".join(f"| {' | '.join(row)} |" for row in rows) + "\n"


def circumstances(program: Path, chromium: Path | None) -> str:
    """What the figures hold for."""
    versions = [_version(program), *dict.fromkeys(_peer_version(peer) for peer in readers.PEERS)]
    if chromium:
        versions.append(_version(chromium))
    return "\n\n".join(
        [
            f"{datetime.date.today()}; {', '.join(versions)}; Python {platform.python_version()}.",
            f"{_processor()}, {os.cpu_count()} cores, of which one is timed; load average at the start {_load()}.",
            f"`{shlex.join(['python3', *sys.argv])}`",
        ]
    )


def _load() -> str:
    return ", ".join(f"{value:.1f}" for value in os.getloadavg())


def _version(program: Path) -> str:
    run = subprocess.run([program, "--version"], capture_output=True, text=True, check=True)
    return run.stdout.split("\n")[0].strip()


def _peer_version(peer: readers.Peer) -> str:
    return f"{peer.package or 'pdftotext'} {peer.version()}"


def _processor() -> str:
    for line in Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            return line.split(":")[1].strip()
    return platform.machine()


def arguments() -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--nianbao", type=Path, default=ROOT / "target/release/nianbao")
    parser.add_argument("--maker", type=Path, default=ROOT / "target/release/nianbao-maker")
    parser.add_argument("--chromium", type=Path, help="prints some of the made pages as PDF files too")
    parser.add_argument("--clean", type=int, default=4, help="made documents without faults, of each container")
    parser.add_argument("--faulty", type=int, default=20, help="seeds of documents with faults, of each container")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--turns", type=int, default=3, help="timed passes; 0 times nothing")
    return parser.parse_args()


def main() -> None:
    """The run."""
    args = arguments()
    readers.quiet()
    forms = Forms()
    print(circumstances(args.nianbao, args.chromium), flush=True)
    with tempfile.TemporaryDirectory() as folder:
        maker = documents.Maker(args.maker, Path(folder), forms)
        files = documents.made(maker, args.clean, args.faulty, args.seed, args.chromium) + documents.samples()
        for kind in KINDS:
            of_kind = [document for document in files if document.kind == kind]
            print("\n" + score_table(kind, of_kind, scores(kind, of_kind, args.nianbao, forms)), flush=True)
        timing.one_core()
        for kind in KINDS if args.turns else ():
            of_kind = [document for document in files if document.kind == kind and document.group != "faulty"]
            print("\n" + time_table(kind, of_kind, args.nianbao, args.turns), flush=True)


if __name__ == "__main__":
    main()
