import io
from datetime import UTC, date, datetime

from bot.console.plain import answer_lines, plain_text
from bot.conversation import Conversation
from bot.replies import (
    Action,
    Answered,
    CommandList,
    DocumentList,
    DocumentSummary,
    Entries,
    Line,
    Overview,
    Quotation,
    Refusal,
    Reply,
    SaidOtherwise,
    SubjectSummary,
    Suggestions,
    TalkSummary,
    TextSummary,
)
from bot.texts import TEXTS, Language
from bot.turns import RecentTurns
from index.documents import Digest, Entry, Point, Post, Remark, Shared, Source, Thread

SOURCE = Source("a.txt", "Đất hiếm", "https://example.org/a", date(2025, 2, 5))
FILE = Source("thư mục/b.txt", "Cá tra")
ENTRIES = (Entry(SOURCE, 3, 456), Entry(FILE, 1, 9))
QUOTATION = Quotation("Câu trước. Nga có 3,8 triệu tấn. Câu sau.", (11, 32), (18, 31))
VI = TEXTS[Language.VI]


def shown(*parts, **kwargs) -> str:
    return plain_text(Reply(parts, **kwargs), Language.VI)


def test_an_answer_is_its_sentence_with_title_and_link():
    answer = Answered(QUOTATION, SOURCE, None, 1, 4)
    expected = "Nga có 3,8 triệu tấn.\nĐất hiếm (5/2/2025)\nhttps://example.org/a"
    assert shown(answer, actions=tuple(Action)) == expected


def test_a_heading_stands_after_the_title():
    assert "\nĐất hiếm › 1. Bối cảnh (5/2/2025)\n" in shown(Answered(QUOTATION, SOURCE, "1. Bối cảnh", 1, 1))


def test_a_document_without_a_link_is_cited_by_its_file():
    assert shown(Answered(QUOTATION, FILE, None, 1, 1)).endswith("Cá tra\nthư mục/b.txt")


def test_what_another_document_says_otherwise_stands_under_a_line_that_tells_so():
    assert shown(SaidOtherwise("Tài liệu khác nói khác:", QUOTATION, SOURCE, None)) == (
        "Tài liệu khác nói khác:\nNga có 3,8 triệu tấn.\nĐất hiếm (5/2/2025)\nhttps://example.org/a"
    )


def test_a_wider_answer_is_its_whole_context():
    assert shown(Answered(QUOTATION, FILE, None, 1, 1, wider=True)).startswith(QUOTATION.text)


def test_a_refusal_stands_above_what_can_be_asked():
    assert shown(Refusal("Không thấy."), Suggestions("Có nói về:", ("A", "B"))) == "Không thấy.\nCó nói về:\n- A\n- B"


def test_documents_are_numbered_from_the_first_of_the_page():
    assert shown(DocumentList(ENTRIES, 11, 2, 2)) == (
        "11. Đất hiếm (5/2/2025) · 3 đoạn, khoảng 460 chữ · https://example.org/a\n"
        "12. Cá tra · 1 đoạn, khoảng 9 chữ · thư mục/b.txt"
    )
    assert shown(Entries(ENTRIES[1:])) == "Cá tra · 1 đoạn, khoảng 9 chữ · thư mục/b.txt"


def test_a_summary_stands_between_title_and_link():
    assert shown(DocumentSummary(SOURCE, "Tóm tắt.")) == "Đất hiếm (5/2/2025)\nTóm tắt.\nhttps://example.org/a"


def test_at_a_glance_documents_are_numbered_with_their_summary_and_link():
    documents = (DocumentSummary(SOURCE, "Về Nga."), DocumentSummary(FILE, "Về cá."))
    assert shown(Overview(documents, 6, 2, 2)) == (
        "6. Đất hiếm (5/2/2025)\nVề Nga.\nhttps://example.org/a\n7. Cá tra\nVề cá.\nthư mục/b.txt"
    )


def test_a_subject_is_told_with_its_sources_below():
    points = (Point("Một.", FILE), Point("Hai.", FILE), Point("Ba.", SOURCE), Point("Bốn.", FILE))
    assert shown(SubjectSummary(points)) == (
        "Một. Hai. [1]\nBa. [2]\nBốn. [1]\n"
        "Nguồn:\n1. Cá tra\nthư mục/b.txt\n2. Đất hiếm (5/2/2025)\nhttps://example.org/a"
    )


def test_a_text_is_told_a_sentence_a_line():
    assert shown(TextSummary(("Một.", "Hai."))) == "- Một.\n- Hai."


def test_talk_is_told_thread_by_thread():
    eight = datetime(2025, 2, 5, 8, tzinfo=UTC)
    post = Post("1", "an", "An", eight, "Máy chủ hỏng.")
    remark = Remark("Máy chủ hỏng.", post)
    shared = ((Shared("trang này", "https://example.org"), post), (Shared("a.xlsx"), post))
    digest = Digest(3, 2, (Thread(("máy chủ",), 3, 2, (remark,)), Thread((), 1, 1, (remark,))), (remark,), shared)
    assert shown(TalkSummary(digest, eight, eight)).splitlines() == [
        "Tóm tắt 3 tin của 2 người, từ 8:00 đến 8:00 ngày 5/2",
        "máy chủ · 3 tin, 2 người",
        "- An, 8:00: Máy chủ hỏng.",
        "1 tin",
        "- An, 8:00: Máy chủ hỏng.",
        "Còn chờ trả lời:",
        "- An, 8:00: Máy chủ hỏng.",
        "Đã chia sẻ:",
        "- https://example.org (An, 8:00)",
        "- a.xlsx (An, 8:00)",
    ]


def test_commands_stand_beside_what_they_do():
    assert shown(Line("Các lệnh:"), CommandList((("/tiep", "câu khác"),))) == "Các lệnh:\n/tiep: câu khác"


async def test_each_line_gets_a_reply_until_the_lines_end(collection):
    out = io.StringIO()
    lines = io.BytesIO("Kirill Dmitriev là ai?\r\n\ncam on".encode())
    await answer_lines(Conversation(collection, RecentTurns()), Language.VI, lines, out)
    answer, empty, thanks, rest = out.getvalue().split("\n\n")
    assert "Kirill Dmitriev" in answer
    assert (empty, thanks, rest) == (VI.empty, VI.thanks, "")


async def test_lines_after_leaving_are_not_read(collection):
    out = io.StringIO()
    lines = [b"/thoat\n", b"chao\n"]
    await answer_lines(Conversation(collection, RecentTurns()), Language.VI, lines, out)
    assert out.getvalue() == f"{VI.goodbye}\n\n"


async def test_lines_share_one_conversation(collection):
    out = io.StringIO()
    lines = ["đất hiếm\n".encode(), b"/tiep\n"]
    await answer_lines(Conversation(collection, RecentTurns()), Language.EN, lines, out)
    first, second, _ = out.getvalue().split("\n\n")
    assert first != second
    assert TEXTS[Language.EN].nothing_asked not in second
