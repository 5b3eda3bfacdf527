"""Types and documentation: the stubs against the module, and the examples against what happens."""

import doctest
import subprocess
import sys
from pathlib import Path

import pytest

import nianbao
from conftest import ROOT

CONFIG = str(ROOT / "python" / "pyproject.toml")

USE = '''
from collections.abc import Iterator
from typing import assert_type

import nianbao

report = nianbao.extract("a.html")
assert_type(report, nianbao.Report)
assert_type(report.report.year, int | None)
assert_type(report.report.body, nianbao.Body | None)
assert_type(report.sections, list[nianbao.Section])
assert_type(report.sections[0].children[0].heading, str)
assert_type(report.evidence, dict[str, nianbao.Evidence])
assert_type(report.figures, nianbao.ArrowTable)
assert_type(nianbao.extract_many(["a"]), Iterator[nianbao.Report | nianbao.Error])
assert_type(nianbao.batch("a", "b").rows, dict[str, int])
'''


def run(*command: str, cwd: Path) -> None:
    done = subprocess.run([sys.executable, "-m", *command], cwd=cwd, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_stubs_are_those_of_the_module(tmp_path: Path) -> None:
    run("mypy.stubtest", "nianbao", "--mypy-config-file", CONFIG, cwd=tmp_path)


def test_package_and_tests_hold_the_strict_types_of_mypy(tmp_path: Path) -> None:
    run("mypy", "--config-file", CONFIG, "-p", "nianbao", cwd=tmp_path)
    run("mypy", "--config-file", CONFIG, str(ROOT / "python" / "tests"), cwd=tmp_path)


@pytest.mark.parametrize("checker", ["mypy", "pyright"])
def test_users_get_types(tmp_path: Path, checker: str) -> None:
    (tmp_path / "use.py").write_text(USE)
    command = ["mypy", "--strict"] if checker == "mypy" else ["pyright", "--pythonpath", sys.executable]
    run(*command, "use.py", cwd=tmp_path)


@pytest.mark.parametrize("page", ["python/README.md", "README.md", "README.zh-CN.md"])
def test_the_examples_of_the_documentation_are_true(page: str) -> None:
    failed, tried = doctest.testfile(str(ROOT / page), module_relative=False)
    assert tried > 0 and failed == 0


def test_the_example_of_the_package_is_true() -> None:
    assert doctest.testmod(nianbao).failed == 0


def test_everything_public_is_documented() -> None:
    for name in nianbao.__all__:
        assert name == "__version__" or getattr(nianbao, name).__doc__, name
