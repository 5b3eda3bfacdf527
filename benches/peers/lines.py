"""Grids from the lines of `pdftotext -layout`, where nothing but spaces parts the cells."""

from __future__ import annotations

import itertools
import re

from adapter import Adapter, Cell, Figures, number
from forms import Labels, plain

GAP = re.compile(r"\s{2,}")
PLACEHOLDERS = {"/", "-", "--", "—", "——", "无", "不适用"}


def cells(line: str, headers: Labels) -> list[Cell]:
    """The cells of a line: parted by two spaces, numbers and headers of table 2 also by one."""
    row: list[Cell] = []
    for piece in GAP.split(line.strip()):
        words = piece.split()
        if any(headers.exact(word) for word in words):
            row += words
            continue
        while words and _value(words[-1]):
            words.pop()
        label = " ".join(words)
        row += [label] if label else []
        row += piece.split()[len(words) :]
    return row


def figures(adapter: Adapter, text: str) -> Figures:
    """All figures of a text.

    Labels of table 3 are set over several lines around their numbers. So where the lines with seven numbers are as many as the
    rows of a form, they are taken in the form's order; otherwise the lines around each are searched for its label.
    """
    rows = [cells(line, adapter.forms.disclosure_columns) for line in text.splitlines() if line.strip()]
    sevens = [at for at, row in enumerate(rows) if _numbers(row) == 7]
    said = [adapter.forms.application_rows.exact(rows[at][0]) for at in sevens]
    order = next((order for order in adapter.forms.application_orders if _fits(order, said)), None)
    for index, at in enumerate(sevens):
        label = adapter.forms.application_label(order[index]) if order else _label(adapter, rows, at)
        rows[at] = [label or "", *rows[at][-7:]]
    return adapter.figures([rows])


def _fits(order: list[str], said: list[str | None]) -> bool:
    """Whether the rows can be those of a form: as many, and none whose line names another."""
    return len(order) == len(said) and all(key in (None, row) for row, key in zip(order, said, strict=True))


def _label(adapter: Adapter, rows: list[list[Cell]], at: int) -> Cell:
    """The label of a row of table 3: of the lines around its numbers, the fewest whose last texts make one."""
    for size in range(1, 7):
        for start in range(at - size + 1, at + 1):
            window = rows[max(start, 0) : start + size]
            if sum(_numbers(row) == 7 for row in window) > 1:
                continue
            texts = [[cell for cell in row if cell and not _value(cell)] for row in window]
            label = "".join(row[-1] for row in texts if row)
            if adapter.row_key(label):
                return label
    return None


def _numbers(row: list[Cell]) -> int:
    """How many values a row ends with."""
    values = itertools.takewhile(_value, reversed(row))
    return sum(1 for _ in values)


def _value(cell: Cell) -> bool:
    return number(cell) is not None or plain(cell or "") in PLACEHOLDERS
