from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.questions import parse
from index.terms import Field
from index.vietnamese import fold, syllables, words

DOCUMENTS = (
    "Trữ lượng đất hiếm của Nga là 3,8 triệu tấn.",
    "Tổng thống Zelenskyy và Tổng thống Putin nói về Iran.",
    "Bệnh nhân mắc sốt được đưa vào viện, bệnh nhân 17 đã khỏe.",
    "Trẻ cần vitamin K và được bú mẹ.",
    "Moskva nằm trên sông Moskva.",
    "Thợ bện thừng.",
)


def terms(document, field):
    listed = syllables(document)
    match field.exact:
        case Field.SYLLABLES:
            found = listed
        case Field.BIGRAMS:
            found = map("_".join, pairwise(listed))
        case _:
            found = words(document)
    return set(map(fold, found)) if field.is_folded else set(found)


TERMS = {field: [terms(document, field) for document in DOCUMENTS] for field in Field}


def document_frequency(field, term):
    return sum(term in listed for listed in TERMS[field])


def beginning(prefix):
    listed = {fold(syllable) for document in DOCUMENTS for syllable in syllables(document)}
    return [syllable for syllable in sorted(listed) if syllable.startswith(prefix)]


def read(text):
    return parse(text, document_frequency, beginning=beginning)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("ddaats hieems", "đất hiếm"),
        ("d9at61 hie6m1", "đất hiếm"),
        ("Ddaats hieems cuar Nga", "Đất hiếm của Nga"),
        ("trwux lwowngj dat hiem", "trữ lượng dat hiem"),
        ("đất hieems", "đất hiếm"),
        ("dat hem", "dat hiem"),
        ("dat heim", "dat hiem"),
        ("dta hiem", "dat hiem"),
        ("dathiem", "dat hiem"),
        ("đât hiếm", "đất hiếm"),
        ("đất hiêm", "đất hiếm"),
        ("tổng thống zelenskyyi", "tổng thống zelenskyy"),
        ("đất heim của Nga", "đất hiếm của Nga"),
        ("tong thong putn", "tong thong putin"),
        ("tru luong la bao nihêu", "tru luong la bao nhiêu"),
        ("bệnh nhâ mắc sốt", "bệnh nhân mắc sốt"),
        ("bệnh nhấn mắc sốt", "bệnh nhân mắc sốt"),
        ("Nga thề nào", "Nga thế nào"),
    ],
)
def test_what_was_meant_is_read_and_told(typed, meant):
    question = read(typed)

    assert question.text == meant
    assert question.told


@pytest.mark.parametrize(
    "typed",
    [
        "trữ lượng đất hiếm của Nga",
        "tru luong dat hiem cua nga",
        "new york",
        "windows cua microsoft",
        "xe bus",
        "gas va tax",
        "moskva",
        "iraq",
        "tong thong iraq",
        "giá vàng hôm nay",
        "gia vang hom nay",
        "covid19",
        "vitamin k",
        "nặng bao nhiêu kg",
        "17 kg",
        "Vitamin K",
        "bán đất",
        "2025",
        "hoà bình",
        "gen z",
        "gen z là gì",
        "còn gen Z thì sao",
        "có độc không",
        "Nga bán cho ai",
        "thôi nhé",
    ],
)
def test_what_stands_for_itself_is_left(typed):
    question = read(typed)

    assert question.text == typed
    assert question.told == ""


def test_what_is_told_has_its_diacritics():
    assert read("tru luong dat hem cua nga la bao nhieu").told == "trữ lượng đất hiếm của nga là bao nhiêu"


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("trữ lượng là bn", "trữ lượng là bao nhiêu"),
        ("co bn bn mac sot", "co bao nhiêu bệnh nhân mac sot"),
        ("bn 17 o dau", "bệnh nhân 17 o dau"),
        ("nga đc j", "nga được gì"),
        ("trẻ ko bú", "trẻ không bú"),
        ("đất hiếm k z", "đất hiếm không vậy"),
        ("khai thác ntn", "khai thác như thế nào"),
        ("ai nói z", "ai nói vậy"),
        ("Putin nói j v bạn", "Putin nói gì vậy bạn"),
        ("mở cửa T7 lúc mấy giờ", "mở cửa thứ bảy lúc mấy giờ"),
        ("Ng ta nói gì", "Người ta nói gì"),
    ],
)
def test_abbreviations_are_written_out_as_they_stand_beside_others(typed, meant):
    assert read(typed).text == meant


@pytest.mark.parametrize("month", [1, 8, 9, 10, 11, 12])
def test_what_can_be_no_day_of_the_week_is_a_month(month):
    assert read(f"t{month} trẻ bú gì").text == f"tháng {month} trẻ bú gì"


def test_what_else_an_abbreviation_may_stand_for_is_an_alternative():
    question = read("bn 17 o dau")

    assert question.told == "bệnh nhân 17 ở đâu"
    assert ("được",) in read("đk của trẻ").alternatives["điều_kiện"]


def test_a_plain_abbreviation_is_not_told():
    assert read("tru luong la bn").told == ""


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("Liên bang Nga có gì", "Nga có gì"),
        ("lien bang nga co gi", "nga co gi"),
        ("zelensky nói gì", "zelenskyy nói gì"),
        ("moscow ở đâu", "moskva ở đâu"),
        ("mat-xco-va o dau", "moskva o dau"),
    ],
)
def test_a_name_is_written_as_in_the_documents_and_not_told(typed, written):
    question = read(typed)

    assert question.text == written
    assert question.told == ""


def test_a_misspelt_name_that_is_listed_leads_to_its_other_forms():
    question = read("moskow o dau")

    assert question.content == ("moscow",)
    assert ("moskva",) in question.alternatives["moscow"]


def test_a_syllable_that_never_stands_so_is_kept_beside_what_may_have_been_meant():
    question = read("bện nhân 17 đã khỏe")

    assert question.text == "bện nhân 17 đã khỏe"
    assert question.told == ""
    assert question.alternatives["bện"] == [("bệnh",)]
    assert read("thợ bện thừng").alternatives == {}


@settings(deadline=None)
@given(
    st.one_of(
        st.text(),
        st.lists(st.sampled_from([*"đấtddaats", " ", "bn", "dc", "2/2", "3.800", "hem", "AI", "?"])).map("".join),
    )
)
def test_anything_can_be_read(text):
    assert all(syllable == syllable.lower() for syllable in read(text).content)
