import io
from datetime import UTC, datetime

import pytest
from rich.console import Console

from bot.console import rendering
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
from bot.texts import Language
from bot.turns import Summarised, Turn
from index.documents import Digest, Entry, Length, Point, Post, Remark, Shared, Source, Thread

SOURCE = Source("a.txt", "Đất hiếm", "https://example.org/" + "dài-" * 30)
QUOTATION = Quotation("Câu trước. Nga có 3,8 triệu tấn. Câu sau.", (11, 32), (18, 31))
ANSWER = Answered(QUOTATION, SOURCE, None, 1, 4)


@pytest.fixture
def shown(monkeypatch):
    """What a reply looks like on a screen so wide; with colour, if asked for."""

    def show(*parts, width=60, colour=False, language=Language.VI, **kwargs) -> str:
        screen = io.StringIO()
        console = Console(
            file=screen,
            width=width,
            force_terminal=colour,
            color_system="standard" if colour else None,
            highlight=False,
        )
        monkeypatch.setattr(rendering, "Console", lambda **_: console)
        rendering.show(Reply(parts, **kwargs), language)
        return screen.getvalue()

    return show


def test_an_answer_stands_above_its_passage_and_source(shown):
    lines = [line.rstrip() for line in shown(ANSWER, width=200).splitlines()]
    assert lines == [
        "",
        "Nga có 3,8 triệu tấn.",
        "",
        "│ Câu trước. Nga có 3,8 triệu tấn. Câu sau.",
        "",
        "Đất hiếm",
        SOURCE.url,
        "",
        "1/4",
        "",
    ]


def test_what_another_document_says_otherwise_is_its_sentence_and_source(shown):
    lines = [
        line.rstrip() for line in shown(SaidOtherwise("Nói khác:", QUOTATION, SOURCE, None), width=200).splitlines()
    ]
    assert lines == ["", "", "Nói khác:", "", "Nga có 3,8 triệu tấn.", "", "Đất hiếm", SOURCE.url, ""]


def test_the_words_that_answer_stand_out(shown):
    assert "Nga có \x1b[1;32m3,8 triệu tấn\x1b[0m." in shown(ANSWER, colour=True)


def test_what_stands_around_the_answer_is_dimmed(shown):
    text = shown(ANSWER, colour=True)
    assert "\x1b[2mCâu trước. \x1b[0m" in text
    assert "\x1b[2m Câu sau.\x1b[0m" in text


def test_without_colour_there_are_no_escapes(shown):
    assert "\x1b" not in shown(ANSWER)


def test_lines_are_wrapped_to_the_screen(shown):
    lines = shown(Line("Đất hiếm rất cần thiết trong sản xuất nam châm. " * 5), ANSWER, width=40).splitlines()
    assert max(len(line) for line in lines if line != SOURCE.url) <= 40


def test_a_link_is_never_broken(shown):
    assert SOURCE.url in shown(ANSWER, width=40).splitlines()


def test_lines_are_not_longer_than_is_easy_to_read(shown):
    lines = shown(Line("Đất hiếm rất cần thiết trong sản xuất nam châm. " * 5), width=300).splitlines()
    assert 80 < max(len(line.rstrip()) for line in lines) <= 100


def test_each_line_of_a_passage_has_a_bar(shown):
    text = "Dòng một dài hơn màn hình một chút.\nDòng hai. Và hết."
    lines = shown(Answered(Quotation(text, (36, 45), (0, 0)), SOURCE, None, 1, 1), width=30).splitlines()
    assert [line.rstrip() for line in lines if line.startswith("│")] == [
        "│ Dòng một dài hơn màn hình",
        "│ một chút.",
        "│ Dòng hai. Và hết.",
    ]


def test_a_passage_that_is_the_answer_is_not_repeated(shown):
    assert "│" not in shown(Answered(Quotation("Một câu.", (0, 8), (0, 0)), SOURCE, None, 1, 1))


def test_a_wider_answer_is_shown_in_its_context_alone(shown):
    lines = shown(Answered(QUOTATION, SOURCE, None, 1, 4, wider=True), width=200).splitlines()
    assert [line.rstrip() for line in lines][:4] == ["", f"│ {QUOTATION.text}", "", "Đất hiếm"]


@pytest.mark.parametrize(
    ("language", "hint"),
    [
        (Language.VI, "1/4 · xem tiếp: /tiep · xem ngữ cảnh: /ngucanh"),
        (Language.EN, "1/4 · more: /next · wider context: /context"),
    ],
)
def test_what_can_be_done_next_is_said_below(shown, language, hint):
    assert hint in shown(ANSWER, actions=(Action.NEXT, Action.WIDER), language=language)


def test_the_page_of_a_list_is_said_below(shown):
    text = shown(DocumentList((Entry(SOURCE, 3, 456),), 11, 2, 3), actions=(Action.NEXT,))
    assert "11. Đất hiếm · 3 đoạn, khoảng 460 chữ" in text
    assert "trang 2/3 · xem tiếp: /tiep" in text


@pytest.mark.parametrize(
    ("listed", "mark"),
    [(DocumentList((Entry(SOURCE, 3, 456),), 11, 2, 3), "11."), (Entries((Entry(SOURCE, 3, 456),)), "•")],
)
def test_in_a_list_too_a_link_stands_whole_on_a_line_of_its_own(shown, listed, mark):
    lines = [line.rstrip() for line in shown(listed, width=40).splitlines()]
    assert lines[1:4] == [f"{mark} Đất hiếm · 3 đoạn, khoảng 460 chữ", SOURCE.url, ""]


def test_text_is_never_read_as_markup(shown):
    assert "[bold]đất[/] :smile:" in shown(Line("[bold]đất[/] :smile:"))


def test_commands_are_lined_up(shown):
    text = shown(CommandList((("/tiep", "câu khác"), ("/ngucanh", "rộng hơn"))))
    assert "  /tiep     câu khác" in text
    assert "  /ngucanh  rộng hơn" in text


def test_suggestions_are_set_in(shown):
    assert "Không thấy.\n\nCó nói về:\n  Đất hiếm" in "\n".join(
        line.rstrip() for line in shown(Refusal("Không thấy."), Suggestions("Có nói về:", ("Đất hiếm",))).splitlines()
    )


# --- Summaries --------------------------------------------------------------------------------------------------------


def lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def test_at_a_glance_each_document_has_its_number_link_and_summary(shown):
    part = Overview((DocumentSummary(SOURCE, "Về Nga."),), 6, 2, 3)
    text = shown(part, actions=(Action.NEXT,))
    assert lines(text) == ["6. Đất hiếm", SOURCE.url, "Về Nga.", "trang 2/3 · xem tiếp: /tiep"]


@pytest.mark.parametrize(
    ("language", "hint"),
    [
        (Language.VI, "ngắn: /tomtat ngan · dài: /tomtat dai"),
        (Language.EN, "short: /summary short · long: /summary long"),
    ],
)
def test_the_other_lengths_of_a_summary_are_said_below(shown, language, hint):
    turn = Turn(summarised=Summarised(document="a.txt", length=Length.NORMAL))
    assert lines(shown(DocumentSummary(SOURCE, "Về Nga."), turn=turn, language=language))[-1] == hint


def test_a_subject_is_told_with_its_sources_below(shown):
    part = SubjectSummary((Point("Một.", SOURCE), Point("Hai.", SOURCE)))
    turn = Turn(summarised=Summarised(subject="đất hiếm", length=Length.LONG))
    assert lines(shown(part, turn=turn)) == [
        "Một. Hai. [1]",
        "Nguồn:",
        "1. Đất hiếm",
        SOURCE.url,
        "ngắn: /tomtat ngan · vừa: /tomtat vua",
    ]


def test_a_text_is_told_a_sentence_a_line(shown):
    assert lines(shown(TextSummary(("Một.", "Hai.")))) == ["•  Một.", "•  Hai."]


def test_talk_is_told_thread_by_thread(shown):
    eight = datetime(2025, 2, 5, 8, tzinfo=UTC)
    post = Post("1", "an", "An", eight, "Máy chủ hỏng.")
    remark = Remark("Máy chủ hỏng.", post)
    digest = Digest(3, 2, (Thread(("máy chủ",), 3, 2, (remark,)),), (remark,), ((Shared("a.xlsx"), post),))
    assert lines(shown(TalkSummary(digest, eight, eight))) == [
        "Tóm tắt 3 tin của 2 người, từ 8:00 đến 8:00 ngày 5/2",
        "máy chủ",
        "3 tin, 2 người",
        "An, 8:00  Máy chủ hỏng.",
        "Còn chờ trả lời:",
        "An, 8:00  Máy chủ hỏng.",
        "Đã chia sẻ:",
        "An, 8:00  a.xlsx",
    ]


def test_a_link_that_was_shared_is_told_to_its_end(shown):
    eight = datetime(2025, 2, 5, 8, tzinfo=UTC)
    digest = Digest(0, 0, (), (), ((Shared("trang này", SOURCE.url), Post("1", "an", "An", eight, "")),))
    text = shown(TalkSummary(digest, eight, eight), width=40)
    assert SOURCE.url in "".join(line.removeprefix("  An, 8:00").strip() for line in text.splitlines())
