import pytest

from bot.listing import is_short_name, number_asked_for, page_asked_for, short_name
from index.documents import Source

SOURCES = [Source(f"{number}.txt", f"Tài liệu {number}") for number in range(1, 4)]


def test_a_short_name_means_one_document():
    names = [short_name(source.key) for source in SOURCES]
    assert all(map(is_short_name, names))
    assert [number_asked_for(name, SOURCES) for name in names] == [1, 2, 3]
    assert number_asked_for(short_name("không có"), SOURCES) == 0


@pytest.mark.parametrize("text", ["d-", "d-kurz", "d-quá dài để là tên", "1", ""])
def test_anything_else_is_no_short_name(text):
    assert not is_short_name(text)


@pytest.mark.parametrize(
    ("argument", "number"), [("2", 2), ("số 2 ạ", 2), ("0", 0), ("hai", 0), ("9" * 20, 999_999_999)]
)
def test_a_number_is_found_in_what_is_typed(argument, number):
    assert number_asked_for(argument, SOURCES) == number


@pytest.mark.parametrize(
    ("argument", "page"), [("", 1), ("trang 2", 2), ("Trang 0", 1), ("page 3", 3), ("2", 0), ("trang", 0)]
)
def test_a_page_is_asked_for_by_its_number(argument, page):
    assert page_asked_for(argument) == page
