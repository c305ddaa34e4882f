from datetime import date

import pytest

from index.readers import read_bytes
from index.readers.front_matter import Matter, split

BODY = "Chợ nổi họp từ tờ mờ sáng.\nGhe thuyền chở đầy trái cây."
GOOD = f"""---
title: "Chợ nổi: giờ họp"
source: https://example.org/a
date: 2025-02-12
summary: >
  Chợ họp sớm
  và tan sớm.
tags: [chợ, sông]
---

{BODY}
"""


@pytest.mark.parametrize("key", ["a.txt", "a.md"])
def test_front_matter_gives_title_link_date_and_summary(key):
    document = read_bytes(GOOD.encode(), key).document
    assert document.title == "Chợ nổi: giờ họp"
    assert document.url == "https://example.org/a"
    assert document.date == date(2025, 2, 12)
    assert document.summary == "Chợ họp sớm và tan sớm."


def test_a_summary_that_stands_only_in_front_matter_can_be_quoted_too():
    document = read_bytes(GOOD.encode(), "a.txt").document
    assert document.text == f"Chợ họp sớm và tan sớm.\n{BODY}"
    assert (
        read_bytes(GOOD.replace(BODY, f"Chợ họp sớm và tan sớm. {BODY}").encode(), "a.txt").document.text.count(
            "tan sớm"
        )
        == 1
    )


@pytest.mark.parametrize(
    ("field", "expected"),
    [
        ("Tiêu đề: Chợ nổi", Matter(title="Chợ nổi")),
        ("title: 2025", Matter(title="2025")),
        ("title:\nurl: https://example.org/a", Matter(url="https://example.org/a")),
        ("nguồn: Báo Sông Nước (https://example.org/a)", Matter(url="https://example.org/a")),
        ("source: Báo Sông Nước\nlink: https://example.org/a", Matter(url="https://example.org/a")),
        ("url: not a link", Matter()),
        ("date: 12/2/2025", Matter(date=date(2025, 2, 12))),
        ("ngày: ngày 12 tháng 2 năm 2025", Matter(date=date(2025, 2, 12))),
        ("date: 2025-02-31", Matter()),
        ("published: 2025-02-12 08:30:00 +0700", Matter(date=date(2025, 2, 12))),
        ("Tóm tắt: Chợ họp sớm.", Matter(summary="Chợ họp sớm.")),
        ("author: An", Matter()),
    ],
)
def test_fields_are_known_by_their_vietnamese_and_english_names(field, expected):
    matter, text = split(f"---\n{field}\n---\n{BODY}")
    assert matter == expected
    assert text.strip() == BODY


@pytest.mark.parametrize(
    "broken",
    [
        "title: Chợ nổi: giờ họp\nurl: https://example.org/a",
        'title: "Chợ nổi: giờ họp"\nurl: https://example.org/a\ntags: [chợ, sông',
        "title: Chợ nổi: giờ họp\n\turl: https://example.org/a\nurl: https://example.org/a",
        "title: 'Chợ nổi: giờ họp\nurl: https://example.org/a",
    ],
)
def test_broken_front_matter_gives_what_can_be_made_out(broken):
    matter, text = split(f"---\n{broken}\n---\n{BODY}")
    assert matter == Matter(title="Chợ nổi: giờ họp", url="https://example.org/a")
    assert text.strip() == BODY


@pytest.mark.parametrize(
    "text",
    [
        f"---\n{BODY}",
        f"---\n{BODY}\n---\nHết.",
        "---\nAn: Chợ họp lúc nào?\nBình nghĩ một lúc: sớm lắm.\n---\nHết.",
        f"Mở đầu\n---\ntitle: Chợ nổi\n---\n{BODY}",
        f"---\n- một\n- hai\n---\n{BODY}",
    ],
)
def test_rules_between_paragraphs_are_no_front_matter(text):
    assert split(text) == (Matter(), text)


def test_front_matter_with_nothing_after_it_but_a_summary_is_a_document():
    document = read_bytes("---\ntitle: Chợ nổi\nsummary: Chợ họp sớm.\n---\n".encode(), "a.md").document
    assert (document.title, document.text) == ("Chợ nổi", "Chợ họp sớm.")


def test_nested_too_deep_is_no_reason_to_stop():
    text = f"---\ntitle: {'[' * 1000}\n---\n{BODY}"
    assert BODY in read_bytes(text.encode(), "a.txt").document.text
