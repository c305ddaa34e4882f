import pytest

from index.questions import Expects, parse, question_terms
from index.terms import Field
from index.vietnamese import fold


def understood(text, known=()):
    return parse(text, lambda field, term: int(term in known))


@pytest.mark.parametrize(
    ("text", "expects"),
    [
        ("Nga có bao nhiêu tấn đất hiếm?", Expects.QUANTITY),
        ("nga co bao nhieu tan dat hiem", Expects.QUANTITY),
        ("Nga đứng thứ mấy về trữ lượng?", Expects.RANK),
        ("dat hiem gom may nguyen to", Expects.QUANTITY),
        ("đất hiếm dùng để làm gì", Expects.PURPOSE),
        ("Ai đứng đầu quỹ?", Expects.PERSON),
        ("cuộc gặp diễn ra khi nào", Expects.TIME),
        ("cuoc gap dien ra o dau", Expects.PLACE),
        ("Kirill Dmitriev là ai?", Expects.IDENTITY),
        ("dat hiem la gi", Expects.DEFINITION),
        ("Vì sao đất hiếm quan trọng?", Expects.REASON),
        ("khai thác như thế nào", Expects.MANNER),
        ("khai thac ntn", Expects.MANNER),
        ("Cảng mở cửa năm nào?", Expects.TIME),
        ("cang mo cua nam nao", Expects.TIME),
        ("Nước nào mua nhiều than nhất?", Expects.PLACE),
        ("Vị vua nào xây thành?", Expects.PERSON),
        ("Bệnh viện nào nhận bệnh nhân?", Expects.NAME),
        ("Nguyên nhân gây sạt lở là gì?", Expects.REASON),
        ("Chợ bán những loại cá nào?", Expects.LIST),
        ("Kể tên các chợ đêm?", Expects.LIST),
        ("Chợ có mở đêm không?", Expects.YES_NO),
        ("Mỹ và Nga ký chưa", Expects.YES_NO),
        ("Nga xuất khẩu gì?", Expects.ANYTHING),
    ],
)
def test_the_question_words_tell_what_is_expected(text, expects):
    assert understood(text).expects is expects


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ("tru luong la bn", ("tru", "luong", "la")),
        ("trữ lượng là bao nhiêu ạ", ("trữ", "lượng", "là")),
        ("cho mình hỏi trữ lượng là bao nhiêu vậy bạn ơi?", ("trữ", "lượng", "là")),
        ("Trữ lượng, trữ lượng!", ("trữ", "lượng")),
    ],
)
def test_only_the_content_of_a_question_is_left(text, content):
    assert understood(text).content == content


def test_no_pair_is_made_across_words_that_were_left_out():
    terms = question_terms(understood("Nga có bao nhiêu tấn"), lambda field, term: 1)

    assert terms[Field.BIGRAMS] == ["nga_có"]


@pytest.mark.parametrize(
    ("text", "pair"),
    [
        ("đất hiếm là gì", "hiếm_là"),
        ("thế nào là đất hiếm", "hiếm_là"),
        ("đất hiếm được hiểu như thế nào", "hiếm_là"),
        ("định nghĩa của đất hiếm", "hiếm_là"),
        ("Dmitriev là ai", "dmitriev_là"),
    ],
)
def test_what_defines_a_subject_goes_on_from_its_name(text, pair):
    question = understood(text)

    assert pair in question_terms(question, lambda field, term: 1)[Field.BIGRAMS]
    assert "là" not in question.content


def test_without_marks_a_definition_goes_on_without_them():
    terms = question_terms(understood("dat hiem la gi"), lambda field, term: int(field.is_folded))

    assert "hiem_la" in terms[Field.FOLDED_BIGRAMS]


def test_names_are_told_by_capitals_that_do_not_open_the_question():
    assert understood("Cảng Hòn Gai mở cửa khi nào?").capitals == {"hòn", "gai"}
    assert understood("CẢNG HÒN GAI Ở ĐÂU").capitals == set()
    assert understood("cảng hòn gai ở đâu").capitals == set()


def test_the_law_that_is_to_tell_is_not_matched():
    question = understood("Theo Luật Chợ 2015, kho được hiểu như thế nào?")

    assert question.content == ("theo", "kho")
    assert question.source == ("luat", "cho", "2015")
    assert question.expects is Expects.DEFINITION


def test_what_is_to_be_counted_is_known():
    assert understood("Đất hiếm gồm bao nhiêu nguyên tố?").asked_unit == ("nguyên",)
    assert understood("dat hiem gom bn nguyên tố?", known={"nguyen_to"}).asked_unit == ("nguyên", "tố")
    assert understood("Đất hiếm là gì?").asked_unit == ()


def test_an_abbreviation_is_written_out_unless_the_documents_use_it():
    assert understood("sđt của cảng").content == ("số", "điện", "thoại", "của", "cảng")
    assert understood("sđt của cảng", known={"sđt", "sdt", "sdt_cua"}).content == ("sđt", "của", "cảng")


def test_artificial_intelligence_is_not_a_person():
    assert understood("AI là gì?").content == ("ai",)
    assert understood("ai là Kirill Dmitriev").expects is Expects.IDENTITY


@pytest.mark.parametrize(
    ("text", "known", "first"),
    [("sao Hỏa có nước không", "sao_hoa", "sao"), ("may bay cat canh luc nao", "may_bay", "may")],
)
def test_a_question_word_that_is_part_of_a_word_the_documents_know_is_content(text, known, first):
    assert understood(text, known={known}).content[0] == first
    assert understood(text).content[0] != first


def understood_over(text, spelled=None, pairs=("đất_hiếm", "hiếm_của", "của_nga")):
    return parse(text, frequencies(spelled or SPELLED, pairs))


def frequencies(spelled, pairs=("đất_hiếm", "hiếm_của", "của_nga")):
    """Document frequencies of a collection where these are the only syllables and pairs, ten passages each."""

    def document_frequency(field, term):
        if field is Field.BIGRAMS:
            return 10 * (term in pairs)
        if field is Field.SYLLABLES:
            return 10 * (term in spelled)
        if field is Field.FOLDED_SYLLABLES:
            return 10 * sum(term == folded for folded in spelled.values())
        return int(field is Field.FOLDED_WORDS and term == "dat_hiem")

    return document_frequency


SPELLED = {"đất": "dat", "hiếm": "hiem", "của": "cua", "nga": "nga"}


def test_a_question_with_its_marks_is_matched_exactly():
    terms = question_terms(understood("đất hiếm của Nga"), frequencies(SPELLED))

    assert terms[Field.SYLLABLES] == ["đất", "hiếm", "của", "nga"]
    assert not any(field.is_folded for field in terms)


def test_a_question_without_marks_is_matched_without_them():
    terms = question_terms(understood_over("dat hiem cua nga"), frequencies(SPELLED))

    assert terms[Field.FOLDED_SYLLABLES] == ["dat", "hiem", "cua", "nga"]
    assert terms[Field.FOLDED_WORDS] == ["dat_hiem", "cua", "nga"]
    assert Field.SYLLABLES not in terms
    assert Field.BIGRAMS not in terms


def test_in_a_mixed_question_only_marked_syllables_are_matched_exactly_alone():
    terms = question_terms(understood_over("đất hiem cua Nga"), frequencies(SPELLED))

    assert terms[Field.FOLDED_SYLLABLES] == ["hiem", "cua", "nga"]
    assert terms[Field.FOLDED_BIGRAMS] == ["dat_hiem", "hiem_cua", "cua_nga"]


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ("cho mình hỏi trữ lượng là bao nhiêu với ạ", ("trữ", "lượng", "là")),
        ("ad ơi cho em hỏi về trữ lượng", ("trữ", "lượng")),
        ("theo bài báo thì trữ lượng là bao nhiêu", ("trữ", "lượng", "là")),
        ("theo bai viet nay thi tru luong bao nhieu vay ban", ("tru", "luong")),
        ("bạn có thể cho mình biết trữ lượng không", ("trữ", "lượng", "không")),
    ],
)
def test_polite_and_empty_words_do_not_weigh(text, content):
    assert understood(text).content == content


def test_an_asking_word_without_marks_is_content_where_the_documents_mean_another_word():
    known = {"xuất": "xuat", "huyết": "huyet", "não": "nao"}

    assert understood_over("xuat huyet nao", known, pairs={"xuất_huyết", "huyết_não"}).content[-1] == "nao"
    assert understood_over("xuat huyet nao", known, pairs={"xuất_huyết"}).content == ("xuat", "huyet")


def test_a_names_other_form_is_an_alternative_and_no_term_of_its_own():
    question = understood("Hoa Kỳ ở đâu", known={"my", "mỹ", "hoa_ky"})

    assert question.content == ("hoa", "kỳ")
    assert all(("mỹ",) in question.alternatives[term] for term in ("hoa", "kỳ", "hoa_kỳ", "hoa_ky"))
    assert understood("Hoa Kỳ ở đâu").alternatives == {}


def test_a_syllable_of_another_word_is_no_name():
    assert not understood("thẩm mỹ viện", known={"hoa_ky", "tham_my"}).alternatives
    assert understood("người mỹ", known={"hoa_ky"}).alternatives


def test_a_number_in_another_spelling_is_an_alternative():
    question = understood("tháng hai", known={"thang_2"})

    assert question.alternatives["tháng_hai"] == [("tháng", "2")]


@pytest.mark.parametrize(
    ("text", "expects"),
    [
        ("trữ lượng đất hiếm của Nga", Expects.QUANTITY),
        ("tru luong dat hiem cua nga?", Expects.QUANTITY),
        ("giá vàng", Expects.QUANTITY),
        ("địa chỉ bảo tàng", Expects.PLACE),
        ("thoi han nop ho so", Expects.TIME),
        ("dân số Hà Nội tăng vì sao", Expects.REASON),
        ("gia dinh toi", Expects.ANYTHING),
        ("dân số", Expects.ANYTHING),
    ],
)
def test_the_name_of_a_measure_asks_for_it_where_nothing_else_asks(text, expects):
    assert understood(text).expects is expects


@pytest.mark.parametrize("text", ["", "?!…", "😀😀", "\x00\x01"])
def test_a_question_without_words_has_no_terms(text):
    assert question_terms(understood(text), lambda field, term: 1) == {}


@pytest.mark.parametrize(
    "text", ["Giám đốc cảng nói gì về lũ?", "giam doc cang noi gi ve lu", "giam doc cang noi gì về lũ"]
)
def test_whose_words_are_asked_for_is_told(text):
    question = understood(text)
    assert question.expects is Expects.STATEMENT
    assert tuple(map(fold, question.speaker)) == ("giam", "doc", "cang")
    assert "noi" not in map(fold, question.content)


@pytest.mark.parametrize(
    ("text", "expects"), [("nhan vien nghi the nao", Expects.MANNER), ("nhân viên nghi gì", Expects.ANYTHING)]
)
def test_to_think_typed_without_its_mark_is_to_rest_where_the_documents_speak_of_that(text, expects):
    assert understood(text).expects is Expects.STATEMENT

    question = understood(text, known={"nghỉ"})
    assert question.expects is expects
    assert question.content[-1] == "nghi"


def test_to_think_typed_with_its_mark_is_no_rest():
    assert understood("nhân viên nghĩ gì", known={"nghỉ"}).expects is Expects.STATEMENT
