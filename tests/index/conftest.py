import datetime as dt
import itertools

import pytest

from index.collection import Collection
from index.documents import Post


@pytest.fixture
async def collection(tmp_path):
    async with Collection.open(tmp_path / "collection") as opened:
        yield opened


@pytest.fixture
def said():
    """Posts from lines of talk: "08:05 An: Mai họp nhé", a day before the time ("2 08:05"), and "#3" for a reply."""

    def posts(script, shared=None):
        numbers = itertools.count(1)
        return [_post(next(numbers), line.strip(), shared or {}) for line in script.strip().splitlines()]

    return posts


def _post(number, line, shared):
    start, text = line.split(": ", 1) if ": " in line else (line.removesuffix(":"), "")
    words = start.split(" ")
    day = int(words.pop(0)) if ":" not in words[0] else 1
    hours, minutes = map(int, words.pop(0).split(":"))
    reply_to = words.pop(0)[1:] if words[0].startswith("#") else None
    author = " ".join(words)
    return Post(
        key=str(number),
        person=author,
        author=author,
        sent=dt.datetime(2025, 5, day, hours, minutes, tzinfo=dt.UTC),
        text=text,
        reply_to=reply_to,
        shared=shared.get(number, ()),
    )
