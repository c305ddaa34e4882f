import pytest

from bot.listing import document_asked_for, is_number, is_short_name, page_asked_for, short_name
from index.documents import Document


@pytest.fixture
async def three(empty_collection):
    """A collection of three documents, 3.txt the newest."""
    await empty_collection.add([Document(f"{n}.txt", f"Tài liệu {n}", "Một câu.") for n in range(1, 4)])
    return empty_collection


async def test_a_short_name_means_one_document(three):
    sources = await three.documents()
    names = [short_name(source.key) for source in sources]
    assert all(map(is_short_name, names))
    found = [await document_asked_for(name, three) for name in names]
    assert [(number, entry.source) for number, entry in found] == list(enumerate(sources, 1))
    assert await document_asked_for(short_name("không có"), three) is None


@pytest.mark.parametrize("text", ["d-", "d-kurz", "d-quá dài để là tên", "1", ""])
def test_anything_else_is_no_short_name(text):
    assert not is_short_name(text)


@pytest.mark.parametrize(
    ("argument", "key"), [("1", "3.txt"), ("số 2 ạ", "2.txt"), ("0", None), ("hai", None), ("9" * 20, None)]
)
async def test_a_number_is_found_in_what_is_typed(three, argument, key):
    found = await document_asked_for(argument, three)
    assert (found and found[1].source.key) == key


@pytest.mark.parametrize(
    ("argument", "page"), [("", 1), ("trang 2", 2), ("Trang 0", 1), ("page 3", 3), ("2", 0), ("trang", 0)]
)
def test_a_page_is_asked_for_by_its_number(argument, page):
    assert page_asked_for(argument) == page


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("2", True),
        ("số 2", True),
        ("bài 2", True),
        ("Tài liệu số 12", True),
        ("văn bản thứ 3", True),
        ("bai dau tien", True),
        ("tin mới nhất", True),
        ("tin tức", False),
        ("bài học 2", False),
        ("trang 2", False),
    ],
)
def test_a_document_is_meant_by_its_number(text, is_one):
    assert is_number(text) is is_one
