"""What the owner's two documents answer, typed with and without diacritics, and what they do not."""

from pathlib import Path

import pytest

from index.collection import Collection
from index.vietnamese import fold

SEEDS = Path(__file__).parents[2] / "seeds"
NEWS = "https://www.mining.com/russia-us-in-talks-over-joint-rare-earths-projects/"


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("seeds")


@pytest.fixture
async def seeds(folder):
    async with Collection.open(folder) as opened:
        await opened.update(SEEDS)
        yield opened


@pytest.mark.parametrize("typed", [str, fold, str.upper], ids=["as written", "without diacritics", "in capitals"])
@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("Trữ lượng đất hiếm của Nga là bao nhiêu?", "3,8 triệu tấn"),
        ("Nga có bao nhiêu đất hiếm?", "3,8 triệu tấn"),
        ("nga có bao nhiêu tấn đất hiếm", "3,8 triệu tấn"),
        ("Nga đứng thứ mấy thế giới về trữ lượng đất hiếm?", "thứ 5"),
        ("nga xếp thứ mấy về trữ lượng đất hiếm", "thứ 5"),
        ("Kirill Dmitriev là ai?", "đặc phái viên của Tổng thống Putin | người đứng đầu quỹ tài sản quốc gia Nga"),
        ("Cuộc gặp giữa quan chức hai nước diễn ra ở đâu?", "Saudi Arabia"),
        ("cuộc đàm phán diễn ra khi nào", "tháng 2/2025"),
        ("Đất hiếm dùng để làm gì?", "nam châm, điện thoại di động, thiết bị quân sự"),
        ("Đất hiếm gồm bao nhiêu nguyên tố?", "17 nguyên tố"),
        ("có mấy nguyên tố đất hiếm", "17"),
    ],
)
async def test_what_the_documents_say_is_answered(seeds, question, answer, typed):
    findings = await seeds.ask(typed(question))

    assert findings.answered
    right = answer.split(" | ")  # the documents may say it in several ways
    assert any(one in findings.answers[0].text for one in right)
    assert any(part in findings.answers[0].marked for one in right for part in one.split(", "))


@pytest.mark.parametrize("typed", [str, fold], ids=["as written", "without diacritics"])
@pytest.mark.parametrize(
    "question",
    [
        "Giá vàng hôm nay bao nhiêu?",
        "Thủ tướng Việt Nam là ai?",
        "Thời tiết Hà Nội ngày mai thế nào?",
        "cách nấu phở bò",
        "lịch thi đấu bóng đá tối nay",
    ],
)
async def test_what_the_documents_do_not_say_is_refused_with_what_they_cover(seeds, question, typed):
    findings = await seeds.ask(typed(question))

    assert not findings.answered
    titles = {source.title for source in await seeds.documents()}
    assert titles.issuperset(findings.suggestions)


async def test_a_refusal_always_says_what_the_documents_cover(seeds):
    findings = await seeds.ask("xyz")

    assert not findings.answered
    assert findings.suggestions


@pytest.mark.parametrize("topic", ["đất hiếm", "dat hiem", "Kirill Dmitriev", "hợp tác Mỹ Nga"])
async def test_a_bare_subject_gets_its_best_passages(seeds, topic):
    findings = await seeds.ask(topic)

    assert findings.answered
    assert fold(topic.split()[0].lower()) in fold(findings.answers[0].text.lower())
    assert fold(findings.answers[0].marked.lower()) in fold(topic.lower())


async def test_an_answer_cites_its_document_and_its_place_in_it(seeds):
    answer = (await seeds.ask("Nga đứng thứ mấy về trữ lượng đất hiếm?")).answers[0]

    document = await seeds.document(answer.source.key)
    assert answer.source.url == NEWS
    start = answer.passage.start + answer.start
    assert document.text[start : start + len(answer.text)] == answer.text


async def test_other_answers_begin_with_another_document(seeds):
    answers = (await seeds.ask("hợp tác đất hiếm giữa Mỹ và Nga", count=4)).answers

    assert len(answers) == 4
    assert answers[0].source.key != answers[1].source.key
    assert len({answer.passage.id for answer in answers}) == 4


@pytest.mark.parametrize("text", ["", "   ", "😀😀😀", "?!", "\x00\x07\x1b", "а" * 10_000, "đất " * 3_000])
async def test_what_is_no_question_breaks_nothing(seeds, text):
    findings = await seeds.ask(text)

    assert findings.answers or findings.suggestions


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("truwx luwowngj ddaats hieems cuar Nga laf bao nhieeu", "3,8 triệu tấn"),
        ("tru74 lu7o7ng5 d9at61 hie6m1 cua3 Nga la2 bao nhie6u", "3,8 triệu tấn"),
        ("tru luong dat hem cua nga la bn z", "3,8 triệu tấn"),
        ("trữ lượng đất hiếm của Liên bang Nga là bao nhiêu", "3,8 triệu tấn"),
        ("cho mình hỏi trữ lượng đất hiếm của Nga là bao nhiêu với ạ", "3,8 triệu tấn"),
        ("kiril dimitriev la ai", "đặc phái viên của Tổng thống Putin | người đứng đầu quỹ tài sản quốc gia Nga"),
        ("cuộc gặp giữa quan chức hai nước tháng hai năm 2025 diễn ra ở đâu", "Saudi Arabia"),
        ("cuoc gap giua quan chuc hai nuoc thang 2/2025 dien ra o dau", "Saudi Arabia"),
        ("zelensky từ chối điều gì", "gia nhập EU"),
    ],
)
async def test_questions_are_understood_as_people_type_them(seeds, question, answer):
    findings = await seeds.ask(question)

    assert findings.answered
    assert any(right in findings.answers[0].text for right in answer.split(" | "))


@pytest.mark.parametrize(
    "question",
    [
        "Tổng thống Iraq là ai?",
        "zambia co bao nhieu vang",
        "gias vafng hoom nay laf bao nhieeu",
        "gia vang hom nay bn",
        "Thủ tướng Slovakia là ai",
        "thu tuong vn la ai",
    ],
)
async def test_nothing_near_is_taken_for_what_the_documents_never_mention(seeds, question):
    assert not (await seeds.ask(question)).answered


@pytest.mark.parametrize(
    ("question", "name"),
    [
        ("trữ lượng đất hiếm của Trung Quốc là bao nhiêu", "Trung Quốc"),
        ("tru luong dat hiem cua trung quoc", "Trung Quốc"),
        ("Biden nói gì về đất hiếm", "Biden"),
        ("trữ lượng đất hiếm của Úc", "Úc"),
        ("Úc ơi là Úc, Úc có bao nhiêu đất hiếm", "Úc"),
    ],
)
async def test_what_no_document_mentions_is_not_answered_with_something_near_it(seeds, question, name):
    findings = await seeds.ask(question)
    assert not findings.answered
    assert findings.unmentioned == (name,)


@pytest.mark.parametrize("typed", [str, fold], ids=["as written", "without diacritics"])
@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("Putin nói gì về đất hiếm?", "Vladimir Putin tuyên bố"),
        ("Trump nói gì về Ukraine", "Trump nhấn mạnh"),
        ("zelenskyy nói gì về thỏa thuận", "Zelenskyy từ chối"),
        ("Dmitriev nói gì", "Dmitriev đã nêu rõ"),
    ],
)
async def test_whose_words_are_asked_for_is_quoted(seeds, question, said, typed):
    assert said in (await seeds.ask(typed(question))).answers[0].text
