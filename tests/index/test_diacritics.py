from index.diacritics import restore
from index.terms import Field

SYLLABLES = {"đất": 5, "đạt": 9, "hiếm": 4, "hiểm": 6, "của": 20, "nga": 8, "cua": 1}
FOLDED = {"dat": 14, "hiem": 10, "cua": 21, "nga": 8}
BIGRAMS = {"đất_hiếm": 4, "hiếm_của": 2}


def document_frequency(field, term):
    return {Field.SYLLABLES: SYLLABLES, Field.FOLDED_SYLLABLES: FOLDED, Field.BIGRAMS: BIGRAMS}.get(field, {}).get(
        term, 0
    )


def test_marks_are_put_back_as_neighbours_stand_together():
    assert restore(["dat", "hiem", "cua", "nga"], document_frequency) == ["đất", "hiếm", "của", "nga"]


def test_a_syllable_that_nothing_speaks_for_is_left():
    assert restore(["dat", "nga"], document_frequency) == ["dat", "nga"]
    assert restore(["hiem"], document_frequency) == ["hiem"]


def test_the_usual_spelling_needs_no_neighbour():
    assert restore(["cua"], document_frequency) == ["của"]


def test_marks_that_were_typed_are_kept():
    assert restore(["đạt", "hiem"], document_frequency)[0] == "đạt"


def test_other_words_are_left():
    assert restore(["moscow", "2025"], document_frequency) == ["moscow", "2025"]
    assert restore([], document_frequency) == []
