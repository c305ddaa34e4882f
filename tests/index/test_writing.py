import pytest

from index.documents import Document


@pytest.fixture
async def written(collection):
    """Writes a question as some documents would."""
    await collection.add(
        [
            Document(
                "a.txt",
                "Đất hiếm ở Nga",
                "Theo ước tính, Nga có 3,8 triệu tấn đất hiếm. Ông Putin nói ở Moskva về NATO.",
            ),
            Document(
                "b.txt", "Dân số", "Năm nay dân số Hà Nội là 8,5 triệu người. Ở phía nam có TP HCM, lớn nhất Việt Nam."
            ),
        ]
    )
    return collection.written


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("nga co bao nhieu tan dat hiem", "Nga có bao nhiêu tấn đất hiếm"),
        ("dan so ha noi la bao nhieu?", "dân số Hà Nội là bao nhiêu?"),
        ("tp hcm o dau", "TP HCM ở đâu"),
        ("putin noi gi ve nato", "Putin nói gì về NATO"),
        ("viet nam", "Việt Nam"),
    ],
)
async def test_a_question_gets_the_diacritics_and_the_capitals_of_the_documents(written, typed, meant):
    assert await written(typed) == meant


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("putin noi j", "Putin nói gì"),
        ("bn tấn đất hiếm", "bn tấn đất hiếm"),
        ("NS Putin", "NS Putin"),
        ("tp j", "TP gì"),
        ("đất hiếm nặng bao nhiêu kg", "đất hiếm nặng bao nhiêu kg"),
        ("còn gen z thì sao", "còn gen z thì sao"),
    ],
)
async def test_abbreviations_that_stand_for_one_thing_are_written_out(written, typed, meant):
    assert await written(typed) == meant


async def test_what_stands_in_lower_case_beside_the_same_word_stays_so(written):
    assert await written("phia nam co gi") == "phía nam có gì"


@pytest.mark.parametrize("typed", ["Nga có ngà không?", "NGA Ở ĐÂU", "", "???", "Bao nhiêu tấn đất hiếm?"])
async def test_what_was_typed_with_diacritics_and_capitals_stays(written, typed):
    assert await written(typed) == typed


async def test_what_the_documents_do_not_know_stays_as_it_is(written):
    assert await written("xyzzy 123 qwerty") == "xyzzy 123 qwerty"


@pytest.mark.parametrize(
    ("typed", "meant"), [("trung quoc", "Trung Quốc"), ("con trung quoc", "con Trung Quốc"), ("phap", "Pháp")]
)
async def test_a_name_that_the_documents_do_not_hold_is_written_as_usual(written, typed, meant):
    assert await written(typed) == meant


async def test_a_text_in_capitals_keeps_them(written):
    assert await written("NGA CO BAO NHIEU DAT HIEM") == "NGA CÓ BAO NHIÊU ĐẤT HIẾM"
