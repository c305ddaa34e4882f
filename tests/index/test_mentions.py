import pytest

from index.matching import read
from index.mentions import names_in
from index.names import common_names
from index.terms import Field


def written(text, **options):
    return [name.written for name in names_in(text, common_names(), **options)]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("trữ lượng đất hiếm của Trung Quốc là bao nhiêu", ["Trung Quốc"]),
        ("tru luong dat hiem cua trung quoc", ["Trung Quốc"]),
        ("Cảng Cồn Phụng mở cửa khi nào?", ["Cồn Phụng"]),
        ("biden nói gì về đất hiếm", ["biden"]),
        ("Ai là tổng thống Pháp?", ["Pháp"]),
        ("ông Donald Trump nói gì", ["Donald Trump"]),
        ("ông Trần Văn Mạch, bà Lê Thị Sâm gặp ai", ["Trần Văn Mạch", "Lê Thị Sâm"]),
        ("giá gạo ở úc và pháp", ["Úc", "Pháp"]),
        ("gia gao o uc va phap", []),
        ("My dong gop bao nhieu", []),
        ("giá vàng hôm nay", []),
        ("Giá Vàng Hôm Nay Bao Nhiêu", []),
        ("thuốc sahcj ra sao", []),
        ("năm 2025 có gì mới", []),
        ("thư viện có biện pháp nào khi trả muộn", []),
        ("đạo đức nghề nghiệp là gì", []),
        ("Chủ Nhật có mở cửa không", []),
        ("học mỹ thuật ở đâu", []),
        ("nhật có đất hiếm không", ["Nhật"]),
        ("tổng thống đức là ai", ["Đức"]),
        ("xe Đức giá bao nhiêu", ["Đức"]),
        ("đất hiếm Úc có bao nhiêu", ["Úc"]),
    ],
)
def test_names_are_found_as_they_are_typed(text, names):
    assert written(text) == names


def test_what_comes_before_the_start_is_left_out():
    text = "Theo Báo Cồn Phụng, giá gạo ở Úc là bao nhiêu"
    assert written(text, start=text.index(",")) == ["Úc"]


def known(*terms):
    return lambda field, term: int((field, term) in terms)


@pytest.mark.parametrize(
    ("text", "terms", "is_mentioned"),
    [
        ("giá gạo ở Việt Nam", [], False),
        ("giá gạo ở Việt Nam", [(Field.FOLDED_BIGRAMS, "viet_nam")], True),
        ("giá gạo ở Việt Nam", [(Field.FOLDED_SYLLABLES, "viet"), (Field.FOLDED_SYLLABLES, "nam")], False),
        ("giá gạo ở Úc", [(Field.FOLDED_SYLLABLES, "uc")], False),
        ("giá gạo ở Úc", [(Field.FOLDED_SYLLABLES, "australia")], True),
        ("hãy hỏi xem Donald Trump nghĩ gì", [(Field.FOLDED_SYLLABLES, "trump")], True),
        ("ông Lê Văn Sâm là ai", [(Field.FOLDED_BIGRAMS, "van_sam")], True),
    ],
)
def test_a_name_is_mentioned_in_any_form_or_telling_part(text, terms, is_mentioned):
    (name,) = names_in(text, common_names())
    assert name.is_mentioned(known(*terms)) is is_mentioned


@pytest.mark.parametrize(
    ("text", "stands"),
    [
        ("Việt Nam xuất khẩu gạo.", True),
        ("Vietnam xuất khẩu gạo.", True),
        ("Người Việt ở miền Nam ăn gạo.", False),
    ],
)
def test_a_text_is_told_to_hold_a_name(text, stands):
    (name,) = names_in("giá gạo ở Việt Nam", common_names())
    assert name.stands_in(read(text)) is stands
