"""Where the samples are, and the package as it is installed, never the sources beside these tests."""

import os
from pathlib import Path

import pytest

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
