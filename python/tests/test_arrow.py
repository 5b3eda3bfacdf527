"""Tables through the Arrow PyCapsule interface, for each of those that take it, against the dataset's own files."""

from pathlib import Path

import duckdb
import pandas
import polars
import pyarrow
import pyarrow.parquet
import pytest

import nianbao
from conftest import SAMPLES, documents

WORD = SAMPLES / "county-2023-word.docx"


def test_pyarrow_pandas_polars_and_duckdb_take_the_same_figures() -> None:
    report = nianbao.extract(WORD)
    arrow = pyarrow.table(report.figures)
    assert repr(report.figures) == "ArrowTable(200 rows, 27 columns)"
    assert arrow.num_rows == len(report.figures) == sum(key.startswith("/tables/") for key in report.evidence)
    assert arrow.column_names == report.figures.column_names
    assert polars.DataFrame(report.figures).to_arrow().to_pylist() == arrow.to_pylist()
    frame = pandas.DataFrame.from_arrow(report.figures)
    assert list(frame["key"]) == arrow["key"].to_pylist()
    asked = "select sum(value) from arrow where key like 'applications.new.%' and \"column\" <> 'total'"
    assert duckdb.connect().execute(asked).fetchall() == [(15324,)]


def test_each_is_taken_as_often_as_wanted_and_outlives_its_report() -> None:
    figures = nianbao.extract(WORD).figures
    assert pyarrow.table(figures) == pyarrow.table(figures)
    assert pyarrow.schema(figures) == pyarrow.table(figures).schema
    figures.__arrow_c_stream__()


def test_every_document_has_every_table() -> None:
    names = ("reports", "figures", "wide", "sections", "checks", "diagnostics", "narrative", "harmonised",
             "check_cells", "diagnostic_cells", "reasons")
    for page in ("信息公开年度报告", "<p></p>", "政府信息公开工作年度报告\n一、总体情况\n无"):
        report = nianbao.extract(page.encode())
        rows = {name: len(pyarrow.table(report.arrow(name))) for name in names}
        assert rows["reports"] == rows["wide"] == 1
        assert rows["figures"] == 0
        assert rows["diagnostics"] == len(report.diagnostics)


def test_a_table_that_does_not_exist() -> None:
    with pytest.raises(KeyError, match="nothing"):
        nianbao.extract(WORD).arrow("nothing")


def test_the_rows_of_all_samples_are_those_of_a_dataset(tmp_path: Path) -> None:
    out = tmp_path / "dataset"
    nianbao.batch([str(path) for path in documents()], out, formats=["parquet"])
    order = pyarrow.parquet.read_table(out / "parquet" / "reports.parquet")["report_id"].to_pylist()
    reports = {report.source.sha256[:16]: report for report in map(nianbao.extract, documents())}
    assert set(order) == set(reports)
    # `reports` and `diagnostics` also say how the reports of a dataset stand to each other.
    for table in ("figures", "wide", "sections", "checks", "narrative", "harmonised"):
        written = pyarrow.parquet.read_table(out / "parquet" / f"{table}.parquet")
        made = pyarrow.concat_tables(pyarrow.table(reports[report].arrow(table)) for report in order)
        assert made.to_pylist() == written.to_pylist(), table
        assert [field.type for field in made.schema] == [field.type for field in written.schema], table


def test_what_is_computed_at_once_from_a_dataset(tmp_path: Path) -> None:
    nianbao.batch([WORD, SAMPLES / "county-2023-chromium.pdf"], tmp_path / "set", formats=["parquet"])
    wide, figures = (tmp_path / "set" / "parquet" / f"{name}.parquet" for name in ("wide", "figures"))
    total, fees = "applications.new.total", "proactive_disclosure.administrative_fees.amount_wanyuan"
    reports = [nianbao.extract(WORD), nianbao.extract(SAMPLES / "county-2023-chromium.pdf")]
    totals = sum(report.at("/tables/applications/values/new/total") for report in reports)
    amounts = sum(
        report.at("/tables/proactive_disclosure/values/administrative_fees/amount_wanyuan") for report in reports
    )
    schema = pyarrow.parquet.read_schema(wide)
    assert (schema.field(total).type, schema.field(fees).type) == (pyarrow.int64(), pyarrow.decimal128(18, 6))
    frame = pandas.read_parquet(wide)
    assert frame[total].dtype == "int64" and frame[total].sum() == totals
    assert frame[fees].sum() == amounts
    assert polars.read_parquet(wide).select(polars.col(total).sum(), polars.col(fees).sum()).row(0) == (totals, amounts)
    asked = f'select sum("{total}"), sum("{fees}") from read_parquet(?)'
    assert duckdb.connect().execute(asked, [str(wide)]).fetchall() == [(totals, amounts)]
    long = pandas.read_parquet(figures)
    whole = long.loc[long["key"] == total, "value_int"]
    assert whole.sum() == totals and (whole / 2).sum() == totals / 2
    assert polars.read_parquet(figures).schema["x0"] == polars.Float32
