"""Reads Chinese government information disclosure annual reports (政府信息公开工作年度报告) into checked data.

>>> import nianbao
>>> report = nianbao.extract("samples/county-2023-word.docx")
>>> report.report.agency, report.report.year
('荻陵县人民政府', 2023)
>>> report.tables.applications.values["new"]["total"]
15324

A figure is the number printed in the report, or ``None`` with a reason, or a failing check points at it. Nothing is guessed,
corrected or sent anywhere.
"""

from ._errors import (
    BatchError,
    CrashError,
    DamagedError,
    EmptyError,
    EncryptedError,
    Error,
    InputError,
    LimitError,
    UnknownEncodingError,
    UnknownFormatError,
)
from ._nianbao import ArrowTable, __version__
from ._reading import BatchSummary, Explanation, batch, codebook, explain, extract, extract_many, schema
from ._record import Record
from ._report import (
    Body,
    Check,
    Diagnostic,
    Evidence,
    ExtraRow,
    Generator,
    Metadata,
    NarrativeFigure,
    Origin,
    OtherTable,
    Period,
    Region,
    Report,
    Section,
    Site,
    Source,
    Table,
    Tables,
)

__all__ = [
    "ArrowTable",
    "BatchError",
    "BatchSummary",
    "Body",
    "Check",
    "CrashError",
    "DamagedError",
    "Diagnostic",
    "EmptyError",
    "EncryptedError",
    "Error",
    "Evidence",
    "Explanation",
    "ExtraRow",
    "Generator",
    "InputError",
    "LimitError",
    "Metadata",
    "NarrativeFigure",
    "Origin",
    "OtherTable",
    "Period",
    "Record",
    "Region",
    "Report",
    "Section",
    "Site",
    "Source",
    "Table",
    "Tables",
    "UnknownEncodingError",
    "UnknownFormatError",
    "__version__",
    "batch",
    "codebook",
    "explain",
    "extract",
    "extract_many",
    "schema",
]
