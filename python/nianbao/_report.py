"""A report: the JSON of the program as objects."""

import json
from decimal import Decimal
from typing import Any, Literal, Self, TypeAlias

from . import _nianbao
from ._record import Field, Record, keyed, listed, optional

Number: TypeAlias = int | Decimal
"""A figure as printed: a whole number, or an exact decimal."""


class Generator(Record):
    """The program that made a report."""

    name = Field[str]("``nianbao``.")
    version = Field[str]("Its version.")


class Site(Record):
    """The site that published a page, from its meta tags."""

    name = Field[str | None]("``SiteName``.")
    domain = Field[str | None]("``SiteDomain``.")
    id_code = Field[str | None]("``SiteIDCode``, the ten-digit identification of a government site.")


class Source(Record):
    """The file that a report was made from."""

    name = Field[str | None]("File name or member name, as given.")
    media_type = Field[str]("IANA media type of the container.")
    bytes = Field[int]("Size in bytes.")
    sha256 = Field[str]("SHA-256 of the bytes, in lower-case hexadecimal.")
    encoding = Field[str | None]("Character encoding used, by its WHATWG name; None for formats that fix their own.")
    pages = Field[int | None]("Number of pages; None for formats without pages.")
    url = Field[str | None]("Address that it was fetched from, if known.")
    site = Field[Site]("The site that published it.", Site)


class Region(Record):
    """A region of GB/T 2260."""

    code = Field[str]("Its code in the year of the report.")
    name = Field[str]("Its name in that year.")
    code_today = Field[str | None]("The code of the same place today; None where that cannot be told.")


class Body(Record):
    """A public body, known by what its name is made of."""

    name = Field[str]("Its full name behind that of its region, one for all spellings.")
    level = Field[Literal["central", "province", "city", "county", "township", "zone"] | None](
        "At which level of government it stands; None where its name does not say."
    )
    kind = Field[str | None]("What it is: ``government``, ``general_office``, ``bureau``, ``town``, …")
    region = Field[Region | None](
        "Where it is; None where several regions share its name and nothing else decides.", optional(Region)
    )
    parent = Field[str | None]("The body above it; None where that is not known.")


class Period(Record):
    """First and last day, ISO 8601."""

    start = Field[str]("First day.")
    end = Field[str]("Last day.")


class Metadata(Record):
    """What a report says of itself."""

    title = Field[str | None]("Title as printed, its lines joined.")
    agency = Field[str | None]("The public body that reports, as named in the title.")
    body = Field[Body | None]("The same body as the register of regions knows it.", optional(Body))
    region_code = Field[str | None]("GB/T 2260 code of its region.")
    year = Field[int | None]("The year reported on, not that of publication.")
    period = Field[Period | None]("The days that the figures cover.", optional(Period))
    published = Field[str | None]("Day of publication, ISO 8601.")
    index_number = Field[str | None]("索引号.")
    document_number = Field[str | None]("文号.")
    kind = Field[
        Literal["annual_report", "notice", "blank_form", "guide", "index_page", "plan", "rules", "other"] | None
    ]("What the document is; None where that cannot be told.")


class Origin(Record):
    """Where something stands in its file; which of these there are depends on the format."""

    page = Field[int | None]("Page, from 1.")
    box = Field[tuple[float, float, float, float] | None](
        "Left, upper, right and lower edge on the page, in points from the top left corner.",
        lambda edges: None if edges is None else (float(edges[0]), float(edges[1]), float(edges[2]), float(edges[3])),
    )
    path = Field[str | None]("Path in a DOM or XML tree.")
    line = Field[int | None]("Line of a text, from 1.")
    column = Field[int | None]("Character of the line, from 1.")
    paragraph = Field[int | None]("Paragraph outside of tables, from 1.")
    table = Field[int | None]("Table of a text document, from 1.")
    row = Field[int | None]("Row of that table, from 1.")
    cell = Field[int | None]("Number among the cells of that row, from 1.")
    sheet = Field[str | None]("Sheet of a workbook.")
    address = Field[str | None]("Address of the cell in the sheet, such as ``B7``.")


class Section(Record):
    """A heading and what stands below it."""

    key = Field[str | None]("Canonical key of a main section, or ``preface`` or ``closing``; None for any other.")
    also = Field[list[str]]("Keys of further main sections that the heading names.")
    number = Field[str | None]("Number as printed, without its mark.")
    heading = Field[str]("Heading as printed, without its number.")
    level = Field[int]("Depth, from 1.")
    text = Field[str]("Paragraphs before the first child, joined with line breaks; tables are left out.")
    origin = Field[Origin]("Where the heading stands.", Origin)

    @property
    def children(self) -> "list[Section]":
        """Sections one level below."""
        return [Section(child) for child in self["children"]]


class ExtraRow(Record):
    """A row that the form does not have."""

    label = Field[str]("Its label as printed.")
    cells = Field[list[str]]("The text of its other cells.")
    origin = Field[Origin]("Where it stands.", Origin)


class Table(Record):
    """One statistical table."""

    form = Field[str | None]("The form that it follows: ``2019``, ``2021``, …; None where nothing decides.")
    values = Field[dict[str, Any]](
        "The figures by row and column, nested as the keys of the codebook: a number (int or Decimal) or None."
    )
    extra_rows = Field[list[ExtraRow]]("Rows that are not in the form.", listed(ExtraRow))
    origin = Field[Origin]("Where the table begins.", Origin)


class Tables(Record):
    """The statistical tables; None where the report has none."""

    proactive_disclosure = Field[Table | None]("Table 2, 主动公开政府信息情况.", optional(Table))
    applications = Field[Table | None]("Table 3, 收到和处理政府信息公开申请情况.", optional(Table))
    review_litigation = Field[Table | None]("Table 4, 政府信息公开行政复议、行政诉讼情况.", optional(Table))
    statistics = Field[Table | None]("Form 2014, 政府信息公开情况统计表.", optional(Table))


class NarrativeFigure(Record):
    """A figure stated in a sentence; it never enters a table."""

    key = Field[str]("What it counts: a key such as ``applications.new``.")
    value = Field[Number]("The number.")
    unit = Field[str | None]("Its unit as printed.")
    scope = Field[Literal["whole", "part", "several"] | None]("Whose figure it is; None where the sentence leaves it open.")
    basis = Field[Literal["year", "cumulative", "part_of_year", "period"] | None](
        "The time that it covers; None where the sentence leaves it open."
    )
    approximate = Field[bool]("Whether the sentence rounds it.")
    text = Field[str]("The sentence.")
    origin = Field[Origin]("Where it stands.", Origin)


class OtherTable(Record):
    """A grid that fits no form."""

    rows = Field[list[list[str]]]("Rows of cell texts.")
    origin = Field[Origin]("Where it stands.", Origin)


class Evidence(Record):
    """What was printed for a figure, and where."""

    raw = Field[str | None]("The text of the cell; None where the report has no such cell.")
    state = Field[Literal["number", "zero", "blank", "placeholder", "text", "inferred", "absent"]](
        "How it was understood."
    )
    origin = Field[Origin | None]("Where the cell stands.", optional(Origin))


class Check(Record):
    """One rule held against one report."""

    code = Field[str]("Code; ``nianbao.explain(code)`` tells more.")
    status = Field[Literal["pass", "fail", "unknown"]]("The outcome.")
    message = Field[str]("The rule with this report's numbers.")
    left = Field[Number | None]("Left side of the rule.")
    right = Field[Number | None]("Right side of the rule.")
    difference = Field[Number | None]("Left minus right.")
    cells = Field[list[str]](
        "JSON Pointers to the figures that take part; for an unknown outcome, those that are None. See ``Report.at``."
    )


class Diagnostic(Record):
    """One thing noticed in one document."""

    code = Field[str]("Code; ``nianbao.explain(code)`` tells more.")
    severity = Field[Literal["info", "warning", "error"]]("How much it matters.")
    message = Field[str]("What was noticed here.")
    origin = Field[Origin | None]("Where, if there is a place.", optional(Origin))


class Report(Record):
    """Everything that was read from one file.

    ``report.report.year`` is typed and documented; ``report["report"]["year"]`` is the same in the plain JSON, whose shape
    ``nianbao.schema()`` describes. Objects can be pickled.
    """

    __slots__ = ("_fate", "_json", "_why_not")

    schema_version = Field[int]("Version of this shape.")
    generator = Field[Generator]("The program that made it.", Generator)
    source = Field[Source]("The file that it was made from.", Source)
    report = Field[Metadata]("What the report says of itself.", Metadata)
    sections = Field[list[Section]]("The report's main headings in order, each with what stands below it.", listed(Section))
    tables = Field[Tables]("The statistical tables.", Tables)
    narrative_figures = Field[list[NarrativeFigure]](
        "Figures stated in sentences; never mixed into the tables.", listed(NarrativeFigure)
    )
    other_tables = Field[list[OtherTable]]("Grids that fit no form.", listed(OtherTable))
    evidence = Field[dict[str, Evidence]](
        "For each figure what was printed and where, by its JSON Pointer, such as ``/tables/applications/values/new/total``.",
        keyed(Evidence),
    )
    checks = Field[list[Check]]("The report held against its own arithmetic and text.", listed(Check))
    diagnostics = Field[list[Diagnostic]]("What was noticed while reading.", listed(Diagnostic))

    def __init__(self, json: bytes, fate: str = "annual_report", why_not: str | None = None) -> None:
        """A report from its JSON, as ``to_json`` gives it."""
        self._json = json
        self._fate = fate
        self._why_not = why_not

    def to_dict(self) -> dict[str, Any]:
        """The plain JSON object. Whole numbers are ``int``, all others exact ``decimal.Decimal``. It is not a copy."""
        # Many reports are only asked for their figures; the JSON is parsed when it is wanted.
        try:
            return self._data
        except AttributeError:
            self._data = json.loads(self._json, parse_float=Decimal)
            return self._data

    def to_json(self, pretty: bool = False) -> str:
        """The JSON, the same to the byte as the program prints: in one line, or ``pretty`` over several."""
        return _nianbao.pretty(self._json) if pretty else self._json.decode()

    @property
    def fate(self) -> str:
        """What the document is: ``annual_report``, or ``list_page``, ``attachment_only``, ``scan``, ``not_a_report``."""
        return self._fate

    @property
    def why_not(self) -> str | None:
        """Why the document is no annual report; None where it is one."""
        return self._why_not

    @property
    def figures(self) -> _nianbao.ArrowTable:
        """One row for each figure, as in the table ``figures`` of a dataset, for everything that takes Arrow.

        ``pandas.DataFrame.from_arrow(report.figures)``, ``polars.DataFrame(report.figures)``,
        ``pyarrow.table(report.figures)``; DuckDB takes the last by its name.
        """
        return self.arrow("figures")

    def arrow(self, table: str) -> _nianbao.ArrowTable:
        """The rows that this report has in a table of a dataset.

        ``reports``, ``figures``, ``wide``, ``sections``, ``checks``, ``diagnostics``, ``narrative`` or ``harmonised``.
        Raises ``KeyError`` for another name.
        """
        return _nianbao.ArrowTable(table, self._json)

    def at(self, pointer: str) -> Any:
        """What a JSON Pointer (RFC 6901) into this report points at, such as a cell of a check.

        Raises ``KeyError`` where there is nothing.
        """
        place: Any = self.to_dict()
        for part in pointer.split("/")[1:]:
            key = part.replace("~1", "/").replace("~0", "~")
            try:
                place = place[int(key)] if isinstance(place, list) else place[key]
            except (KeyError, IndexError, ValueError, TypeError):
                raise KeyError(pointer) from None
        return place

    def __reduce__(self) -> tuple[type[Self], tuple[bytes, str, str | None]]:
        return (type(self), (self._json, self._fate, self._why_not))

    def __repr__(self) -> str:
        return f"Report(agency={self.report.agency!r}, year={self.report.year!r}, source={self.source.name!r})"
