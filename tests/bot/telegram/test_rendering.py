import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.replies import (
    Answered,
    CommandList,
    DocumentList,
    DocumentSummary,
    Line,
    Quotation,
    Refusal,
    Reply,
    Suggestions,
)
from bot.telegram.rendering import rendered
from bot.telegram.splitting import LONGEST
from bot.texts import Language
from index.documents import Source
from tests.telegram_server.entities import utf16_length
from tests.telegram_server.formatting import format_text

SOURCE = Source("a.txt", "Đất hiếm", "https://example.org/a?b=1&c=2", dt.date(2025, 2, 5))
FILE = Source("thư mục/a & b.txt", "Cá <tra>")
QUOTATION = Quotation("Câu trước. Nga có 3,8 triệu tấn. Câu sau.", (11, 32), (18, 31))
ANSWER = Answered(QUOTATION, SOURCE, "Trữ lượng", 1, 4)


def html(*parts, language=Language.VI) -> str:
    (piece,) = rendered(Reply(parts), language)
    return piece.html


def test_an_answer_is_its_sentence_its_passage_and_its_source():
    assert html(ANSWER) == (
        "Nga có <b>3,8 triệu tấn</b>.\n"
        "<blockquote expandable>Câu trước. Nga có <b>3,8 triệu tấn</b>. Câu sau.</blockquote>\n"
        '<a href="https://example.org/a?b=1&amp;c=2">Đất hiếm</a> › Trữ lượng (5/2/2025)'
    )


def test_a_passage_that_adds_nothing_is_left_out():
    answer = Answered(Quotation("Một câu.", (0, 8), (0, 0)), SOURCE, None, 1, 1)
    assert "blockquote" not in html(answer)
    assert html(answer).startswith("Một câu.\n\n<a ")


def test_a_wider_answer_is_shown_in_its_context_alone():
    assert html(Answered(QUOTATION, SOURCE, None, 1, 4, wider=True)) == (
        "<blockquote expandable>Câu trước. Nga có <b>3,8 triệu tấn</b>. Câu sau.</blockquote>\n"
        '<a href="https://example.org/a?b=1&amp;c=2">Đất hiếm</a> (5/2/2025)'
    )


def test_a_document_without_a_link_is_cited_by_its_title_and_file():
    assert html(Answered(QUOTATION, FILE, None, 1, 1)).endswith("\nCá &lt;tra&gt; · <code>thư mục/a &amp; b.txt</code>")


def test_an_address_too_long_is_not_linked():
    assert "<a" not in html(Answered(QUOTATION, Source("a", "A", "https://e.org/" + "a" * 3000), None, 1, 1))


def test_what_a_document_says_is_never_markup():
    quotation = Quotation("a <b>b</b> & c", (0, 14), (2, 10))
    assert html(Answered(quotation, SOURCE, "<i>", 1, 1)).startswith("a <b>&lt;b&gt;b&lt;/b&gt;</b> &amp; c\n\n<a ")


def test_lines_and_suggestions_stand_apart():
    assert html(Refusal("Không thấy."), Suggestions("Có nói về:", ("Đất hiếm", "Cá tra"))) == (
        "Không thấy.\n\nCó nói về:\n• Đất hiếm\n• Cá tra"
    )


def test_documents_are_numbered_on():
    assert html(Line("Có:"), DocumentList((SOURCE, FILE), 11, 2, 2)) == (
        'Có:\n\n11. <a href="https://example.org/a?b=1&amp;c=2">Đất hiếm</a> (5/2/2025)\n'
        "12. Cá &lt;tra&gt; · <code>thư mục/a &amp; b.txt</code>"
    )


def test_a_document_is_its_citation_and_summary():
    assert html(DocumentSummary(SOURCE, "Về Nga."), language=Language.EN).endswith("</a> (5 Feb 2025)\n\nVề Nga.")


def test_commands_are_listed_a_line_each():
    assert html(CommandList((("/hoi", "hỏi"), ("/tailieu", "xem")))) == "/hoi – hỏi\n/tailieu – xem"


TEXTS = st.text(st.sampled_from("aờ😀 \n.<>&\"'"), min_size=1, max_size=50)
LONG = st.builds(lambda text, times: f"x{text * times}", TEXTS, st.integers(1, 400))


@st.composite
def answers(draw):
    text = draw(LONG)
    start, words_start, words_end, end = sorted(draw(st.integers(0, len(text))) for _ in range(4))
    url = draw(st.one_of(st.none(), st.just("https://e.org/?a="), TEXTS))
    source = Source(draw(LONG), draw(LONG), url)
    quotation = Quotation(text, (start, end), (words_start, words_end))
    return Answered(quotation, source, draw(st.one_of(st.none(), LONG)), 1, 2, wider=draw(st.booleans()))


PARTS = st.one_of(LONG.map(Line), LONG.map(Refusal), answers(), st.builds(Suggestions, LONG, st.lists(LONG).map(tuple)))


@settings(deadline=None, max_examples=60)
@given(st.lists(PARTS, min_size=1, max_size=3))
def test_whatever_is_said_telegram_takes_every_message(parts):
    for piece in rendered(Reply(tuple(parts)), Language.VI):
        text, _ = format_text(piece.html, "HTML", None, lambda _: None)
        assert text == piece.plain
        assert 0 < utf16_length(text) <= LONGEST


@pytest.mark.parametrize("parts", [(ANSWER,), (Line("a"), DocumentList((SOURCE, FILE), 1, 1, 1))])
def test_the_plain_text_says_the_same(parts):
    (piece,) = rendered(Reply(parts), Language.VI)
    assert "<" not in piece.plain.replace("Cá <tra>", "")
    assert "Đất hiếm" in piece.plain
