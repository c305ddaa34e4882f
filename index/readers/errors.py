"""Why a document could not be read."""

from enum import StrEnum


class Reason(StrEnum):
    """A word for each cause."""

    EMPTY = "empty"
    """Nothing in it can be quoted: no text, or a link alone."""
    BINARY = "binary"
    """Not text: an image, a PDF, a program."""
    ENCODING = "encoding"
    """Text, but not in an encoding that is known here."""
    UNREADABLE = "unreadable"
    """The operating system refuses: no permission, not a file, gone."""
    TOO_LARGE = "too_large"
    FORMAT = "format"
    """The name ends in a suffix that no reader takes, or no reader takes what the bytes are."""
    MISNAMED = "misnamed"
    """The name ends in the suffix of another format than the bytes are in."""
    BROKEN = "broken"
    """Damaged, or not what its format asks for."""
    SCANNED = "scanned"
    """Pictures of pages, without text."""
    ENCRYPTED = "encrypted"
    """It takes a password."""
    COSTLY = "costly"
    """Reading it takes more time or memory than a file may."""
    ADDRESS = "address"
    """Not an address that is fetched: not http(s), private or local, with a password or an unusual port in it."""
    ROBOTS = "robots"
    """Its site asks programs to stay away."""
    UNREACHABLE = "unreachable"
    """No answer from the address: no such host, no connection, too slow."""
    REFUSED = "refused"
    """The address answers with an error."""


class Unreadable(Exception):
    """A document that could not be read.

    Attributes:
        reason: The cause, in a word.
        detail: What a person needs to mend it; may be empty.
    """

    def __init__(self, reason: Reason, detail: str = "") -> None:
        super().__init__(reason, detail)  # both, so that it survives the way back from another process
        self.reason = reason
        self.detail = detail

    def __str__(self) -> str:
        return f"{self.reason}: {self.detail}" if self.detail else str(self.reason)
