"""What a document says, and how much of it was read."""

from __future__ import annotations

import json
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from adapter import Figures, number
from forms import Forms, fold, plain

TABLES = {"t2": "proactive_disclosure", "t3": "applications", "t4": "review_litigation"}


@dataclass
class Count:
    """Figures of one or more documents. A blank cell that was read as blank counts nowhere."""

    figures: int = 0
    """Numbers that the documents state."""
    right: int = 0
    """Read as printed."""
    missed: int = 0
    """Not read at all."""
    wrong: int = 0
    """Another number was read."""
    invented: int = 0
    """A number was read where the document has none."""

    def __add__(self, other: Count) -> Count:
        return Count(*(getattr(self, name) + getattr(other, name) for name in vars(self)))


def count(found: Figures, truth: Figures) -> Count:
    """Compares what was read with what is printed."""
    result = Count()
    for key in found.keys() | truth.keys():
        is_, should = found.get(key), truth.get(key)
        if should is None:
            result.invented += is_ is not None
            continue
        result.figures += 1
        result.right += is_ == should
        result.missed += is_ is None
        result.wrong += is_ is not None and is_ != should
    return result


def of_report(report: dict) -> Figures:
    """The figures of a report as nianbao prints it."""
    figures: Figures = {}

    def walk(path: str, node: object) -> None:
        if isinstance(node, dict):
            for key, child in node.items():
                walk(f"{path}.{key}", child)
        else:
            figures[path] = None if node is None else Decimal(str(node))

    for table in TABLES.values():
        walk(table, ((report.get("tables") or {}).get(table) or {}).get("values") or {})
    return figures


def of_sample(path: Path) -> Figures:
    """The figures of a sample: the JSON beside it, which was read by eye."""
    return of_report(json.loads(path.read_text("utf-8"), parse_float=Decimal))


def of_made(path: Path, forms: Forms) -> tuple[Figures, list[str]]:
    """The figures of a made document and its faults. Truth files name cells by the labels of the form."""
    truth = json.loads(path.read_text("utf-8"))
    figures: Figures = {}
    for table, rows in truth["tables"].items():
        for label, cells in rows.items():
            for column, printed in cells.items():
                figures[f"{TABLES[table]}.{_key(table, label, column, forms)}"] = number(printed)
    return figures, truth["faults"]


def _key(table: str, label: str, column: str, forms: Forms) -> str:
    row, column = label.split("/")[-1], column.removeprefix("法人或其他组织/")
    match table:
        case "t2":
            keys = forms.disclosure_rows.exact(label), forms.disclosure_columns.exact(column)
        case "t3":
            overall = plain(row).startswith("(六)其")
            key = "other_handling.overall" if overall else forms.application_rows.exact(row)
            keys = key, forms.application_columns.exact(column)
        case _:
            groups = {fold(text): key for text, key in GROUPS.items()}
            keys = groups.get(fold(row)), forms.outcomes.exact(column)
    if None in keys:
        raise KeyError(f"{table}: {label}: {column}")
    return ".".join(key or "" for key in keys)


GROUPS = {"行政复议": "review", "未经复议直接起诉": "litigation_direct", "复议后起诉": "litigation_after_review"}
