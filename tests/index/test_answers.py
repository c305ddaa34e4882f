import pytest

from index.answers import LONGEST_SHOWN, find_answers, read_passages
from index.counting import Part, Tally
from index.documents import Grade, Hit, Passage, Source
from index.questions import parse, question_terms
from index.scoring import LevelStatistics, Unit, field_scores, summed
from index.terms import EXACT_FIELDS, terms_of
from index.vietnamese import fold, sentence_spans, syllables


def passage(text, *, key="a.txt", title="Bản tin", number=0, heading=None):
    return Passage(
        source=Source(key, title),
        number=number,
        start=0,
        text=text,
        sentences=tuple(sentence_spans(text)),
        heading=heading,
    )


def found(question, *passages, limit=4, first=0, count=4):
    """The findings over some passages of a large collection; every term they hold is rare, every other unknown."""
    exact = {syllable for one in passages for syllable in syllables(f"{one.source.title} {one.text}")}
    folded = set(map(fold, exact))

    def document_frequency(field, term):
        known = folded if field.is_folded else exact
        return int(all(syllable in known for syllable in term.split("_")))

    understood = parse(question, document_frequency)
    terms = question_terms(understood, document_frequency)
    statistics = LevelStatistics(1500, dict.fromkeys(EXACT_FIELDS, 100.0), document_frequency)
    texts = [(one.source.title, one.heading or "", one.text) for one in passages]
    units = [Unit((Part(terms_of(*listed), *listed),)) for listed in texts]
    scores = summed(field_scores(Tally(terms), units, statistics), len(units)).tolist()
    hits = [Hit(one, score=2 * score, document_score=score) for one, score in zip(passages, scores, strict=True)]
    hits.sort(key=lambda hit: -hit.score)
    reading = read_passages(understood, terms, hits, statistics.informed_idf)
    return find_answers(reading, limit=limit, first=first, count=count)


HARBOUR = passage(
    "Cảng Hòn Gai mở cửa năm 1963. Mỗi năm cảng đón khoảng 120 tàu chở than. Giám đốc cảng là bà Đỗ Thị Lụa. "
    "Cảng nằm ở thành phố Hạ Long, tỉnh Quảng Ninh.",
    title="Cảng Hòn Gai",
)


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("cảng đón bao nhiêu tàu mỗi năm", "120"),
        ("cang don bao nhieu tau moi nam", "120"),
        ("cảng mở cửa khi nào", "1963"),
        ("ai là giám đốc cảng", "Đỗ Thị Lụa"),
        ("cang nam o dau", "Hạ Long"),
    ],
)
def test_the_sentence_that_answers_is_quoted_and_its_words_marked(question, answer):
    first = found(question, HARBOUR).answers[0]

    assert answer in first.marked
    assert len(first.marked) < len(first.text) or first.marked == first.text
    assert first.text in HARBOUR.text


def test_offsets_lead_to_the_quotation():
    for answer in found("cảng mở cửa năm nào", HARBOUR).answers:
        assert HARBOUR.text[answer.start : answer.start + len(answer.text)] == answer.text
        assert 0 <= answer.span[0] < answer.span[1] <= len(answer.text)


def test_confidence_is_a_share():
    assert all(0 < answer.confidence < 1 for answer in found("cảng ở đâu", HARBOUR).answers)


def test_a_question_that_the_passages_hardly_speak_of_is_refused_with_what_is_near():
    findings = found("giá vàng miếng hôm nay ở cảng", HARBOUR)

    assert not findings.answered
    assert findings.suggestions == ("Cảng Hòn Gai",)


def test_nothing_found_is_refused():
    findings = found("giá vàng")

    assert findings.answers == findings.suggestions == ()


def test_what_the_title_says_counts_for_the_sentence():
    answer = found("giám đốc cảng Hòn Gai là ai", HARBOUR).answers[0]

    assert "Đỗ Thị Lụa" in answer.text


OTHER = passage("Cảng Cái Lân đón 300 tàu mỗi năm.", key="b.txt", title="Cảng Cái Lân")


def test_other_documents_come_before_what_was_said_already():
    again = passage(HARBOUR.text, key="c.txt", title=HARBOUR.source.title)

    answers = found("cảng đón bao nhiêu tàu mỗi năm", HARBOUR, again, OTHER).answers

    assert [answer.source.key for answer in answers] == ["a.txt", "b.txt", "c.txt"]


def test_other_documents_come_before_the_same_document_again():
    later = passage("Mỗi năm cảng đón thêm 5 tàu khách.", number=1, title=HARBOUR.source.title)

    answers = found("cảng đón bao nhiêu tàu mỗi năm", HARBOUR, later, OTHER).answers

    assert [answer.passage.id for answer in answers] == ["a.txt#0", "b.txt#0", "a.txt#1"]


def test_no_more_answers_than_asked_for():
    findings = found("cảng đón bao nhiêu tàu", HARBOUR, OTHER, limit=1)

    assert len(findings.answers) == findings.total == 1


def test_a_long_sentence_is_cut_at_clauses_around_the_words_that_answer():
    clauses = [f"khoản {number} nói về việc sửa chữa kho bãi và cầu cảng" for number in range(20)]
    clauses[11] = "mức phạt là 7 triệu đồng"
    long = passage("Theo quy định, " + ", ".join(clauses) + ".")

    answer = found("mức phạt là bao nhiêu", long).answers[0]

    assert "7 triệu đồng" in answer.marked
    assert len(answer.text) <= LONGEST_SHOWN
    assert answer.text.split(", ")[0] in clauses


def test_a_sentence_that_does_not_stand_alone_is_shown_with_its_neighbour():
    two = passage("Nhà máy giấy Bãi Bằng xả thải ra sông. Vì thế nhà máy bị phạt 500 triệu đồng. Trời hôm đó mưa.")

    answer = found("nhà máy giấy Bãi Bằng bị phạt bao nhiêu", two).answers[0]

    assert answer.text == "Nhà máy giấy Bãi Bằng xả thải ra sông. Vì thế nhà máy bị phạt 500 triệu đồng."
    assert "500 triệu đồng" in answer.marked


def test_answers_can_be_had_from_a_place_on():
    other = passage("Theo sở giao thông, cảng Hòn Gai nằm ở Hạ Long.", key="b.txt", title="Cảng Hòn Gai cũ")

    both = found("cảng Hòn Gai nằm ở đâu", HARBOUR, other)
    second = found("cảng Hòn Gai nằm ở đâu", HARBOUR, other, first=1, count=1)
    none = found("cảng Hòn Gai nằm ở đâu", HARBOUR, other, first=2)

    assert second.answers == both.answers[1:]
    assert both.total == second.total == none.total == 2
    assert none.answered
    assert none.answers == ()


def test_a_subject_that_is_named_alone_is_as_sure_as_its_confidence():
    of_much, of_little = (found(subject, HARBOUR, OTHER).answers[0] for subject in ("tàu chở than", "thành phố"))

    assert of_much.grade is Grade.SURE
    assert of_little.grade is Grade.LIKELY
