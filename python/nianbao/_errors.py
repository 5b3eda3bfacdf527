"""Why a document has no report: one family of exceptions, with the reasons of the program."""


class Error(Exception):
    """Why there is no report.

    Only what a document is kept in can fail: whatever stands inside a readable file ends in a report with diagnostics.
    """

    message: str
    """What is wrong, in words."""
    reason: str
    """Why, as a word; the same as in the column ``reason`` of the table ``inputs`` of a dataset."""
    fate: str
    """What became of the document; the same as in the column ``fate`` of that table."""
    name: str | None
    """The document."""

    def __init__(self, message: str, reason: str = "", fate: str = "unreadable", name: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.reason = reason
        self.fate = fate
        self.name = name

    def __str__(self) -> str:
        return self.message if self.name is None else f"{self.name}: {self.message}"


class EmptyError(Error):
    """There are no bytes."""


class UnknownFormatError(Error):
    """The bytes are of a format without a reader, or of none that can hold text."""


class EncryptedError(Error):
    """The file needs a password that was not given or is wrong."""


class DamagedError(Error):
    """The file is damaged beyond reading."""


class UnknownEncodingError(Error, ValueError):
    """The encoding that was given does not exist."""


class LimitError(Error):
    """Reading would take more memory or time than a document may."""


class CrashError(Error):
    """The program failed in this document, or the process that was reading it was ended; please report it with the file."""


class InputError(Error):
    """The file cannot be opened or read."""


class BatchError(Error):
    """The dataset cannot be written. What was read is kept, and the same call continues from there."""


_CLASSES: dict[str, type[Error]] = {
    "crash": CrashError,
    "damaged": DamagedError,
    "empty": EmptyError,
    "encoding": UnknownEncodingError,
    "encrypted": EncryptedError,
    "fault": CrashError,
    "input": InputError,
    "interrupted": CrashError,
    "limit": LimitError,
    "memory": LimitError,
    "time": LimitError,
    "wrong_password": EncryptedError,
}


def error(fate: str, reason: str | None, message: str, name: str | None) -> Error:
    """The exception for a verdict."""
    kind = _CLASSES.get(reason or "", UnknownFormatError)
    return kind(message.replace("--password", "password="), reason or "", fate, name)
