"""The labels of the official forms, folded for comparison.

They come from `schema/forms/*.toml`, the same source that nianbao matches with, so that no peer suffers from a label that the
adapter does not know.
"""

from __future__ import annotations

import difflib
import re
import tomllib
import unicodedata
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path

from opencc import OpenCC

ROOT = Path(__file__).resolve().parents[2]
SIMPLIFIED = OpenCC("t2s")
CLOSE = 0.8
"""How alike two labels must be (difflib's ratio) where none is equal; lets typing slips through."""


@cache
def plain(text: str) -> str:
    """Width, spaces and traditional characters folded."""
    return SIMPLIFIED.convert(re.sub(r"\s", "", unicodedata.normalize("NFKC", text)))


@cache
def fold(text: str) -> str:
    """A label without brackets, marks and the ordinal before it."""
    text = re.sub(r"\([^()]*\)|\(.*$", "", plain(text))
    text = re.sub(r"^(?:第?[一二三四五六七八九十]+、|\d+[.、:]?|[①-⑳])", "", text)
    return re.sub(r"^\d+", "", "".join(re.findall(r"[\w/]", text)))


@dataclass
class Labels:
    """Folded labels and the keys that they stand for."""

    keys: dict[str, str] = field(default_factory=dict)
    known: dict[str, str | None] = field(default_factory=dict)

    def add(self, entry: dict) -> None:
        """Takes a row, column or group of a form."""
        for label in [entry["label"], *entry.get("aliases", [])]:
            self.keys.setdefault(fold(label), entry["key"])

    def exact(self, text: str | None) -> str | None:
        """The key of a label written as in the form."""
        return self.keys.get(fold(text)) if text else None

    def close(self, text: str | None) -> str | None:
        """The key of a label, or of the one most like it."""
        if not text:
            return None
        folded = fold(text)
        if folded not in self.known:
            near = difflib.get_close_matches(folded, self.keys, 1, CLOSE) if len(folded) > 2 else []
            self.known[folded] = self.keys.get(folded) or (self.keys[near[0]] if near else None)
        return self.known[folded]


class Forms:
    """Rows and columns of the three tables, all forms together."""

    def __init__(self, folder: Path = ROOT / "schema/forms") -> None:
        read = [tomllib.loads((folder / f"{name}.toml").read_text("utf-8")) for name in ("2021", "2019")]
        self.tables = [{table["key"]: table for table in form["tables"]} for form in read]

    def _labels(self, table: str, part: str) -> Labels:
        labels = Labels()
        for form in self.tables:
            for band in form[table]["bands"]:
                for entry in band.get(part, []):
                    labels.add(entry)
        return labels

    @cached_property
    def disclosure_rows(self) -> Labels:
        return self._labels("proactive_disclosure", "rows")

    @cached_property
    def disclosure_columns(self) -> Labels:
        return self._labels("proactive_disclosure", "columns")

    @cached_property
    def application_rows(self) -> Labels:
        # 其他 alone is a row of （六）其他处理; as （六）其他 it is that row itself, which `adapter` sees by its ordinal.
        labels = self._labels("applications", "rows")
        labels.keys[fold("其他")] = "other_handling.other"
        return labels

    def application_label(self, key: str) -> str:
        """The official label of a row of table 3."""
        return next(row["label"] for form in self.tables for row in form["applications"]["bands"][0]["rows"] if row["key"] == key)

    @cached_property
    def application_columns(self) -> Labels:
        return self._labels("applications", "columns")

    @cached_property
    def outcomes(self) -> Labels:
        return self._labels("review_litigation", "columns")

    @cached_property
    def outcome_keys(self) -> list[str]:
        """The 15 columns of table 4 in order."""
        band = self.tables[0]["review_litigation"]["bands"][0]
        return [f"{group['key']}.{column['key']}" for group in band["groups"] for column in band["columns"]]

    @cached_property
    def application_column_keys(self) -> list[str]:
        """The 7 columns of table 3 in order."""
        return [column["key"] for column in self.tables[0]["applications"]["bands"][0]["columns"]]

    @cached_property
    def application_orders(self) -> list[list[str]]:
        """The rows of table 3 in order, one list a form."""
        rows = [[row["key"] for row in form["applications"]["bands"][0]["rows"]] for form in self.tables]
        return [[key for key in rows[0] if key != "other_handling.overall"], rows[1]]
