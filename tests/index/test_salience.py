import pytest
from hypothesis import given
from hypothesis import strategies as st

from index import salience
from index.salience import FEATURES, Limits, Text, features, leans_on_another, likelihoods, most_telling, read_all
from index.terms import Field, idf
from index.vietnamese import clean

HARBOUR = (
    "Cảng Vũng Ráng đón chuyến tàu chở than đầu tiên trong năm vào sáng thứ hai. "
    "Con tàu dài 85 mét cập bến số ba sau hai ngày đi từ Hòn Gai. "
    "Công nhân bốc dỡ bốn nghìn tấn than trong ba ca liền. "
    "Ban giám đốc cảng dự kiến đón thêm mười hai chuyến tàu chở than trước mùa mưa. "
    "Quán cơm trước cổng bến hôm ấy bán hết hàng từ rất sớm."
)


def weight(field, term):
    return idf(100, 0)


def told(*texts, length=60, sentences=None, of_each=None, **others):
    """What the sentences chosen say; texts without more are given as they are."""
    given_texts = [text if isinstance(text, Text) else Text(text) for text in texts]
    return [one.text for one in most_telling(given_texts, weight, Limits(length, sentences, of_each), **others)]


def likely(*texts, concept, weight=weight):
    read_texts = read_all(texts)
    return likelihoods(*features(texts, read_texts, weight))[concept]


# --- What concepts count ---------------------------------------------------------------------------------------------


def test_a_concept_of_the_title_counts_more():
    plain, titled = Text(HARBOUR), Text(HARBOUR, title="Bốc dỡ than ở cảng")

    assert likely(titled, concept="bốc_dỡ") > likely(plain, concept="bốc_dỡ")
    assert likely(titled, concept="ba_ca") == likely(plain, concept="ba_ca")


def test_a_concept_of_the_authors_summary_counts_more():
    summarised = Text(HARBOUR, summary="Công nhân bốc dỡ than suốt ba ca.")

    assert likely(summarised, concept="ba_ca") > likely(Text(HARBOUR), concept="ba_ca")


def test_a_concept_that_several_texts_begin_with_counts_more():
    other = Text("Chuyến tàu chở than đầu tiên làm bến cảng đông vui trở lại.")
    unrelated = Text("Trường làng khai giảng năm học mới giữa cơn mưa rào.")

    assert likely(Text(HARBOUR), other, concept="chở_than") > likely(Text(HARBOUR), unrelated, concept="chở_than")


def test_a_concept_that_comes_again_and_early_counts_more():
    assert likely(Text(HARBOUR), concept="chở_than") > likely(Text(HARBOUR), concept="ba_ca")


def test_a_concept_that_the_collection_is_full_of_counts_otherwise():
    def common(field, term):
        return idf(100, 90 if (field, term) == (Field.BIGRAMS, "ba_ca") else 0)

    assert likely(Text(HARBOUR), concept="ba_ca", weight=common) != likely(Text(HARBOUR), concept="ba_ca")


def test_every_feature_has_a_weight():
    assert set(salience.WEIGHTS) == set(FEATURES)


# --- Choosing --------------------------------------------------------------------------------------------------------


def test_what_tells_most_is_chosen():
    chosen = told(Text(HARBOUR, title="Cảng Vũng Ráng đón tàu chở than"), length=20)

    assert chosen == ["Cảng Vũng Ráng đón chuyến tàu chở than đầu tiên trong năm vào sáng thứ hai."]


def test_sentences_come_in_the_order_of_the_texts():
    first = Text(HARBOUR)
    second = Text(
        "Mùa mưa năm nay cảng Vũng Ráng đóng cửa hai tuần để nạo vét luồng tàu. Tàu cá vẫn ra vào bình thường."
    )
    chosen = most_telling([first, second], weight, Limits(80))

    assert len(chosen) > 2
    assert {one.source for one in chosen} == {0, 1}
    assert chosen == sorted(chosen, key=lambda one: (one.source, one.span))


def test_nothing_is_told_twice():
    copy = HARBOUR.replace("thứ hai", "thứ hai vừa rồi")
    chosen = told(HARBOUR, copy, HARBOUR, length=500)

    assert len(chosen) == HARBOUR.count(".")


def test_what_was_told_before_is_not_told_again():
    first, *_ = read_all([Text(HARBOUR)])[0]
    chosen = told(HARBOUR, length=500, told=first.concepts)

    assert first.text not in chosen
    assert len(chosen) == HARBOUR.count(".") - 1


def test_what_counts_for_nothing_is_not_told():
    chosen = told(HARBOUR, length=500, worth=lambda sentence: float("than" in sentence.text))

    assert chosen
    assert all("than" in sentence for sentence in chosen)


@pytest.mark.parametrize("length", [20, 35, 50])
def test_a_summary_is_about_as_long_as_asked_for(length):
    chosen = most_telling([Text(HARBOUR)], weight, Limits(length))

    assert 0 < sum(sentence.length for sentence in chosen) <= length * 1.03


def test_a_long_sentence_gives_way_to_shorter_ones_that_fit():
    endless = " ".join(f"cảng số {number} đón tàu than và" for number in range(40))

    assert all(len(sentence.split()) < 30 for sentence in told(f"{endless}. {HARBOUR}", length=40))


def test_where_every_sentence_is_too_long_the_shortest_is_told():
    assert told(HARBOUR, length=3) == ["Công nhân bốc dỡ bốn nghìn tấn than trong ba ca liền."]


def test_no_more_sentences_are_told_than_asked_for():
    assert len(told(HARBOUR, length=500, sentences=2)) == 2
    assert len(told(HARBOUR, HARBOUR[::-1], length=500, sentences=3, of_each=1)) == 2


def test_of_text_without_full_stops_a_piece_is_told():
    text = " ".join(f"rồi con tàu số {number} chở than về bến" for number in range(500))
    (piece,) = told(text, length=60, sentences=1)

    assert piece in text
    assert len(piece.split()) < 200


def test_an_empty_text_tells_nothing():
    assert told() == []
    assert told("") == []
    assert told(" \n ", "") == []
    assert told("?", "👍 !!!") == []
    assert told("", HARBOUR, length=20) == told(HARBOUR, length=20)


def test_of_a_huge_text_only_the_beginning_is_read():
    sentences = salience._MOST_SENTENCES
    text = " ".join(f"Con tàu số {number} chở than về bến trong đêm." for number in range(sentences + 500))

    assert len(read_all([Text(text)])[0]) == sentences


# --- Which sentences may be quoted -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "begins",
    [
        "Điều này làm",
        "Ông cho biết",
        "Bà này nói",
        "Họ đã đi",
        "Tuy nhiên, tàu",
        "Trong khi đó, tàu",
        "Đây là",
        "“Đó là",
        "Theo ông, tàu",
        "Vì vậy tàu",
        "Ngoài ra, tàu",
    ],
)
def test_a_beginning_that_points_back_leans_on_the_sentence_before(begins):
    assert leans_on_another(f"{begins} chở than về bến.")


@pytest.mark.parametrize(
    "begins",
    [
        "Ông Đạt cho biết",
        "Ông Nam nói",
        "Bà Ánh đã",
        "Bà con làng chài",
        "Cô giáo Lan",
        "Chị em công nhân",
        "Điều 5 quy định",
        "Người dân đã",
        "Andong là tàu",
        "Hoàng hôn xuống, tàu",
    ],
)
def test_other_beginnings_do_not(begins):
    assert not leans_on_another(f"{begins} chở than về bến.")


MAYOR = (
    "Đường ven biển tắc suốt buổi sáng vì hội chợ hải sản khai mạc. "
    "Chủ tịch thị xã Lê Văn Cần hứa mở cây cầu mới qua sông Chanh trước Tết. "
    "Ông cho biết cây cầu mới qua sông Chanh trị giá chín mươi tỷ đồng. "
    "Hàng rong trên vỉa hè được dời vào chợ phiên từ tháng sau."
)


def test_a_sentence_that_leans_on_another_brings_it():
    chosen = told(MAYOR, length=33, worth=lambda sentence: float(sentence.text.startswith("Ông")))

    assert [sentence.split()[0] for sentence in chosen] == ["Chủ", "Ông"]


def test_a_sentence_that_leans_on_another_is_left_out_where_both_have_no_room():
    chosen = told(MAYOR, length=20, worth=lambda sentence: 9.0 if sentence.text.startswith("Ông") else 1.0)

    assert chosen
    assert not any(sentence.startswith("Ông") for sentence in chosen)
    assert len(told(MAYOR, length=200, sentences=1)) == 1


def test_a_sentence_that_leans_on_one_that_is_not_quoted_is_left_out():
    text = "Cây cầu mới nối hai bờ sông Chanh.\nĐúng vậy.\nĐiều này làm bà con vùng biển rất vui mừng."

    assert told(text, length=200) == ["Cây cầu mới nối hai bờ sông Chanh."]


def test_a_sentence_that_leans_on_what_was_left_out_is_left_out():
    before, after = "Cây cầu mới nối hai bờ sông Chanh.", "Điều này làm bà con vùng biển rất vui mừng."
    text = Text(f"{before}\n{after}", gaps={len(before) + 1})

    assert told(text, length=200) == [before]
    assert told(Text(after, gaps={0}), length=200) == []
    assert told(after, length=200) == [after]


def test_a_long_row_of_leaning_sentences_is_not_brought_along():
    row = (
        "Cây cầu mới nối hai bờ sông Chanh với nhau. Tuy nhiên, con đường dẫn lên dốc vẫn còn rất hẹp. "
        "Vì vậy người buôn cá thường đi đò ngang lúc nửa đêm. Ngoài ra, vé qua trạm thu phí khá đắt đỏ. "
        "Nhưng học sinh tiểu học được miễn toàn bộ tiền vé."
    )
    chosen = told(row, length=500)

    assert [sentence.split()[0] for sentence in chosen] == ["Cây", "Tuy", "Vì"]


def test_headings_are_not_quoted():
    heading = "Những chuyến tàu chở than cập bến cảng Vũng Ráng"
    body = f"{heading}\n{HARBOUR}"

    assert heading in told(body, length=500)
    assert heading not in told(Text(body, headings={(0, len(heading))}), length=500)


@pytest.mark.parametrize(
    "remark",
    [
        "Bài viết dưới đây kể về những chuyến tàu chở than cập cảng Vũng Ráng.",
        "Trong bài viết này, chúng ta tìm hiểu cảng Vũng Ráng đón tàu chở than.",
        "Hãy cùng tìm hiểu cảng Vũng Ráng đón chuyến tàu chở than đầu tiên.",
        "Xem thêm: cảng Vũng Ráng đón chuyến tàu chở than đầu tiên trong năm.",
        "Ảnh: chuyến tàu chở than đầu tiên cập cảng Vũng Ráng sáng thứ hai.",
        "Cảng đón tàu than.",
    ],
)
def test_remarks_on_the_text_itself_and_short_lines_are_not_quoted(remark):
    assert remark not in told(f"{HARBOUR}\n{remark}", length=500)


def test_a_text_of_short_lines_alone_is_quoted_all_the_same():
    assert told("Mai cúp nước.\nTrữ nước nhé!") == ["Mai cúp nước.", "Trữ nước nhé!"]


@given(st.lists(st.text(alphabet="aăĐ ô1.?!\n“”,-Ôngà", max_size=300), max_size=4), st.integers(1, 80))
def test_what_is_told_stands_in_the_texts_once_and_in_their_order(bodies, length):
    texts = [Text(clean(body)) for body in bodies]
    chosen = most_telling(texts, weight, Limits(length, sentences=5, of_each=3))

    assert [texts[one.source].body[slice(*one.span)] for one in chosen] == [one.text for one in chosen]
    assert len({(one.source, one.span) for one in chosen}) == len(chosen) <= 5
    assert chosen == sorted(chosen, key=lambda one: (one.source, one.span))
