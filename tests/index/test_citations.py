import pytest

from index.citations import without_cited
from index.vietnamese import syllable_spans


def parted(text):
    runs, source = without_cited(text, [list(syllable_spans(text))])
    return " ".join(syllable for run in runs for syllable, _ in run), " ".join(source)


@pytest.mark.parametrize(
    ("text", "rest", "source"),
    [
        ("Theo Luật Chợ 2015, ai giữ kho", "theo ai giữ kho", "luat cho 2015"),
        ("theo luat cho nam 2015 ai giu kho", "theo ai giu kho", "luat cho nam 2015"),
        ("Ai giữ kho theo Nghị định 12/2019/NĐ-CP", "ai giữ kho theo nđ cp", "nghi dinh 12 2019"),
        ("Bộ luật Chợ năm 2015 quy định thế nào về kho", "quy định thế nào về kho", "bo luat cho nam 2015"),
    ],
)
def test_the_law_that_is_to_tell_is_no_part_of_what_is_asked(text, rest, source):
    assert parted(text) == (rest, source)


@pytest.mark.parametrize(
    "text",
    [
        "Luật Chợ 2015 quy định về nội dung",
        "Theo Luật Chợ, ai giữ kho",
        "Ai giữ kho luật, năm 2015",
        "Luật sư nào giữ kho",
        "Kho mở năm 2015",
    ],
)
def test_a_law_without_a_year_and_one_that_is_asked_about_are_content(text):
    assert parted(text)[1] == ""
    assert len(parted(text)[0].split()) == len(list(syllable_spans(text)))
