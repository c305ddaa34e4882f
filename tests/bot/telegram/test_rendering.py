import dataclasses
import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.counts import DayCount
from bot.replies import (
    Answered,
    CommandList,
    DocumentList,
    DocumentSummary,
    Entries,
    Line,
    Overview,
    QuestionChart,
    Quotation,
    Refusal,
    Reply,
    SaidOtherwise,
    SubjectSummary,
    Suggestions,
    TalkSummary,
    TextSummary,
    Understood,
)
from bot.telegram.rendering import rendered
from bot.telegram.splitting import LONGEST
from bot.texts import Language
from index.documents import Digest, Entry, Point, Post, Remark, Shared, Source, Thread
from tests.telegram_server.entities import utf16_length
from tests.telegram_server.formatting import format_text

SOURCE = Source("a.txt", "Đất hiếm", "https://example.org/a?b=1&c=2", dt.date(2025, 2, 5))
FILE = Source("thư mục/a & b.txt", "Cá <tra>")
ENTRIES = (Entry(SOURCE, 3, 456), Entry(FILE, 1, 9))
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


def test_what_another_document_says_otherwise_is_its_sentence_and_its_source():
    assert html(Line("…"), SaidOtherwise("Tài liệu khác nói khác:", QUOTATION, SOURCE, None)) == (
        "…\n\nTài liệu khác nói khác:\nNga có <b>3,8 triệu tấn</b>.\n\n"
        '<a href="https://example.org/a?b=1&amp;c=2">Đất hiếm</a> (5/2/2025)'
    )


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
    assert html(Line("Có:"), DocumentList(ENTRIES, 11, 2, 2)) == (
        'Có:\n\n11. <a href="https://example.org/a?b=1&amp;c=2">Đất hiếm</a> (5/2/2025) · 3 đoạn, khoảng 460 chữ · '
        "example.\u2060org\n"
        "12. Cá &lt;tra&gt; · <code>thư mục/a &amp; b.txt</code> · 1 đoạn, khoảng 9 chữ"
    )


def test_documents_that_are_not_numbered_stand_on_lines_of_their_own():
    assert [line.partition("</")[0] for line in html(Entries(ENTRIES)).split("\n")] == [
        '<a href="https://example.org/a?b=1&amp;c=2">Đất hiếm',
        "Cá &lt;tra&gt; · <code>thư mục/a &amp; b.txt",
    ]


def test_a_document_is_its_citation_and_summary():
    assert html(DocumentSummary(SOURCE, "Về Nga."), language=Language.EN).endswith("</a> (5 Feb 2025)\n\nVề Nga.")


def test_the_paragraphs_of_a_summary_stand_apart():
    assert html(DocumentSummary(SOURCE, "Về Nga.\nVề Mỹ.")).endswith("</a> (5/2/2025)\n\nVề Nga.\n\nVề Mỹ.")


# --- Summaries --------------------------------------------------------------------------------------------------------


def test_at_a_glance_each_document_has_its_number_its_link_and_its_sentences():
    documents = (DocumentSummary(SOURCE, "Về Nga. Về Mỹ."), DocumentSummary(FILE, "Về cá."))
    assert html(Overview(documents, 6, 2, 2)) == (
        '6. <a href="https://example.org/a?b=1&amp;c=2">Đất hiếm</a> (5/2/2025)\nVề Nga. Về Mỹ.\n\n'
        "7. Cá &lt;tra&gt; · <code>thư mục/a &amp; b.txt</code>\nVề cá."
    )


def test_a_subject_is_told_in_paragraphs_numbered_as_their_sources():
    points = (Point("Một.", FILE), Point("Hai.", FILE), Point("Ba <b>.", SOURCE), Point("Bốn.", FILE))
    assert html(SubjectSummary(points)) == (
        "Một. Hai. [1]\n\n"
        'Ba &lt;b&gt;. <a href="https://example.org/a?b=1&amp;c=2">[2]</a>\n\n'
        "Bốn. [1]\n\n"
        "Nguồn:\n"
        "1. Cá &lt;tra&gt; · <code>thư mục/a &amp; b.txt</code>\n"
        '2. <a href="https://example.org/a?b=1&amp;c=2">Đất hiếm</a> (5/2/2025)'
    )


def test_a_text_is_told_a_sentence_a_line():
    assert html(TextSummary(("Một.", "Hai & ba."))) == "• Một.\n• Hai &amp; ba."


HANOI = dt.timezone(dt.timedelta(hours=7))
EIGHT = dt.datetime(2025, 2, 5, 8, tzinfo=HANOI)


def post(author, minutes, link=None) -> Post:
    sent = (EIGHT + dt.timedelta(minutes=minutes)).astimezone(dt.UTC)
    return Post(f"{author}{minutes}", author, author, sent, "Nguyên văn.", link=link)


TALK = TalkSummary(
    Digest(
        132,
        9,
        (
            Thread(("máy chủ", "sao <lưu>"), 14, 2, (Remark("Máy chủ\nhỏng.", post("An", 5, "https://t.me/c/1/2")),)),
            Thread((), 2, 1, (Remark("Tối nay họp.", post("<i>Bình", 300)),)),
        ),
        (Remark("Ai giữ chìa khoá?", post("Chi", 10, "https://t.me/c/1/3")),),
        (
            (Shared("example.org/x", "https://example.org/x?a&b"), post("An", 6, "https://t.me/c/1/4")),
            (Shared("báo cáo.xlsx"), post("Bình", 7)),
        ),
    ),
    EIGHT,
    EIGHT + dt.timedelta(hours=6, minutes=5),
)


def test_talk_is_told_thread_by_thread_each_remark_under_who_said_it_and_when():
    assert html(TALK) == (
        "Tóm tắt 132 tin của 9 người, từ 8:00 đến 14:05 ngày 5/2\n\n"
        "<b>máy chủ, sao &lt;lưu&gt;</b> · 14 tin, 2 người\n"
        '• <a href="https://t.me/c/1/2">An, 8:05</a>: Máy chủ hỏng.\n\n'
        "2 tin\n"
        "• &lt;i&gt;Bình, 13:00: Tối nay họp.\n\n"
        "<b>Còn chờ trả lời:</b>\n"
        '• <a href="https://t.me/c/1/3">Chi, 8:10</a>: Ai giữ chìa khoá?\n\n'
        "<b>Đã chia sẻ:</b>\n"
        '• <a href="https://example.org/x?a&amp;b">example.\u2060org/x</a> (<a href="https://t.me/c/1/4">An, 8:06</a>)\n'
        "• báo cáo.xlsx (Bình, 8:07)"
    )


def test_talk_of_more_than_a_day_is_told_with_the_days():
    assert ">An, 5/2 8:05</a>" in html(dataclasses.replace(TALK, since=EIGHT - dt.timedelta(days=1)))


@pytest.mark.parametrize("url", ["javascript:alert(1)", "tg://resolve?domain=x", "ftp://example.org", "file:///etc"])
def test_only_addresses_of_the_web_are_linked(url):
    shared = Digest(1, 1, shared=((Shared("đây", url), post("An", 1)),))
    assert "<a" not in html(TalkSummary(shared, EIGHT, EIGHT))
    assert "<a" not in html(DocumentSummary(Source("a", "A", url), "Một."))


def test_a_digest_too_long_for_a_message_is_cut_where_a_sentence_ends():
    remarks = tuple(Remark(f"Tin số {number} nói về máy chủ. " * 4, post("An", number)) for number in range(60))
    digest = dataclasses.replace(TALK, digest=Digest(60, 1, (Thread(("máy chủ",), 60, 1, remarks),)))
    first, *_ = rendered(Reply((digest,)), Language.VI)
    assert first.plain.endswith(".")


# --- All of it --------------------------------------------------------------------------------------------------------


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


@st.composite
def talks(draw):
    sent = st.datetimes(dt.datetime(2025, 1, 1), dt.datetime(2025, 12, 1), timezones=st.just(dt.UTC))  # noqa: DTZ001
    posts = st.builds(
        Post, LONG, LONG, LONG, sent, LONG, link=st.one_of(st.none(), st.just("https://t.me/c/1/2"), LONG)
    )
    remarks = st.lists(st.builds(Remark, LONG, posts), max_size=2).map(tuple)
    threads = st.lists(st.builds(Thread, st.lists(TEXTS).map(tuple), st.just(2), st.just(1), remarks), max_size=2)
    shared = st.tuples(st.builds(Shared, LONG, st.one_of(st.none(), LONG)), posts)
    digest = Digest(2, 1, tuple(draw(threads)), draw(remarks), draw(st.lists(shared, max_size=2).map(tuple)))
    return TalkSummary(digest, EIGHT, EIGHT)


SOURCES = st.sampled_from([SOURCE, FILE])
PARTS = st.one_of(
    LONG.map(Line),
    LONG.map(Refusal),
    answers(),
    st.builds(Suggestions, LONG, st.lists(LONG).map(tuple)),
    st.builds(SubjectSummary, st.lists(st.builds(Point, LONG, SOURCES), min_size=1, max_size=4).map(tuple)),
    st.builds(TextSummary, st.lists(LONG, min_size=1, max_size=4).map(tuple)),
    st.lists(st.builds(DocumentSummary, SOURCES, LONG), min_size=1, max_size=3).map(
        lambda documents: Overview(tuple(documents), 1, 1, 1)
    ),
    talks(),
    st.lists(st.integers(0, 10**6), min_size=1, max_size=4).map(
        lambda counts: QuestionChart(tuple(DayCount(dt.date(2025, 1, 1), count, count, count / 3) for count in counts))
    ),
)


@settings(deadline=None, max_examples=60)
@given(st.lists(PARTS, min_size=1, max_size=3))
def test_whatever_is_said_telegram_takes_every_message(parts):
    for piece in rendered(Reply(tuple(parts)), Language.VI):
        text, _ = format_text(piece.html, "HTML", None, lambda _: None)
        assert text == piece.plain
        assert 0 < utf16_length(text) <= LONGEST


HARM = "/xoa @bob #tag $TAG evil.com"


@pytest.mark.parametrize(
    "part",
    [
        Answered(Quotation(HARM, (0, 5), (0, 1)), Source(HARM, HARM), HARM, 1, 1),
        DocumentList((Entry(Source(HARM, HARM, "https://evil.com"), 1, 1),), 1, 1, 1),
        DocumentSummary(Source("a", HARM), HARM),
        Suggestions("Có nói về:", (HARM,)),
        SubjectSummary((Point(HARM, Source("a", HARM)),)),
        TextSummary((HARM,)),
        TalkSummary(
            Digest(
                1,
                1,
                (Thread((HARM,), 1, 1, (Remark(HARM, post(HARM, 1)),)),),
                (Remark(HARM, post(HARM, 1)),),
                ((Shared(HARM), post(HARM, 1)),),
            ),
            EIGHT,
            EIGHT,
        ),
        Understood(HARM),
        Line(f"Chưa hiểu “{HARM}”.", (HARM,)),
        Refusal(f"Chưa hiểu “{HARM}”.", (HARM,)),
        Line(f"Chưa hiểu {HARM}nhé.", (HARM,)),
    ],
    ids=lambda part: type(part).__name__,
)
def test_nothing_of_others_can_be_tapped(part):
    _, entities = format_text(html(part), "HTML", None, lambda _: None)
    assert {entity.type for entity in entities} <= {"bold", "italic", "code", "expandable_blockquote", "text_link"}


def test_a_command_that_the_bot_names_can_be_tapped_beside_one_that_it_cites():
    said = html(Line("Không có lệnh /tail. Ý bạn là /tailieu phải không?", ("/tail",)))
    assert said == "Không có lệnh /\u2060tail. Ý bạn là /tailieu phải không?"


@pytest.mark.parametrize("parts", [(ANSWER,), (Line("a"), DocumentList(ENTRIES, 1, 1, 1))])
def test_the_plain_text_says_the_same(parts):
    (piece,) = rendered(Reply(parts), Language.VI)
    assert "<" not in piece.plain.replace("Cá <tra>", "")
    assert "Đất hiếm" in piece.plain
