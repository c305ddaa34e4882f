import pytest

from index.typos import is_likely_slip, near, near_name


@pytest.mark.parametrize("typed", ["hem", "heim", "hiemm", "hiwm", "hiiem", "hhiem"])
def test_a_known_spelling_is_found_one_slip_away(typed):
    assert near(typed, {"hiem", "dat", "nga"}.__contains__) == ["hiem"]


@pytest.mark.parametrize("typed", ["he", "hiếm", "3800", "himmel"])
def test_nothing_is_near_to_what_is_short_or_no_plain_word(typed):
    assert near(typed, {"hem", "hiem", "380"}.__contains__) == []


def test_a_letter_for_its_neighbour_or_what_sounds_alike_is_a_likely_slip():
    assert is_likely_slip("hirm", "hiem")
    assert is_likely_slip("hem", "hiem")
    assert is_likely_slip("heim", "hiem")
    assert not is_likely_slip("vang", "hang")


def named(typed, *known):
    return near_name(
        typed, near(typed, known.__contains__), lambda prefix: [one for one in known if one.startswith(prefix)]
    )


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("zelensky", "zelenskyy"),
        ("zelenski", "zelenskyy"),
        ("dimitriev", "dmitriev"),
        ("kirilll", "kirill"),
        ("ukrane", "ukraine"),
        ("moskow", "moscow"),
    ],
)
def test_a_misspelt_name_is_known_by_itself(typed, name):
    assert named(typed, name, "hiem", "trump") == name


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("iraq", "iran"),
        ("slovenia", "slovakia"),
        ("australia", "austria"),
        ("angola", "angela"),
        ("zambia", "gambia"),
        ("ireland", "iceland"),
        ("trung", "trump"),
    ],
)
def test_another_name_is_not_taken_for_it(typed, name):
    assert named(typed, name) is None


def test_of_two_names_that_it_could_be_it_is_neither():
    assert named("martn", "martin", "marten") is None
