"""From the grids that a peer reads to figures under keys, as a researcher would write it in an afternoon.

A grid is rows of cells; a cell is text, or None where a merged cell covers the slot. Rules, in this order:

1. All tables of a document are one stream of rows, so that a table goes on over a page break.
2. A row whose cells are column labels is a header and says which columns follow.
3. In any other row the last cell that is a row label decides the row; the cells after it are its values, in order. Where their
   count is not that of the columns, leading blanks are dropped, then all blanks; then the positions of the header decide.
4. A row cut in two by a page break is joined when neither half is a row and both together are.
5. What was found first stays: a second report in the same file changes nothing.
"""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal

from forms import Forms, plain

Cell = str | None
Grid = list[list[Cell]]
Figures = dict[str, Decimal | None]
Placed = tuple[list[str], list[Cell]]
"""Columns, and the value that stands in each."""

NUMBER = re.compile(r"^(增|减)?([+-]?\d+(?:\.\d+)?)(万元|元)?(?:[件条项个]?$|\()")


def number(cell: Cell) -> Decimal | None:
    """The number in a cell; amounts in 万元."""
    text = re.sub(r"[\s,]", "", unicodedata.normalize("NFKC", cell or ""))
    match = NUMBER.match(text.replace("−", "-"))
    if not match:
        return None
    value = Decimal(match[2])
    if match[1] == "减":
        value = -value
    return value / 10000 if match[3] == "元" else value


class Adapter:
    """Places the cells of one document after the other."""

    def __init__(self, forms: Forms) -> None:
        self.forms = forms

    def figures(self, grids: list[Grid]) -> Figures:
        """All figures of a document."""
        self.found: Figures = {}
        self.band: dict[int, str] = {}
        last: list[Cell] = []
        for grid in grids:
            self.columns: dict[int, str] = {}
            self.outcomes: dict[int, str] = {}
            started = False
            for index, row in enumerate(grid):
                if self._header(row):
                    continue
                started = started or self._joined(last, row, first=not started and index < 5)
                if not self._application(row) and not self._disclosure(row):
                    self._proceedings(row)
                started = True
                last = row
        return self.found

    def _keep(self, table: str, row: str, columns: list[str], values: list[Cell]) -> bool:
        for column, value in zip(columns, values, strict=True):
            self.found.setdefault(".".join(filter(None, [table, row, column])), number(value))
        return True

    def _header(self, row: list[Cell]) -> bool:
        """Whether the row is a header; takes its columns."""
        forms = self.forms
        if any(number(cell) is not None for cell in row):
            return False
        outcomes = {i: key for i, cell in enumerate(row) if (key := forms.outcomes.exact(cell))}
        if len(outcomes) >= 4:
            self.outcomes.update(outcomes)
            return True
        columns = {i: key for i, cell in enumerate(row) if (key := forms.application_columns.exact(cell))}
        if len(set(columns.values())) >= 3 or {"natural_person", "total"} <= set(columns.values()):
            for i in [i for i in self.columns if self.columns[i] in columns.values()]:
                del self.columns[i]
            self.columns.update(columns)
            return True
        band = {i: key for i, cell in enumerate(row) if (key := forms.disclosure_columns.close(cell))}
        if band and not any(forms.disclosure_rows.exact(cell) for cell in row):
            # A merged header cell can stand in several slots; the first is where the values are.
            self.band = {i: key for i, key in band.items() if key not in [band[j] for j in band if j < i]}
            return True
        return False

    def row_key(self, cell: Cell) -> str | None:
        """The row of table 3 that a label names."""
        if cell and re.match(r"\(六\)其[他它]$", plain(cell)):
            return "other_handling.overall"
        return self.forms.application_rows.close(cell)

    def _application(self, row: list[Cell]) -> bool:
        """A row of table 3."""
        labels = [i for i, cell in enumerate(row) if self.row_key(cell)]
        if not labels:
            return False
        at = labels[-1]
        values = self._values(row, at, self.forms.application_column_keys, self.columns)
        if values is None:
            return False
        return self._keep("applications", self.row_key(row[at]) or "", *values)

    def _disclosure(self, row: list[Cell]) -> bool:
        """A row of table 2."""
        labels = [i for i, cell in enumerate(row) if self.forms.disclosure_rows.close(cell)]
        if not labels or not self.band:
            return False
        at = labels[-1]
        values = self._values(row, at, list(self.band.values()), self.band)
        if values is None:
            return False
        return self._keep("proactive_disclosure", self.forms.disclosure_rows.close(row[at]) or "", *values)

    def _proceedings(self, row: list[Cell]) -> bool:
        """The row of table 4."""
        cells: list[Cell] = [cell for cell in row if cell is not None]
        if sum(number(cell) is not None for cell in cells) < 5 or any(self.row_key(cell) for cell in cells):
            return False
        if len(cells) != 15:
            if len(self.outcomes) != 15 or max(self.outcomes) >= len(row):
                return False
            cells = [row[i] for i in sorted(self.outcomes)]
        return self._keep("review_litigation", "", self.forms.outcome_keys, cells)

    @staticmethod
    def _values(row: list[Cell], at: int, columns: list[str], header: dict[int, str]) -> Placed | None:
        """Columns and the values that stand in them, of what comes after the label."""
        values: list[Cell] = [cell for cell in row[at + 1 :] if cell is not None]
        while len(values) > len(columns) and not values[0]:
            values.pop(0)
        full: list[Cell] = [cell for cell in values if cell]
        for candidates in (values, full):
            if len(candidates) == len(columns):
                return columns, candidates
        if len(header) == len(columns) and min(header) > at and max(header) < len(row):
            return list(header.values()), [row[i] for i in header]
        return None

    def _joined(self, above: list[Cell], below: list[Cell], first: bool) -> bool:
        """Joins the halves of a row of table 3 over a page break."""
        if not first or len(above) < 8 or len(below) < 8:
            return False
        halves = [[cell or "" for cell in row] for row in (above, below)]
        filled = [any(number(cell) is not None for cell in row[-7:]) for row in halves]
        if filled.count(True) != 1:
            return False
        label = "".join(next((cell for cell in reversed(row[:-7]) if cell), "") for row in halves)
        key = self.row_key(label)
        columns = [f"applications.{key}.{column}" for column in self.forms.application_column_keys]
        if key is None or any(self.found.get(column) is not None for column in columns):
            return False
        values = halves[filled.index(True)][-7:]
        self.found.update({column: number(value) for column, value in zip(columns, values, strict=True)})
        return True
