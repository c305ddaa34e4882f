import pytest

from index.keyboards import decode


@pytest.mark.parametrize(
    ("typed", "syllable"),
    [
        ("ddaats", "đất"),
        ("hieems", "hiếm"),
        ("hieemr", "hiểm"),
        ("hieesm", "hiếm"),
        ("nuwowcs", "nước"),
        ("nuowcs", "nước"),
        ("lwowngj", "lượng"),
        ("truwx", "trữ"),
        ("thuowr", "thuở"),
        ("quoocs", "quốc"),
        ("gif", "gì"),
        ("giaf", "già"),
        ("hoaf", "hòa"),
        ("d9at61", "đất"),
        ("hie6m1", "hiếm"),
        ("hie61m", "hiếm"),
        ("lu7o7ng5", "lượng"),
        ("luong75", "lượng"),
        ("nguoi72", "người"),
    ],
)
def test_keys_are_read_wherever_they_stand(typed, syllable):
    assert decode(typed)[0].syllable == syllable


def test_the_two_keys_of_a_letter_may_be_swapped():
    assert "trữ" in [one.syllable for one in decode("trwux")]


@pytest.mark.parametrize(
    "typed", "moscow york new windows google covid19 b12 h1n1 u23 g7 2025 nga dat hiem paris đất nghieengssss".split()
)
def test_what_is_no_keys_is_left(typed):
    assert decode(typed) == ()


def test_a_single_tone_key_is_no_clear_case():
    (bus,) = decode("bus")

    assert (bus.keys, bus.shaped, bus.is_clear) == (1, False, False)
    assert decode("hieems")[0].is_clear
