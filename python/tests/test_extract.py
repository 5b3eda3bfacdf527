"""One document: what it is given as, what comes back, and what is raised."""

import io
import json
import pickle
import threading
import time
from decimal import Decimal
from pathlib import Path

import pytest

import nianbao
from conftest import SAMPLES, documents

WORD = SAMPLES / "county-2023-word.docx"


def test_every_sample_is_the_json_of_the_program_to_the_byte() -> None:
    assert len(documents()) >= 15
    for path in documents():
        report = nianbao.extract(path.read_bytes(), path.name)
        assert report.to_json(pretty=True) + "\n" == path.with_suffix(".json").read_text("utf-8"), path


def test_a_path_bytes_and_a_file_are_the_same() -> None:
    from_path = nianbao.extract(WORD, "a.docx")
    with WORD.open("rb") as file:
        assert nianbao.extract(file, "a.docx") == from_path
    for data in (WORD.read_bytes(), bytearray(WORD.read_bytes()), memoryview(WORD.read_bytes())):
        assert nianbao.extract(data, "a.docx").to_json() == from_path.to_json()


def test_the_name_is_that_of_the_path_or_file_unless_one_is_given() -> None:
    assert nianbao.extract("samples/county-2020.xls").source.name == "samples/county-2020.xls"
    assert nianbao.extract(io.BytesIO(WORD.read_bytes())).source.name is None
    with open("samples/county-2020.xls", "rb") as file:
        assert nianbao.extract(file).source.name == "samples/county-2020.xls"
        file.seek(0)
        assert nianbao.extract(file, "b.xls").source.name == "b.xls"


def test_attributes_are_the_json() -> None:
    report = nianbao.extract(WORD)
    plain = json.loads(report.to_json(), parse_float=Decimal)
    assert report.to_dict() == plain
    assert report["report"]["agency"] == report.report.agency == "荻陵县人民政府"
    assert report.report.period is not None and report.report.period.start == "2023-01-01"
    assert report.source.bytes == WORD.stat().st_size
    assert report.tables.applications is not None and report.tables.applications.form == "2021"
    assert report.tables.statistics is None
    assert report.evidence["/tables/applications/values/new/total"].raw == "15324"
    assert [section.to_dict() for section in report.sections] == plain["sections"]
    assert {check.status for check in report.checks} == {"pass"}


def test_every_key_of_the_json_is_an_attribute_with_documentation() -> None:
    seen: set[type[nianbao.Record]] = set()
    for path in documents():
        _walk(nianbao.extract(path), seen)
    assert seen >= {nianbao.Report, nianbao.Section, nianbao.Check, nianbao.Evidence, nianbao.Origin, nianbao.Table}


def _walk(record: nianbao.Record, seen: set[type[nianbao.Record]]) -> None:
    kind = type(record)
    for key in record.keys():
        assert getattr(kind, key).__doc__, f"{kind.__name__}.{key}"
        value = getattr(record, key)
        inside = value if isinstance(value, list) else list(value.values()) if isinstance(value, dict) else [value]
        for child in inside:
            if isinstance(child, nianbao.Record):
                _walk(child, seen)
    seen.add(kind)


def test_numbers_are_exact() -> None:
    table = nianbao.extract(WORD).tables.proactive_disclosure
    assert table is not None
    assert table.values["administrative_fees"]["amount_wanyuan"] == Decimal("6435.7")
    assert isinstance(table.values["regulations"]["issued"], int)


def test_what_a_pointer_points_at() -> None:
    report = nianbao.extract(WORD)
    assert report.at("/tables/applications/values/new/total") == 15324
    assert report.at("/sections/0/heading") == report.sections[0].heading
    assert report.at("") is report.to_dict()
    for wrong in ("/tables/nothing", "/sections/999", "/sections/first", "/report/year/day"):
        with pytest.raises(KeyError, match=wrong):
            report.at(wrong)


def test_reports_can_be_pickled_and_not_changed() -> None:
    report = nianbao.extract(WORD)
    assert pickle.loads(pickle.dumps(report)) == report
    with pytest.raises(AttributeError):
        report.report.year = 2024  # type: ignore[assignment]


def test_a_page_that_is_no_report_says_so() -> None:
    report = nianbao.extract("<p>信息公开年度报告指南</p>".encode(), "guide.html")
    assert report.fate == "not_a_report"
    assert report.why_not
    assert nianbao.extract(WORD).why_not is None


@pytest.mark.parametrize(
    ("data", "kind", "reason"),
    [
        (b"", nianbao.EmptyError, "empty"),
        (b"\x89PNG\r\n\x1a\n", nianbao.UnknownFormatError, "image/png"),
        (b"Rar!\x1a\x07\x00", nianbao.UnknownFormatError, "application/vnd.rar"),
        (b"PK\x03\x04 and nothing more", nianbao.DamagedError, "damaged"),
    ],
)
def test_what_cannot_be_read_is_an_exception_of_the_family(data: bytes, kind: type[nianbao.Error], reason: str) -> None:
    with pytest.raises(kind) as caught:
        nianbao.extract(data, "x.bin")
    assert isinstance(caught.value, nianbao.Error)
    assert (caught.value.reason, caught.value.name) == (reason, "x.bin")
    assert str(caught.value).startswith("x.bin: ")
    again = pickle.loads(pickle.dumps(caught.value))
    assert (type(again), str(again), again.reason) == (kind, str(caught.value), reason)


def test_an_encoding_that_does_not_exist() -> None:
    with pytest.raises(nianbao.UnknownEncodingError, match="klingon"):
        nianbao.extract("samples/county-2024-lines.txt", encoding="klingon")
    assert nianbao.extract("samples/bureau-2023-gbk.html", encoding="gb18030").source.encoding == "gb18030"


def test_a_file_that_is_not_there_is_an_os_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        nianbao.extract(tmp_path / "nothing.pdf")
    with pytest.raises(IsADirectoryError):
        nianbao.extract(tmp_path)


def test_a_file_opened_for_text_is_wrong_use() -> None:
    with open("samples/county-2024-lines.txt", encoding="utf-8") as file, pytest.raises(TypeError):
        nianbao.extract(file)  # type: ignore[arg-type]


def test_other_threads_run_while_a_document_is_read() -> None:
    data = b"<p>" + "信息公开年度报告。".encode() * 200_000
    counted, done = 0, threading.Event()

    def read() -> None:
        nianbao.extract(data)
        done.set()

    thread = threading.Thread(target=read)
    thread.start()
    while not done.is_set():
        counted += 1
        time.sleep(0.001)
    thread.join()
    assert counted > 20


def test_the_words_about_it() -> None:
    assert nianbao.__version__ == nianbao.extract(WORD).generator.version
    assert nianbao.schema()["$schema"].startswith("https://json-schema.org/")
    lines = nianbao.codebook()
    assert len(lines) > 200 and lines[0]["key"] and lines[0]["chinese"]
    explained = nianbao.explain("applications.balance")
    assert explained.code == "applications.balance" and "＋" in explained.chinese
    with pytest.raises(LookupError, match=r"applications\.balance"):
        nianbao.explain("aplications.balance")
