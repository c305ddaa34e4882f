import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.documents import Document, Heading, Length
from index.matching import Content
from index.salience import Text
from index.summaries import of_cluster, of_document, of_subject, of_text
from index.terms import Field, idf
from index.vietnamese import clean

OWN = "Chợ cá bến Do họp từ nửa đêm, nuôi sống ba trăm gia đình trong vùng."
MARKET = f"""{OWN}
Chợ cá bến Do họp từ nửa đêm tới gần sáng, khi những chiếc thuyền đầu tiên từ ngoài khơi về cập bến.
Lịch sử của chợ cá bến Do từ năm 1987
Bà con dựng những túp lều tre đầu tiên của chợ cá vào mùa hè năm 1987, sau một trận bão lớn.
Năm 2010 thị xã xây nhà lồng có mái tôn, chia làm sáu mươi gian cho người bán cá.
Ông Lê Văn Cần, trưởng ban quản lý chợ cá, cho biết mỗi đêm có chừng bốn mươi tấn cá được mua bán. \
Ông nói thêm rằng một nửa số cá ấy được chở lên Hà Nội trước lúc trời sáng.
Nhà máy nước đá cạnh chợ chạy suốt đêm để kịp giao hai trăm cây đá cho các xe lạnh.
Thị xã dự định dời chợ cá ra cảng mới vào năm tới vì đường vào bến quá hẹp.
"""
DOCUMENTS = [
    Document(key="cho.txt", title="Chợ cá bến Do", text=MARKET.strip(), summary=OWN, url="https://x.vn/cho"),
    Document(
        key="cang.txt",
        title="Dời chợ cá ra cảng mới",
        text="Thị xã họp với tiểu thương về việc dời chợ cá bến Do ra cảng mới trong năm tới. "
        "Cảng mới rộng gấp ba bến cũ và có kho lạnh sức chứa năm trăm tấn. "
        "Nhiều người bán cá lo chợ cá bến Do dời đi thì mất khách quen trong phố. "
        "Đường ra cảng mới rộng hai mươi mét, xe lạnh đi lại dễ dàng.",
    ),
    Document(
        key="truong.txt",
        title="Trường làng khai giảng",
        text="Trường làng Hạ khai giảng năm học mới giữa cơn mưa rào đầu mùa. "
        "Bốn trăm học sinh được phát sách giáo khoa và áo mưa mới. "
        "Cô hiệu trưởng đánh trống rồi cả trường hát quốc ca dưới mái hiên.",
    ),
    Document(
        key="cau.txt",
        title="Cầu mới qua sông Chanh",
        text="Cây cầu mới nối hai bờ sông Chanh được khánh thành vào sáng chủ nhật. "
        "Cầu dài ba trăm mét, rộng bốn làn xe, trị giá chín mươi tỷ đồng. "
        "Từ nay người dân đảo không phải đợi phà mỗi ngày hai chuyến nữa.",
    ),
]
LENGTHS = list(Length)


def weight(field, term):
    return idf(100, 0)


@pytest.fixture
async def filled(collection):
    await collection.add(DOCUMENTS)
    return collection


def size(points):
    return sum(len(point.text.split()) for point in points)


# --- Of a document ---------------------------------------------------------------------------------------------------


def test_a_short_summary_is_the_authors_own():
    (point,) = of_document(DOCUMENTS[0], Length.SHORT, weight)

    assert point.text == OWN
    assert point.source == DOCUMENTS[0].source


@pytest.mark.parametrize("length", [Length.NORMAL, Length.LONG])
def test_the_authors_own_summary_comes_first_and_once(length):
    first, *others = (point.text for point in of_document(DOCUMENTS[0], length, weight))

    assert first == OWN
    assert others
    assert not any(OWN in other for other in others)


def test_of_a_document_without_an_authors_summary_sentences_are_quoted_in_order():
    points = of_document(DOCUMENTS[1], Length.NORMAL, weight)
    places = [DOCUMENTS[1].text.index(point.text) for point in points]

    assert places
    assert places == sorted(places)


def test_a_long_authors_summary_stands_alone():
    summary = " ".join(f"Gian hàng số {number} bán cá thu, cá song và tôm hùm." for number in range(60))
    document = Document(key="a", title="Chợ", text=f"{summary}\n{MARKET}", summary=summary)

    assert [point.text for point in of_document(document, Length.NORMAL, weight)] == [summary]


def test_headings_are_not_quoted():
    heading = "Lịch sử của chợ cá bến Do từ năm 1987"
    start = MARKET.index(heading)
    document = Document(
        key="a", title="Chợ cá", text=MARKET, headings=(Heading(start=start, end=start + len(heading), level=2),)
    )

    assert not any(heading in point.text for point in of_document(document, Length.LONG, weight))


def test_a_sentence_and_the_one_that_leans_on_it_are_one_point():
    points = of_document(DOCUMENTS[0], Length.LONG, weight)

    (pair,) = (point.text for point in points if "Ông nói thêm" in point.text)
    assert pair.startswith("Ông Lê Văn Cần")
    assert pair in MARKET


def test_a_longer_summary_tells_more():
    short, normal, long = (of_document(Document(key="a", title="Chợ", text=MARKET), one, weight) for one in LENGTHS)

    assert 0 < size(short) < size(normal) <= size(long)
    assert len(short) <= 2
    assert len(normal) <= 5
    assert len(long) <= 10


def test_an_empty_document_says_nothing():
    assert of_document(Document(key="a", title="Trống", text=""), Length.NORMAL, weight) == ()


LETTERS = "aăĐ ôn1.?!\n“”,-"


@given(st.text(alphabet=LETTERS, max_size=600), st.text(alphabet=LETTERS, max_size=80), st.sampled_from(LENGTHS))
def test_every_point_is_quoted_from_the_document(body, own, length):
    text, summary = clean(body), clean(own).strip() or None
    points = of_document(Document(key="a", title="Chợ", text=text, summary=summary), length, weight)

    assert all(point.text in text or point.text == summary for point in points)
    assert all(point.text for point in points)


# --- Of a subject ----------------------------------------------------------------------------------------------------


async def test_a_subject_is_told_from_several_documents(filled):
    summary = await filled.summarise_subject("chợ cá bến Do", Length.NORMAL)

    assert {point.source.key for point in summary.points} == {"cho.txt", "cang.txt"}
    assert not summary.suggestions


async def test_what_is_told_of_a_subject_is_quoted_and_not_repeated(filled):
    texts = {document.key: document.text for document in DOCUMENTS}
    points = (await filled.summarise_subject("chợ cá", Length.LONG)).points

    assert all(point.text in texts[point.source.key] for point in points)
    assert len({point.text for point in points}) == len(points)


async def test_the_points_of_a_document_stand_together_in_its_order(filled):
    points = (await filled.summarise_subject("chợ cá bến Do", Length.LONG)).points
    keys = [point.source.key for point in points]
    texts = {document.key: document.text for document in DOCUMENTS}

    assert keys == sorted(keys, key=keys.index)
    for key in set(keys):
        places = [texts[key].index(point.text) for point in points if point.source.key == key]
        assert places == sorted(places)


@pytest.mark.parametrize(
    ("marked", "plain"), [("cầu qua sông Chanh", "cau qua song chanh"), ("khai giảng", "khai giang")]
)
async def test_a_subject_is_told_alike_with_and_without_diacritics(filled, marked, plain):
    summary = await filled.summarise_subject(marked, Length.NORMAL)

    assert summary.points
    assert await filled.summarise_subject(plain, Length.NORMAL) == summary


async def test_one_document_does_not_tell_all_there_is_to_a_subject(filled):
    points = (await filled.summarise_subject("chợ cá bến Do", Length.SHORT)).points

    assert {point.source.key for point in points} == {"cho.txt", "cang.txt"}


async def test_of_an_unknown_subject_titles_are_told_instead(filled):
    summary = await filled.summarise_subject("giá vàng thế giới", Length.NORMAL)

    assert summary.points == ()
    assert set(summary.suggestions) <= {document.title for document in DOCUMENTS}
    assert summary.suggestions


async def test_copies_of_a_document_say_nothing_more(collection):
    copies = [
        Document(key=f"{number}.txt", title="Dời chợ cá ra cảng mới", text=DOCUMENTS[1].text) for number in range(4)
    ]
    await collection.add([*copies, *DOCUMENTS[2:]])
    points = (await collection.summarise_subject("dời chợ cá ra cảng mới", Length.LONG)).points

    assert points
    assert len({point.text for point in points}) == len(points)


def test_nothing_found_tells_nothing():
    assert of_subject(Content({Field.SYLLABLES: ["cá"]}, weight), [], Length.NORMAL, weight) == ()


# --- Of a text -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("length", LENGTHS)
def test_at_most_half_of_a_text_is_told(length):
    sentences = of_text(DOCUMENTS[1].text, length, weight)

    assert 1 <= len(sentences) <= 2
    assert all(sentence in DOCUMENTS[1].text for sentence in sentences)


def test_of_a_long_text_so_many_sentences_are_told_at_most():
    text = " ".join(document.text for document in DOCUMENTS)

    assert len(of_text(text, Length.SHORT, weight)) <= 2
    assert len(of_text(text, Length.SHORT, weight)) < len(of_text(text, Length.LONG, weight)) <= 8


@pytest.mark.parametrize("text", ["", "  \n ", "👍", "?!"])
def test_a_text_without_words_tells_nothing(text):
    assert of_text(text, Length.NORMAL, weight) == ()


# --- Of a cluster ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("words", [25, 60])
def test_a_cluster_is_summarised_in_about_so_many_words(words):
    told = of_cluster([Text(document.text, document.title) for document in DOCUMENTS[:2]], words, weight)

    assert words / 2 < len(told.split()) <= words * 1.03


def test_an_empty_cluster_has_an_empty_summary():
    assert of_cluster([], 100, weight) == ""
    assert of_cluster([Text("")], 100, weight) == ""
