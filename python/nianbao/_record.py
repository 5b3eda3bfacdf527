"""Objects over parsed JSON: attributes with types and documentation, and items as in the JSON."""

from collections.abc import Callable, Iterator
from typing import Any, Generic, Never, Self, TypeVar, overload

T = TypeVar("T")


class Record:
    """An object of the JSON: ``record.key`` with a type, ``record["key"]`` as it stands in the JSON."""

    __slots__ = ("_data",)

    def __init__(self, data: dict[str, Any]) -> None:
        self._data = data

    def to_dict(self) -> dict[str, Any]:
        """The plain JSON object. Whole numbers are ``int``, all others exact ``decimal.Decimal``. It is not a copy."""
        return self._data

    def __getitem__(self, key: str) -> Any:
        return self.to_dict()[key]

    def __contains__(self, key: object) -> bool:
        return key in self.to_dict()

    def __iter__(self) -> Iterator[str]:
        return iter(self.to_dict())

    def __len__(self) -> int:
        return len(self.to_dict())

    def keys(self) -> list[str]:
        """The keys of the JSON object, in its order."""
        return list(self.to_dict())

    def get(self, key: str, default: Any = None) -> Any:
        """The value of a key, or the default where there is none."""
        return self.to_dict().get(key, default)

    def __eq__(self, other: object) -> bool:
        return type(other) is type(self) and isinstance(other, Record) and other.to_dict() == self.to_dict()

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        short = {key: value for key, value in self.to_dict().items() if not isinstance(value, (dict, list))}
        return f"{type(self).__name__}({short})"


class Field(Generic[T]):
    """An attribute of a record: the value of the key of its name, or ``None`` where the JSON has no such key."""

    def __init__(self, doc: str, wrap: Callable[[Any], T] | None = None) -> None:
        self.__doc__ = doc
        self._wrap = wrap
        self._name = ""

    def __set_name__(self, owner: type[Record], name: str) -> None:
        self._name = name

    @overload
    def __get__(self, record: None, owner: type[Record]) -> Self: ...
    @overload
    def __get__(self, record: Record, owner: type[Record]) -> T: ...
    def __get__(self, record: Record | None, owner: type[Record]) -> Self | T:
        if record is None:
            return self
        value: Any = record.to_dict().get(self._name)
        wrapped: T = value if self._wrap is None else self._wrap(value)
        return wrapped

    def __set__(self, record: Record, value: Never) -> None:
        raise AttributeError(f"{type(record).__name__}.{self._name} cannot be changed")


def optional(wrap: Callable[[dict[str, Any]], T]) -> Callable[[Any], T | None]:
    """For objects that can be null."""
    return lambda value: None if value is None else wrap(value)


def listed(wrap: Callable[[dict[str, Any]], T]) -> Callable[[Any], list[T]]:
    """For lists of objects."""
    return lambda values: [wrap(value) for value in values]


def keyed(wrap: Callable[[dict[str, Any]], T]) -> Callable[[Any], dict[str, T]]:
    """For objects with keys of their own."""
    return lambda values: {key: wrap(value) for key, value in values.items()}
