import json

import pytest

from index.engine import Engine
from index.terms import Field, Terms


def terms(text):
    return Terms(syllables=text, words=text)


@pytest.fixture
def engine(tmp_path):
    return Engine(tmp_path / "engine")


def add(engine, *units):
    with engine.writer() as writer:
        for unit, owner, text in units:
            writer.add(unit, owner, terms(text))
        writer.commit()


def found(engine, *syllables):
    return [unit for unit, _ in engine.postings().candidates({Field.SYLLABLES: syllables}, 10)]


def test_units_that_match_better_come_first(engine):
    add(engine, (1, 1, "nga khai thác"), (2, 1, "đất hiếm của nga"), (3, 2, "giá vàng"))

    assert found(engine, "đất", "hiếm", "nga") == [2, 1]


def test_a_question_without_marks_is_matched_in_the_folded_fields(engine):
    add(engine, (1, 1, "đất hiếm"), (2, 1, "giá vàng"))

    assert engine.postings().candidates({Field.FOLDED_BIGRAMS: ["dat_hiem"]}, 10)[0][0] == 1


def test_rare_terms_alone_propose_candidates_where_there_are_some(engine):
    add(
        engine,
        *((number, number, "giá gạo" if number % 2 else "giá vàng") for number in range(2_400)),
        (2_400, 2_400, "chợ nổi"),
    )
    postings = engine.postings()

    def proposed(*syllables, rare):
        return len(postings.candidates({Field.SYLLABLES: syllables}, 3_000, rare=rare))

    assert proposed("giá", "chợ", rare=False) == 2_401
    assert proposed("giá", "chợ", rare=True) == 1
    assert proposed("giá", rare=True) == 2_400


def test_document_frequencies_leave_out_what_was_removed(engine):
    add(engine, (1, 1, "đất hiếm"), (2, 2, "đất sét"))
    assert engine.postings().document_frequency(Field.SYLLABLES, "đất") == 2

    with engine.writer() as writer:
        writer.remove(1)
        writer.commit()

    assert engine.postings().document_frequency(Field.SYLLABLES, "đất") == 1
    assert engine.postings().document_frequency(Field.FOLDED_SYLLABLES, "hiem") == 0
    assert found(engine, "đất", "hiếm") == [2]
    assert len(engine.postings()) == 1


def test_of_many_units_the_share_that_was_removed_is_taken_to_be_that_of_all(engine):
    add(engine, *((number, number, "đất" if number % 2 else "đất hiếm") for number in range(4_000)))
    with engine.writer() as writer:
        for number in range(0, 400, 2):
            writer.remove(number)
        writer.commit()

    postings = engine.postings()
    assert postings.document_frequency(Field.SYLLABLES, "đất") == len(postings) == 3_800
    assert postings.document_frequency(Field.SYLLABLES, "hiếm") == 1_800


def test_a_change_is_not_seen_before_it_is_committed(engine):
    with engine.writer() as writer:
        writer.add(1, 1, terms("đất hiếm"))

    assert len(engine.postings()) == 0


def test_what_was_committed_is_there_when_opened_again(engine, tmp_path):
    add(engine, (7, 1, "đất hiếm"))

    assert found(Engine(tmp_path / "engine"), "hiếm") == [7]


def test_postings_stay_as_they_were_when_something_is_written(engine, tmp_path):
    other = Engine(tmp_path / "engine")
    before = other.postings()
    add(engine, (7, 1, "đất hiếm"))

    assert len(before) == 0
    assert other.postings().units() == [7]


def test_what_is_written_in_many_small_pieces_is_merged(engine, tmp_path):
    for number in range(20):
        add(engine, (number, number, "đất hiếm"))

    segments = json.loads((tmp_path / "engine" / "meta.json").read_text(encoding="utf-8"))["segments"]
    assert len(segments) < 10
    assert sorted(engine.postings().units()) == list(range(20))


def test_a_question_without_terms_has_no_candidates(engine):
    add(engine, (1, 1, "đất hiếm"))

    assert engine.postings().candidates({}, 10) == []


def test_damaged_files_are_refused_and_can_be_discarded(engine, tmp_path):
    add(engine, (1, 1, "đất hiếm"))
    (tmp_path / "engine" / "meta.json").write_text("{", encoding="utf-8")

    with pytest.raises(ValueError, match=r"."):
        Engine(tmp_path / "engine")
    Engine.discard(tmp_path / "engine")
    assert len(Engine(tmp_path / "engine").postings()) == 0


def test_a_unit_that_holds_another_form_of_a_term_is_a_candidate(engine):
    add(engine, (1, 1, "nước mỹ"), (2, 2, "hoa kỳ"), (3, 3, "hoa quả"), (4, 4, "liên bang nga"))

    def found(form):
        return {unit for unit, _ in engine.postings().candidates({Field.SYLLABLES: ["mỹ"]}, 10, {"mỹ": [form]})}

    assert found(("hoa", "kỳ")) == {1, 2}
    assert found(("liên", "bang", "nga")) == {1, 4}
    assert found(("liên", "bang", "đức")) == {1}


def test_terms_are_listed_by_how_they_begin(engine):
    add(engine, (1, 1, "zelenskyy putin"), (2, 2, "zelenskyy zebra"))

    assert engine.postings().terms_beginning(Field.FOLDED_SYLLABLES, "ze") == ["zelenskyy", "zebra"]
