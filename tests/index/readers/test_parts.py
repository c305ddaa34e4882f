import datetime as dt

import pytest

from index.readers.front_matter import Matter
from index.readers.lines import Anchor, Line
from index.readers.parts import Part, decoded, encoded


def test_parts_come_back_as_they_were():
    day = dt.date(2025, 2, 12)
    parts = (
        Part(
            (Line("Chợ", level=2), Line("nổi\n", opens=False, anchors=(Anchor("đây", "https://example.org"),))),
            Matter("Tên", "https://example.org/a", day, "Tóm tắt"),
            saved=day,
            identity="7",
        ),
        Part(()),
    )
    assert decoded(encoded(parts)) == parts


def test_half_a_surrogate_pair_does_not_stop_them():
    assert decoded(encoded([Part((Line("a\ud800b"),))]))[0].lines[0].text == "a?b"


@pytest.mark.parametrize(
    "data", [b"", b"{}x", b"[1]", b'[{"lines": [["a", true, "x", []]]}]', b'[{"lines": []}]', b"[" * 90_000]
)
def test_what_is_no_parts_is_told(data):
    with pytest.raises(ValueError, match=r"no parts|Expecting|Extra data"):
        decoded(data)
