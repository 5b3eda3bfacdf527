"""The recipes of the documentation: every query in SQLite and in DuckDB, every block of Python against its query."""

import csv
import re
import shutil
import sqlite3
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import pandas
import polars
import pytest

import nianbao
from conftest import ROOT, documents

RECIPES = (ROOT / "docs" / "recipes.md").read_text(encoding="utf-8")
QUESTIONS = re.split(r"^## ", RECIPES, flags=re.MULTILINE)[1:]


@pytest.fixture(scope="module")
def dataset(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    out = tmp_path_factory.mktemp("recipes") / "dataset"
    nianbao.batch(documents(), out, formats=["csv", "parquet", "sqlite"])
    yield out


def block(question: str, language: str) -> str | None:
    found = re.search(rf"^```{language}\n(.*?)^```", question, flags=re.MULTILINE | re.DOTALL)
    return found and found[1]


def plain(rows: Any) -> list[tuple[Any, ...]]:
    """Rows as Python numbers, so that decimals, floats and integers of one value are one."""
    def value(cell: Any) -> Any:
        if cell is None or cell is pandas.NA or cell != cell:
            return None
        return cell if isinstance(cell, str) else float(cell)

    return [tuple(value(cell) for cell in row) for row in rows]


def in_sqlite(dataset: Path, query: str) -> list[tuple[Any, ...]]:
    with sqlite3.connect(dataset / "dataset.sqlite") as base:
        return plain(base.execute(query).fetchall())


def in_duckdb(dataset: Path, query: str) -> list[tuple[Any, ...]]:
    base = duckdb.connect()
    for table in (dataset / "parquet").glob("*.parquet"):
        base.execute(f"create view \"{table.stem}\" as from '{table}'")
    return plain(base.execute(query).fetchall())


def test_there_are_ten() -> None:
    assert [question.split(" ", 1)[0] for question in QUESTIONS] == [str(number) for number in range(1, 11)]


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.split(" ", 1)[0])
def test_a_query_gives_the_same_rows_in_sqlite_and_duckdb(question: str, dataset: Path) -> None:
    query = block(question, "sql")
    assert query is not None
    rows = in_sqlite(dataset, query)
    assert rows
    assert in_duckdb(dataset, query) == rows


@pytest.mark.parametrize("question", [q for q in QUESTIONS if block(q, "py")], ids=lambda q: q.split(" ", 1)[0])
def test_python_gives_the_rows_of_the_query(question: str, dataset: Path) -> None:
    query, code = block(question, "sql"), block(question, "py")
    assert query is not None and code is not None
    scope: dict[str, Any] = {
        "pandas": pandas,
        "polars": polars,
        "figures": pandas.read_parquet(dataset / "parquet" / "figures.parquet"),
        "reports": polars.read_parquet(dataset / "parquet" / "reports.parquet"),
    }
    exec(code, scope)
    answer = scope["answer"]
    rows = answer.rows() if isinstance(answer, polars.DataFrame) else answer.itertuples(index=False)
    assert plain(rows) == in_sqlite(dataset, query)


def test_the_share_of_denied_applications_is_that_of_the_samples(dataset: Path) -> None:
    """Counted by hand from the JSON beside the samples, not by a query."""
    denied: dict[int, list[int]] = {}
    for path in documents():
        report = nianbao.extract(path)
        table = report["tables"]["applications"]
        if table is None or table["values"].get("denied") is None:
            continue
        grounds = [ground["total"] for ground in table["values"]["denied"].values()]
        total = table["values"]["results_total"]["total"]
        if total and None not in grounds:
            sums = denied.setdefault(report["report"]["year"], [0, 0])
            sums[0] += sum(grounds)
            sums[1] += total
    query = block(QUESTIONS[3], "sql")
    assert query is not None
    assert [(row[0], row[2], row[3]) for row in in_sqlite(dataset, query)] == [
        (year, *map(float, sums)) for year, sums in sorted(denied.items())
    ]


@pytest.mark.parametrize("question", [q for q in QUESTIONS if block(q, "python")], ids=lambda q: q.split(" ", 1)[0])
def test_the_code_of_a_picture_draws_it(question: str, dataset: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    matplotlib = pytest.importorskip("matplotlib")
    matplotlib.use("agg")
    monkeypatch.chdir(dataset.parent)
    picture = re.search(r"^!\[[^]]+\]\(([a-z]+\.png)\)", question, flags=re.MULTILINE)
    assert picture and (ROOT / "docs" / picture[1]).is_file()
    scope: dict[str, Any] = {
        "pandas": pandas,
        "polars": polars,
        "query": block(question, "sql"),
        "figures": pandas.read_parquet("dataset/parquet/figures.parquet"),
        "reports": polars.read_parquet("dataset/parquet/reports.parquet"),
    }
    for language in ("py", "python"):
        exec(block(question, language) or "", scope)
    assert (dataset.parent / picture[1]).stat().st_size > 5000


IN_R = """
base <- DBI::dbConnect(RSQLite::SQLite(), "dataset/dataset.sqlite")
figures <- readr::read_csv("dataset/csv/figures.csv", guess_max = Inf, show_col_types = FALSE)
stopifnot(is.numeric(figures$value), nrow(readr::problems(figures)) == 0)
for (file in commandArgs(TRUE)) {
  query <- paste(readLines(file), collapse = "\\n")
  write.csv(DBI::dbGetQuery(base, query), paste0(file, ".csv"), row.names = FALSE, na = "")
}
"""


def test_r_gives_the_rows_of_every_query(dataset: Path) -> None:
    has = "for (package in c('RSQLite', 'readr')) loadNamespace(package)"
    if not shutil.which("Rscript") or subprocess.run(["Rscript", "-e", has], capture_output=True).returncode:
        pytest.skip("R with RSQLite and readr is not installed")
    folder = dataset.parent
    queries = [block(question, "sql") or "" for question in QUESTIONS]
    for number, query in enumerate(queries):
        (folder / f"{number}.sql").write_text(query, encoding="utf-8")
    (folder / "all.R").write_text(IN_R, encoding="utf-8")
    subprocess.run(["Rscript", "all.R", *(f"{number}.sql" for number in range(len(queries)))], cwd=folder, check=True)
    for number, query in enumerate(queries):
        with (folder / f"{number}.sql.csv").open(encoding="utf-8", newline="") as file:
            rows = list(csv.reader(file))[1:]
        expected = in_sqlite(dataset, query)
        assert [same_kind(row, right) for row, right in zip(rows, expected, strict=True)] == expected


def same_kind(row: list[str], right: tuple[Any, ...]) -> tuple[Any, ...]:
    """A row of text with numbers where the right one has them."""
    def value(cell: str, one: Any) -> Any:
        if one is None:
            return cell or None
        return cell if isinstance(one, str) else float(cell)

    return tuple(value(cell, one) for cell, one in zip(row, right, strict=True))
