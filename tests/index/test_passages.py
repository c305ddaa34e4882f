from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.documents import Document, Heading, Source
from index.passages import LONGEST_SENTENCE, PASSAGE_WORDS, cut
from index.vietnamese import sentence_spans

SENTENCE = "Chợ nổi họp từ tờ mờ sáng, khi sương còn phủ kín mặt sông."  # 13 words


def a_document(*parts: str) -> Document:
    """Of paragraphs and headings, which open with ``#`` for each level."""
    headings, lines = [], []
    start = 0
    for part in parts:
        line = part.lstrip("#")
        if level := len(part) - len(line):
            headings.append(Heading(start, start + len(line), level))
        lines.append(line)
        start += len(line) + 1
    return Document("chợ.txt", "Chợ nổi", "\n".join(lines), headings=tuple(headings))


def words(text: str) -> int:
    return len(text.split())


def sentences(document: Document) -> list[str]:
    return [passage.text[slice(*span)] for passage in cut(document) for span in passage.sentences]


def test_a_short_document_is_one_passage():
    (passage,) = cut(Document("chợ.txt", "Chợ nổi", f"{SENTENCE} {SENTENCE}", url="https://example.org/a"))
    assert passage.source == Source("chợ.txt", "Chợ nổi", "https://example.org/a")
    assert (passage.id, passage.start, passage.text, passage.heading) == (
        "chợ.txt#0",
        0,
        f"{SENTENCE} {SENTENCE}",
        None,
    )
    assert [passage.text[slice(*span)] for span in passage.sentences] == [SENTENCE, SENTENCE]


def test_offsets_name_the_passage_in_the_document():
    document = a_document("#Buổi sáng", SENTENCE * 3, "##Giờ họp", *[f"{SENTENCE} Ai cũng vội."] * 40)
    passages = cut(document)
    assert len(passages) > 4
    for number, passage in enumerate(passages):
        assert passage.number == number
        assert document.text[passage.start : passage.end] == passage.text


@pytest.mark.parametrize("count", [12, 25, 80, 400])
@pytest.mark.parametrize("gap", [" ", "\n"])
def test_passages_have_about_a_hundred_words_and_about_equally_many(count, gap):
    lengths = [words(passage.text) for passage in cut(a_document(gap.join([SENTENCE] * count)))]
    assert all(abs(length - PASSAGE_WORDS) <= 0.4 * PASSAGE_WORDS for length in lengths)
    assert max(lengths) - min(lengths) <= words(SENTENCE)


def test_sentences_stay_whole():
    text = f"{SENTENCE} " * 40
    for passage in cut(a_document(text)):
        assert passage.text.startswith("Chợ nổi")
        assert passage.text.endswith("mặt sông.")


def test_each_passage_keeps_its_heading_and_crosses_none():
    document = a_document(SENTENCE, "#Buổi sáng", *[SENTENCE] * 20, "#Buổi chiều", "Chợ tan.")
    passages = cut(document)
    assert [passage.heading for passage in passages] == [None, "Buổi sáng", "Buổi sáng", "Buổi sáng", "Buổi chiều"]
    assert all("Buổi" not in passage.text for passage in passages)
    assert passages[-1].text == "Chợ tan."


def test_a_heading_right_below_another_takes_it_along():
    document = a_document("#Chương I", "##Điều 1", SENTENCE, "##Điều 2", SENTENCE)
    assert [passage.heading for passage in cut(document)] == ["Chương I – Điều 1", "Điều 2"]


def test_a_long_sentence_is_cut_at_the_marks_of_its_clauses():
    text = ", ".join(["ghe thuyền chở đầy trái cây"] * 100) + "."
    pieces = sentences(a_document(text))
    assert all(piece.endswith(("cây,", "cây.")) for piece in pieces)
    assert all(PASSAGE_WORDS / 2 <= words(piece) <= LONGEST_SENTENCE for piece in pieces)
    assert " ".join(pieces) == text


def test_a_text_without_marks_is_cut_between_words():
    text = " ".join(["chợ nổi"] * 5000)
    pieces = sentences(a_document(text))
    assert " ".join(pieces) == text
    assert all(words(piece) <= LONGEST_SENTENCE for piece in pieces)


def test_a_text_without_spaces_is_cut_all_the_same():
    text = "chợ" * 10_000
    pieces = sentences(a_document(text))
    assert "".join(pieces) == text
    assert all(len(piece) <= 2000 for piece in pieces)


def test_a_sentence_a_little_long_stays_whole():
    text = " ".join(["chợ nổi"] * (LONGEST_SENTENCE // 2)) + "."
    assert sentences(a_document(text)) == [text]


def test_headings_with_nothing_below_them_make_no_passage():
    assert cut(Document("a.txt", "Chợ nổi", "Buổi sáng", headings=(Heading(0, 9, 1),))) == []


PARAGRAPHS = st.lists(
    st.one_of(
        st.sampled_from(["#Buổi sáng", "##Giờ họp", "###Giá", SENTENCE, "Chợ tan.", "1. Cam; quýt: bưởi", "a" * 1500]),
        st.integers(min_value=1, max_value=400).map(lambda count: " ".join(["chợ, nổi"] * count)),
        st.integers(min_value=1, max_value=20).map(lambda count: f"{SENTENCE} " * count),
    ),
    min_size=1,
    max_size=15,
)


@settings(deadline=None)
@given(PARAGRAPHS)
def test_every_sentence_stands_in_exactly_one_passage(paragraphs):
    document = a_document(*paragraphs)
    passages = cut(document)
    covered = [(passage.start + start, passage.start + end) for passage in passages for start, end in passage.sentences]
    assert all(one[1] <= other[0] for one, other in pairwise(covered))
    outside = [*covered, *((heading.start, heading.end) for heading in document.headings)]
    left = list(document.text)
    for start, end in outside:
        left[start:end] = " " * (end - start)
    assert "".join(left).strip() == ""


@settings(deadline=None)
@given(PARAGRAPHS)
def test_sentences_that_are_not_too_long_are_those_of_the_text(paragraphs):
    document = a_document(*paragraphs)
    whole = {document.text[slice(*span)] for span in sentence_spans(document.text)}
    for sentence in sentences(document):
        assert sentence in whole or any(
            sentence in one for one in whole if words(one) > LONGEST_SENTENCE or len(one) > 2000
        )


@settings(deadline=None)
@given(PARAGRAPHS)
def test_passages_neither_grow_without_end_nor_begin_or_end_in_white_space(paragraphs):
    for passage in cut(a_document(*paragraphs)):
        assert passage.text == passage.text.strip() != ""
        assert words(passage.text) <= PASSAGE_WORDS + LONGEST_SENTENCE
        assert passage.sentences[0][0] == 0
        assert passage.sentences[-1][1] == len(passage.text)
