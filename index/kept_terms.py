"""The terms of passages that were prepared before, by what the passages hold: nothing is segmented twice.

A renamed or moved file, the passages of an edited document that stayed as they were, text that stands in several documents:
all of them are found among the stored passages. What was removed by hand keeps its terms as long as it can be put back.
Titles are too short for it to matter.
"""

import hashlib
import json
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from index.documents import Passage
from index.terms import Terms

_FIND = """
    SELECT content, term_syllables, term_words FROM passages WHERE content IN (SELECT value FROM json_each(:contents))
    UNION ALL
    SELECT content, syllables, words FROM kept_terms WHERE content IN (SELECT value FROM json_each(:contents))
"""


def content_of(passage: Passage, analysis: str) -> int:
    """Stands for the text and heading of a passage, and for the version of the text analysis: 63 bits of a hash."""
    content = "\0".join([analysis, passage.heading or "", passage.text])
    return int.from_bytes(hashlib.blake2b(content.encode(), digest_size=8).digest()) >> 1


def find_terms(store: Path, contents: Sequence[int]) -> dict[int, Terms]:
    """The terms that are stored for some contents, in the store at ``store``; read by a connection of its own."""
    with closing(sqlite3.connect(f"{store.absolute().as_uri()}?mode=ro", uri=True)) as connection:
        rows = connection.execute(_FIND, {"contents": json.dumps(contents)})
        return {content: Terms(syllables, words) for content, syllables, words in rows}
