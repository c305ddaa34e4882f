import pytest

from index.spelling import ACUTE, DOT, TILDE, is_plain_syllable, is_syllable, marked_spellings, split_tone, with_tone
from index.vietnamese import syllables


@pytest.mark.parametrize(
    "text", "đất hiếm nghiêng quyển gì giếng khuya nước quốc yêu oan uỷ học xoong y được thuở".split()
)
def test_syllables_are_known_by_their_parts(text):
    assert is_syllable(text)


@pytest.mark.parametrize("text", "moscow york windows bđt hiếmm đấtt cê ngi kăn hiềc đầp z vắcxin".split())
def test_what_no_syllable_could_be_is_told(text):
    assert not is_syllable(text)


@pytest.mark.parametrize(
    ("letters", "tone", "written"),
    [
        ("đât", ACUTE, "đất"),
        ("lương", DOT, "lượng"),
        ("toan", ACUTE, "toán"),
        ("mia", ACUTE, "mía"),
        ("quy", ACUTE, "quý"),
    ],
)
def test_a_tone_stands_where_it_is_written(letters, tone, written):
    assert with_tone(letters, tone) == written
    assert split_tone(written) == (letters, tone)


def test_a_tone_stands_as_in_the_syllables_of_documents():
    assert [with_tone("hoa", "\u0300"), with_tone("thuy", "\u0309")] == syllables("hoà thuỷ") == syllables("hòa thủy")


def test_letters_without_a_vowel_take_no_tone():
    assert with_tone("kh", TILDE) == "kh"


def test_the_spellings_of_a_plain_syllable_look_like_it():
    assert set(marked_spellings("hiem")) == {"hiêm", "hiếm", "hiềm", "hiểm", "hiễm", "hiệm"}
    assert "đất" in marked_spellings("dat")
    assert marked_spellings("moscow") == ()


@pytest.mark.parametrize(
    ("text", "expected"), [("hiem", True), ("nghieng", True), ("hem", True), ("putn", False), ("iraq", False)]
)
def test_plain_syllables_are_told_from_other_words(text, expected):
    assert is_plain_syllable(text) is expected
