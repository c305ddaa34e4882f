import datetime as dt

import pytest

from index.disagreement import Given, Verdict, judgements
from index.documents import Answer, Document, Hit, Passage, Source
from index.explaining import explained
from index.matching import Content
from index.questions import parse, question_terms
from index.sentences import Sentence
from index.vietnamese import sentence_spans

OLD, NEW = dt.date(2022, 1, 5), dt.date(2025, 1, 5)


@pytest.fixture
def told_otherwise(collection):
    """The words that other documents answer otherwise, of some texts with their titles; each a document."""

    async def ask(question, *texts, dates=(OLD, NEW)):
        documents = [
            Document(key=f"{place}.txt", title=title, text=text, date=dates[min(place, 1)])
            for place, (title, text) in enumerate(texts)
        ]
        await collection.add(documents)
        return [answer.marked for answer in (await collection.ask(question)).otherwise]

    return ask


RARE_EARTHS = (
    "Nga và Mỹ bàn về đất hiếm",
    "Nga đứng thứ 5 thế giới về trữ lượng đất hiếm, với khoảng 3,8 triệu tấn theo ước tính của Cục Khảo sát Địa chất Mỹ.",
)
LEAVE = ("Nội quy lao động 2022", "Mỗi năm nhân viên chính thức được nghỉ phép 12 ngày, hưởng nguyên lương.")
LEAVE_A_YEAR = "nhân viên được nghỉ phép bao nhiêu ngày một năm"
LEAVE_SINCE = ("Nội quy lao động 2025", "Mỗi năm nhân viên chính thức được nghỉ phép 15 ngày, hưởng nguyên lương.")


@pytest.mark.parametrize(
    ("question", "texts", "values"),
    [
        (
            "trữ lượng đất hiếm của Nga là bao nhiêu",
            (
                RARE_EARTHS,
                ("Báo cáo khoáng sản Nga", "Trữ lượng đất hiếm của Nga là 28,7 triệu tấn, phần lớn ở Yakutia."),
            ),
            ("3,8 triệu tấn", "28,7 triệu tấn"),
        ),
        (
            "nga co bao nhieu tan dat hiem",
            (
                RARE_EARTHS,
                ("Báo cáo khoáng sản Nga", "Trữ lượng đất hiếm của Nga là 28,7 triệu tấn, phần lớn ở Yakutia."),
            ),
            ("3,8 triệu tấn", "28,7 triệu tấn"),
        ),
        (LEAVE_A_YEAR, (LEAVE, LEAVE_SINCE), ("12 ngày", "15 ngày")),
        ("nghi phep nam bao nhieu ngay", (LEAVE, LEAVE_SINCE), ("12 ngày", "15 ngày")),
        (
            "ai là hiệu trưởng trường Lê Lợi",
            (
                ("Trường Lê Lợi khai giảng", "Hiệu trưởng trường Lê Lợi là bà Đỗ Thị Lụa."),
                ("Lễ bế giảng trường Lê Lợi", "Hiệu trưởng trường Lê Lợi là ông Phạm Quốc Hưng."),
            ),
            ("Lụa", "Hưng"),
        ),
        (
            "cầu Bến Mới khánh thành khi nào",
            (
                ("Cầu Bến Mới", "Cầu Bến Mới khánh thành năm 1998, nối hai bờ sông Lam."),
                ("Những cây cầu trên sông Lam", "Cầu Bến Mới khánh thành năm 2001, là cầu dài nhất tỉnh."),
            ),
            ("1998", "2001"),
        ),
        (
            "Việt Nam đứng thứ mấy thế giới về xuất khẩu gạo",
            (
                ("Gạo Việt ra thế giới", "Việt Nam đứng thứ ba thế giới về xuất khẩu gạo."),
                ("Xuất khẩu gạo lập kỷ lục", "Việt Nam vươn lên đứng thứ hai thế giới về xuất khẩu gạo."),
            ),
            ("thứ ba", "thứ hai"),
        ),
    ],
)
async def test_what_another_document_says_otherwise_is_told(collection, told_otherwise, question, texts, values):
    (otherwise,) = await told_otherwise(question, *texts)

    first = (await collection.ask(question)).answers[0].marked
    assert any(value in first and another in otherwise for value, another in (values, values[::-1]))


@pytest.mark.parametrize(
    ("question", "one", "other"),
    [
        pytest.param(
            "trữ lượng đất hiếm của Nga là bao nhiêu",
            RARE_EARTHS,
            ("Báo cáo khoáng sản Nga", "Trữ lượng đất hiếm của Nga là 3.800.000 tấn."),
            id="the same figure written otherwise",
        ),
        pytest.param(
            "năm 2024 cảng Hòn Gai đón bao nhiêu tàu",
            ("Cảng Hòn Gai năm 2024", "Năm 2024, cảng Hòn Gai đón 120 tàu chở than."),
            ("Cảng Hòn Gai năm 2025", "Năm 2025, cảng Hòn Gai đón 300 tàu chở than."),
            id="another year than the one asked for",
        ),
        pytest.param(
            "cảng Hòn Gai đón bao nhiêu tàu",
            ("Cảng Hòn Gai xưa", "Năm 1994, cảng Hòn Gai đón 120 tàu chở than."),
            ("Cảng Hòn Gai nay", "Năm 2005, cảng Hòn Gai đón 300 tàu chở than."),
            id="figures of different years",
        ),
        pytest.param(
            "lễ hội hoa mở ngày nào",
            ("Lễ hội hoa bên sông", "Lễ hội hoa mở ngày 18/12/2025."),
            ("Nhớ lễ hội hoa bên sông", "Lễ hội hoa mở ngày 20/12/2024."),
            id="days of what comes each year",
        ),
        pytest.param(
            "có được mang thú nuôi vào chung cư không",
            ("Nội quy chung cư 2022", "Cư dân không được mang thú nuôi vào chung cư."),
            ("Nội quy chung cư 2025", "Cư dân được mang thú nuôi vào chung cư nếu có rọ mõm."),
            id="yes and no, which hang on conditions",
        ),
        pytest.param(
            "tỉnh Hòa Sơn có bao nhiêu ca sốt xuất huyết",
            ("Dịch ở Hòa Sơn", "Tỉnh Hòa Sơn có 420 ca sốt xuất huyết."),
            ("Dịch ở huyện", "Riêng huyện Bản Mù, tỉnh Hòa Sơn có 37 ca sốt xuất huyết."),
            id="a part of the place",
        ),
        pytest.param(
            "những ai dự cuộc gặp ở Riyadh",
            ("Cuộc gặp", "Dự cuộc gặp ở Riyadh có ông Sergey Lavrov."),
            ("Tin vắn về cuộc gặp", "Dự cuộc gặp ở Riyadh có ông Marco Rubio."),
            id="several are asked for",
        ),
        pytest.param(
            "cuộc gặp ở Riyadh diễn ra khi nào",
            ("Cuộc gặp ở Riyadh", "Cuộc gặp ở Riyadh diễn ra hồi tháng 2/2025."),
            ("Sau cuộc gặp", "Cuộc gặp ở Riyadh diễn ra ngày 18 tháng 2 năm 2025."),
            id="a date that holds the other",
        ),
        pytest.param(
            "hội làng Mai Trang bắt đầu lúc mấy giờ",
            ("Hội làng Mai Trang", "Hội làng Mai Trang bắt đầu lúc 7 giờ tối."),
            ("Hội làng Mai Trang", "Hội làng Mai Trang bắt đầu lúc 19h00."),
            id="the same hour written otherwise",
        ),
        pytest.param(
            "ca phẫu thuật kéo dài bao lâu",
            ("Mổ tuyến giáp qua đường miệng", "Ca phẫu thuật kéo dài 3 giờ, bệnh nhân đã tỉnh."),
            ("Nối bàn tay đứt rời", "Ca phẫu thuật kéo dài 6 giờ, bàn tay đã hồng trở lại."),
            id="nothing shows that both are of one thing",
        ),
    ],
)
async def test_what_can_be_right_too_or_is_of_something_else_is_not(told_otherwise, question, one, other):
    assert await told_otherwise(question, one, other) == []


async def test_a_document_does_not_contradict_itself(told_otherwise):
    text = "\n".join([LEAVE[1], "Nhà ăn mở cửa từ 11 giờ. Xe để ở tầng hầm. " * 20, LEAVE_SINCE[1]])
    assert await told_otherwise(LEAVE_A_YEAR, ("Nội quy lao động", text)) == []


def leave(days):
    """A document of the same title as any other, with another number of days."""
    return "Nội quy lao động", LEAVE[1].replace("12", str(days))


@pytest.mark.parametrize(
    ("days", "told"),
    [
        pytest.param((12, 15), {"15 ngày"}, id="one other"),
        pytest.param((12, 15, 18), {"15 ngày", "18 ngày"}, id="two others"),
        pytest.param((12, 15, 18, 20), set(), id="so many that the question is of no one thing"),
    ],
)
async def test_each_value_that_others_tell_is_told_where_they_are_few(told_otherwise, days, told):
    assert set(await told_otherwise(LEAVE_A_YEAR, *map(leave, days))) == told


async def test_what_several_others_say_alike_is_told_once(told_otherwise):
    assert await told_otherwise(LEAVE_A_YEAR, *map(leave, (12, 15, 15, 15))) == ["15 ngày"]


def given(key, text, marked, *, title="Sổ tay", confidence=0.9, speaks=1.0):
    """The first sentence of a text as an answer."""
    passage = Passage(Source(key, title), 0, 0, text, tuple(sentence_spans(text)))
    sentence = text[slice(*passage.sentences[0])]
    start = sentence.index(marked)
    answer = Answer(sentence, (start, start + len(marked)), 0, passage, confidence)
    clues = {"with_title": speaks, "close": 1.0, "numbers": 1.0}
    return Given(Sentence(Hit(passage, 1.0, 1.0), 0, 0.0, clues), answer)


def verdicts(question, first, other):
    """What comes of holding an answer against another."""
    question = parse(question, lambda *_: 1)
    content = Content(question_terms(question, lambda *_: 1), lambda *_: 1.0)
    return [verdict for _, verdict in judgements(question, content, first, [other.sentence], lambda _: other)]


@pytest.mark.parametrize(
    ("sure", "other_is_sure", "speaks", "expected"),
    [
        (0.9, 0.8, 0.95, [Verdict.CONTRADICTS]),
        (0.9, 0.7, 0.95, [Verdict.UNSURE]),
        (0.9, 0.8, 0.85, [Verdict.UNSURE]),
        (0.65, 0.65, 1.0, [Verdict.CONTRADICTS]),
        (0.65, 0.55, 1.0, [Verdict.UNSURE]),
        (0.55, 0.65, 1.0, []),
    ],
)
def test_another_answer_must_be_about_as_sure_and_speak_of_about_as_much(sure, other_is_sure, speaks, expected):
    first = given("a.txt", LEAVE[1], "12 ngày", title="Nội quy lao động", confidence=sure)
    other = given("b.txt", LEAVE_SINCE[1], "15 ngày", title="Nội quy lao động", confidence=other_is_sure, speaks=speaks)

    assert verdicts(LEAVE_A_YEAR, first, other) == expected


WAGES = "lương bảo vệ kho Sao Mai bao nhiêu một tháng"
PUPILS = "lớp bơi Sao Mai có bao nhiêu em"


@pytest.mark.parametrize(
    ("question", "one", "other", "expected"),
    [
        pytest.param(
            PUPILS,
            ("Lớp bơi Sao Mai có 30 em.", "30 em"),
            ("Lớp bơi Sao Mai có 50 em.", "50 em"),
            [Verdict.CONTRADICTS],
            id="what is counted",
        ),
        pytest.param(
            WAGES,
            ("Lương bảo vệ kho Sao Mai là 8 triệu đồng.", "8 triệu đồng"),
            ("Lương bảo vệ kho Sao Mai là 9 triệu đồng.", "9 triệu đồng"),
            [Verdict.CONTRADICTS],
            id="any amount where the question names what it is for each of",
        ),
        pytest.param(
            PUPILS,
            ("Lớp bơi Sao Mai có 30 buổi.", "30 buổi"),
            ("Lớp bơi Sao Mai có 50 buổi.", "50 buổi"),
            [],
            id="something else than is counted",
        ),
        pytest.param(
            PUPILS,
            ("Lớp bơi Sao Mai có 30 em, thêm 2 cô.", "30 em, thêm 2 cô"),
            ("Lớp bơi Sao Mai có 50 em, thêm 2 cô.", "50 em, thêm 2 cô"),
            [],
            id="two values in the words that answer",
        ),
        pytest.param(
            PUPILS,
            ("Lớp bơi Sao Mai có 30 em. Hè tới nhận 50 em.", "30 em"),
            ("Lớp bơi Sao Mai có 50 em.", "50 em"),
            [Verdict.AGREES],
            id="the first tells the other value too",
        ),
        pytest.param(
            PUPILS,
            ("Lớp bơi Sao Mai có 30 em.", "30 em"),
            ("Lớp bơi Sao Mai có 50 em. Hè năm ngoái nhận 30 em.", "50 em"),
            [Verdict.AGREES],
            id="the other tells the first value too",
        ),
    ],
)
def test_only_values_that_surely_answer_are_held_against_each_other(question, one, other, expected):
    assert verdicts(question, given("a.txt", *one), given("b.txt", *other)) == expected


async def test_the_year_in_a_title_is_that_of_the_edition_where_the_document_was_written_in_it(told_otherwise):
    of_their_years = (
        ("Kết quả của Hải Long năm 2020", "Doanh thu của Hải Long là 320 tỷ đồng."),
        ("Kết quả của Hải Long năm 2021", "Doanh thu của Hải Long là 410 tỷ đồng."),
    )
    assert await told_otherwise("doanh thu của Hải Long là bao nhiêu", *of_their_years) == []
    assert len(await told_otherwise(LEAVE_A_YEAR, LEAVE, LEAVE_SINCE)) == 1


async def test_an_explanation_tells_why_another_answer_is_shown_or_is_not(collection, told_otherwise):
    await told_otherwise(LEAVE_A_YEAR, LEAVE, LEAVE_SINCE)

    (line,) = (line for line in explained(await collection.read(LEAVE_A_YEAR)) if line.startswith("another document"))
    assert line.startswith("another document says otherwise: ")
