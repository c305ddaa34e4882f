"""Links to a document's source: which they are, and which line gives one."""

import re
from urllib.parse import urlsplit

from index.readers.lines import Anchor, Line

_URL = re.compile(r"https?://[^\s<>\"“”«»|\\^`{}]+", re.IGNORECASE)
_MARKDOWN_LINK = re.compile(r"\[([^\[\]]*)\]\(<?(https?://[^\s<>]+?)>?\)(?=[^\w/]*(?:\s|$))", re.IGNORECASE)
_TRAILING = ".,;:!?'*_]"
_LABEL = re.compile(
    r"\W*(?:nguồn(?: tin| bài| gốc| tham khảo| bài viết)?|theo|source|original|via|link(?: gốc| bài| bài viết)?|url|"
    r"đường dẫn|bài gốc|xem (?:bản|bài) gốc)\b",
    re.IGNORECASE,
)
_LONGEST_LINE = 400


def _trimmed(url: str) -> str:
    """The URL without the punctuation of the sentence around it; a bracket stays when it was opened inside."""
    while True:
        shorter = url.rstrip(_TRAILING)
        if shorter.endswith(")") and shorter.count(")") > shorter.count("("):
            shorter = shorter[:-1]
        if shorter == url:
            return url
        url = shorter


def _is_url(url: str) -> bool:
    try:
        return bool(urlsplit(url).hostname)
    except ValueError:
        return False


def _anchors(line: Line) -> list[Anchor]:
    """The http(s) links of a line, in order: kept by its format, in Markdown's form, or bare."""
    text = line.text
    found = [anchor for anchor in line.anchors if _URL.match(anchor.url)]
    found += [Anchor(match.group(), match.group(2)) for match in _MARKDOWN_LINK.finditer(text)]
    if not found:
        found = [Anchor(url, url) for url in map(_trimmed, _URL.findall(text))]
    return [anchor for anchor in found if _is_url(anchor.url)]


def find_url(text: str) -> str | None:
    """The first http(s) URL of a text, or ``None``."""
    return next((anchor.url for anchor in _anchors(Line(text))), None)


def source_url(line: Line) -> str | None:
    """The URL of a line that does nothing but name a source: a link alone, or ``Nguồn: … <link>``; ``None`` for others."""
    if len(line.text) > _LONGEST_LINE + sum(len(anchor.text) for anchor in line.anchors):
        return None
    anchors = _anchors(line)
    if not anchors:
        return None
    rest = line.text
    for anchor in anchors:
        rest = rest.replace(anchor.text, " ", 1)
    label = _LABEL.match(rest)
    unlabelled = rest[label.end() :] if label else rest
    labelled = label is not None and unlabelled.lstrip().startswith((":", "："))
    return anchors[0].url if labelled or not any(map(str.isalnum, unlabelled)) else None
