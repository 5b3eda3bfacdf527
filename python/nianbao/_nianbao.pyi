"""The part of the package that is written in Rust; private to it, but for ``ArrowTable``."""

from collections.abc import Iterable, Iterator
from os import PathLike
from typing import Any, Self, TypedDict, final

__all__ = [
    "ArrowTable",
    "Many",
    "__version__",
    "batch",
    "codebook",
    "explain",
    "join",
    "main",
    "plan",
    "pretty",
    "read",
    "read_part",
    "schema",
    "similar",
]

__version__: str

_Interpreter = tuple[str, list[str]]
_Outcome = tuple[str, str | None, str, bytes | None]

@final
class ArrowTable:
    """Rows for everything that takes Arrow through the PyCapsule interface: pandas, polars, pyarrow, DuckDB."""

    def __new__(cls, name: str, json: bytes) -> Self: ...
    def __len__(self) -> int: ...
    def __repr__(self) -> str: ...
    @property
    def column_names(self) -> list[str]:
        """The names of the columns."""
    def __arrow_c_schema__(self) -> object: ...
    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object: ...

@final
class Many:
    """An iterator over the outcomes of documents."""

    def __new__(
        cls, paths: Iterable[str | PathLike[str]], jobs: int, interpreter: _Interpreter
    ) -> Self: ...
    def __iter__(self) -> Iterator[tuple[str | PathLike[str], _Outcome]]: ...
    def __next__(self) -> tuple[str | PathLike[str], _Outcome]: ...

class _Asked(TypedDict):
    """What is to be made of what."""

    inputs: list[str]
    out: str
    include: list[str]
    exclude: list[str]
    encoding: str | None
    password: str | None
    onto: str
    jobs: int
    formats: list[str] | None
    csv_bom: bool
    overlay: str | None
    interpreter: _Interpreter

def batch(asked: _Asked) -> dict[str, Any]: ...
def codebook() -> str: ...
def explain(code: str) -> tuple[str, str] | None: ...
def join(asked: _Asked, names: list[str]) -> dict[str, Any]: ...
def main(arguments: list[str], interpreter: _Interpreter) -> int: ...
def plan(asked: _Asked, bytes: int, files: int) -> list[tuple[str, int, str]]: ...
def pretty(json: bytes) -> str: ...
def read(bytes: bytes, name: str | None, encoding: str | None, password: str | None) -> _Outcome: ...
def read_part(asked: _Asked, part: str) -> int: ...
def schema() -> str: ...
def similar(code: str) -> list[str]: ...
