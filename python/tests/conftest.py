"""Where the samples are, and the package as it is installed, never the sources beside these tests."""

import json
import os
from pathlib import Path

import pytest

import nianbao

ROOT = Path(__file__).resolve().parents[2]
SAMPLES = ROOT / "samples"


@pytest.fixture(autouse=True)
def _in_the_root(monkeypatch: pytest.MonkeyPatch) -> None:
    """The documentation names samples from the root of the repository."""
    monkeypatch.chdir(ROOT)


def documents() -> list[Path]:
    """Every sample that has its JSON beside it."""
    found = (path for path in SAMPLES.iterdir() if path.suffix not in {".json", ".md"})
    return sorted(path for path in found if path.with_suffix(".json").exists())


def interpreter_environment() -> dict[str, str]:
    """The environment of a process that reads output as UTF-8."""
    return {**os.environ, "PYTHONUTF8": "1"}


def overlay_of(document: Path, folder: Path) -> Path:
    """A file of corrections, as the review page keeps it, with one for the first number of the applications of a document."""
    report = nianbao.extract(document)
    assert report.tables.applications is not None
    key, old = next((key, value) for key, value in report.tables.applications.values.items() if value)
    entry = {"who": "某人", "when": "2024-05-06T07:08:09Z", "report": report.source.sha256, "name": None, "kind": "correction",
             "key": f"/tables/applications/values/{key.replace('.', '/')}", "old": str(old), "new": "1480", "why": ""}
    overlay = folder / "overlay.jsonl"
    overlay.write_text(json.dumps(entry))
    return overlay
