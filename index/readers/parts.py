"""What the parser of a format makes of a file: lines and what the format says of them, before a document is laid out.

Parts cross as JSON from the process that parses to the one that asked: whatever a parser was tricked into, it is no more than
text there.
"""

import datetime as dt
import json
from collections.abc import Sequence
from dataclasses import dataclass, field

from index.readers.front_matter import Matter
from index.readers.lines import Anchor, Line


@dataclass(frozen=True, slots=True)
class Part:
    """One document's lines.

    Attributes:
        lines: The lines, not yet cleaned.
        matter: What the format says of the document.
        saved: The day the file was made: its date, where neither the format nor the text gives one.
        identity: What names it in a file of many; ``None`` where it is alone in its file.
    """

    lines: tuple[Line, ...]
    matter: Matter = field(default_factory=Matter)
    saved: dt.date | None = None
    identity: str | None = None

    @property
    def size(self) -> int:
        """Characters of its lines and their links."""
        return sum(
            len(line.text) + sum(len(anchor.text) + len(anchor.url) for anchor in line.anchors) for line in self.lines
        )


def encoded(parts: Sequence[Part]) -> bytes:
    """Parts as JSON."""
    rows = [
        {
            "lines": [
                [line.text, line.opens, line.level, [[anchor.text, anchor.url] for anchor in line.anchors]]
                for line in part.lines
            ],
            "title": part.matter.title,
            "url": part.matter.url,
            "date": part.matter.date and part.matter.date.isoformat(),
            "summary": part.matter.summary,
            "saved": part.saved and part.saved.isoformat(),
            "identity": part.identity,
        }
        for part in parts
    ]
    return json.dumps(rows, ensure_ascii=False).encode(errors="replace")  # half a surrogate pair is no letter


def decoded(data: bytes) -> tuple[Part, ...]:
    """The parts that were :func:`encoded`.

    Raises:
        ValueError: They were not.
    """
    try:
        return tuple(
            Part(
                tuple(_line(*line) for line in row["lines"]),
                Matter(_text(row["title"]), _text(row["url"]), _date(row["date"]), _text(row["summary"])),
                _date(row["saved"]),
                _text(row["identity"]),
            )
            for row in json.loads(data)
        )
    except (TypeError, KeyError, AttributeError, RecursionError) as error:
        raise ValueError(f"no parts: {error}") from error


def _line(text: object, opens: object, level: object, anchors: Sequence[Sequence[object]]) -> Line:
    if not isinstance(level, int):
        raise TypeError("a level is a number")
    return Line(str(text), bool(opens), level, tuple(Anchor(str(words), str(url)) for words, url in anchors))


def _text(value: object) -> str | None:
    return None if value is None else str(value)


def _date(value: str | None) -> dt.date | None:
    return None if value is None else dt.date.fromisoformat(value)
