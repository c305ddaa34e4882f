"""What a file holds: one document, or many, each with a key of its own."""

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass

from index.documents import Document, Skipped

_ID = re.compile(r"[\w-]{1,64}")
"""What may stand behind the ``#`` of a key: no full stop, which the name of every file that is read has."""


@dataclass(frozen=True, slots=True)
class Contents:
    """What was read from a file.

    Attributes:
        documents: Its documents, in order; their keys differ.
        skipped: The parts of a file of many documents that could not be read, each named by the file and its place.
    """

    documents: tuple[Document, ...]
    skipped: tuple[Skipped, ...] = ()

    @classmethod
    def of(cls, parts: Iterable[Document | Skipped]) -> "Contents":
        """With the documents and the skipped parts told apart."""
        documents: list[Document] = []
        skipped: list[Skipped] = []
        for part in parts:
            if isinstance(part, Document):
                documents.append(part)
            else:
                skipped.append(part)
        return cls(tuple(documents), tuple(skipped))

    @property
    def document(self) -> Document:
        """The document of a file that holds exactly one.

        Raises:
            ValueError: It holds none, or several.
        """
        (document,) = self.documents
        return document


def key_in(file: str, identity: str) -> str:
    """The key of one of a file's documents: the file's key, ``#``, and what is the document's own wherever it stands.

    An identity that is no plain word, as a URL or the text itself, is shortened to its hash.
    """
    if not _ID.fullmatch(identity):
        identity = hashlib.blake2b(identity.encode(errors="surrogatepass"), digest_size=8).hexdigest()
    return f"{file}#{identity}"


def file_of(key: str) -> str:
    """The key of the file that a document stands in: its own, where it is the only one."""
    file, _, identity = key.rpartition("#")
    return file if file and _ID.fullmatch(identity) else key
