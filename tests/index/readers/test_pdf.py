import datetime as dt
import zlib
from contextlib import suppress

import pytest

from index.readers import Reason, Unreadable, read_bytes
from index.readers import pdf as reader
from tests.index.readers.pdfs import Placed, page, pdf, stream, written

WIDE = "Chợ nổi Cái Răng họp từ tờ mờ sáng mỗi ngày trên sông rộng"
ALSO_WIDE = "và ghe thuyền chở đầy trái cây từ các miệt vườn ra bán sỉ,"


def texts(data):
    return [line.text for line in next(reader.parse(data)).lines]


def refusal(data):
    with pytest.raises(Unreadable) as caught:
        list(reader.parse(data))
    return caught.value


def test_lines_are_joined_into_the_paragraph_that_they_were_broken_from():
    assert texts(pdf(page(WIDE, ALSO_WIDE, "rồi về nhà."))) == [f"{WIDE} {ALSO_WIDE} rồi về nhà."]


def test_a_short_line_a_gap_an_indent_and_a_mark_of_a_list_end_a_paragraph():
    full = f"{WIDE}."
    assert texts(pdf(page(full, "Hết.", full, full))) == [f"{full} Hết.", f"{full} {full}"]
    assert texts(pdf(page(full, "", full))) == [full, full]
    assert texts(pdf([*page(full), *page(full, top=746, x=90)])) == [full, full]
    assert texts(pdf(page(full, "- Cam", "- Bưởi", "1. Quýt"))) == [full, "- Cam", "- Bưởi", "1. Quýt"]


def test_a_word_broken_by_a_hyphen_is_whole_again_and_the_authors_hyphen_stays():
    assert texts(pdf(page("Ghe chở trái cây về tới chợ, nơi có infor-", "mation cho khách."))) == [
        "Ghe chở trái cây về tới chợ, nơi có information cho khách."
    ]
    assert texts(pdf(page("Hai bên ký một hiệp định thương mại Việt-", "Nhật vào hôm qua."))) == [
        "Hai bên ký một hiệp định thương mại Việt-Nhật vào hôm qua."
    ]


def test_a_sentence_goes_on_over_the_end_of_a_page():
    assert texts(pdf(page("Chợ họp sớm. Khách đến"), page("từ khắp nơi.", "", "Chợ tan."))) == [
        "Chợ họp sớm. Khách đến từ khắp nơi.",
        "Chợ tan.",
    ]
    assert texts(pdf(page("Chợ họp sớm."), page("Chợ tan."))) == ["Chợ họp sớm.", "Chợ tan."]


def test_columns_are_read_one_after_the_other():
    left, right = page("Cột trái mở đầu bằng", "câu này."), page("Cột phải mở đầu bằng", "câu kia.", x=320)
    assert texts(pdf([*left, *right])) == ["Cột trái mở đầu bằng câu này.", "Cột phải mở đầu bằng câu kia."]


def test_running_heads_and_page_numbers_are_left_out():
    def framed(number, text):
        return [Placed("Báo Sông Nước số 7", 72, 815, 9), *page(text), Placed(f"Trang {number}/4", 280, 30, 9)]

    pages = [framed(number, f"Phiên chợ {name}.") for number, name in enumerate(["một", "hai", "ba", "tư"], start=1)]
    assert texts(pdf(*pages)) == ["Phiên chợ một.", "Phiên chợ hai.", "Phiên chợ ba.", "Phiên chợ tư."]


def test_page_numbers_that_begin_late_are_left_out():
    numbers = ["", "", "1", "2", "3"]
    pages = [
        [*page(f"Phiên chợ {name}."), Placed(number, 280, 30)] for name, number in zip("abcde", numbers, strict=True)
    ]
    assert texts(pdf(*pages)) == [f"Phiên chợ {name}." for name in "abcde"]


def test_a_table_of_contents_is_left_out():
    contents = page("Chương 1 Giờ họp . . . . . . . . . 12", "Chương 2 Nội quy ............ iv", "", "Chợ họp sớm.")
    assert texts(pdf(contents)) == ["Chợ họp sớm."]


def test_a_number_that_is_not_the_pages_own_stays():
    assert "1945" in texts(pdf(page("Năm ấy."), [*page("Rồi."), Placed("1945", 72, 40)]))


def test_larger_letters_make_headings():
    title = [Placed("Chợ nổi miền Tây", 72, 800, 20)]
    lines = next(reader.parse(pdf([*title, *page("Giờ họp", size=14), *page(WIDE, ALSO_WIDE, "sáng.", top=735)]))).lines
    assert [(line.text, line.level) for line in lines[:2]] == [("Chợ nổi miền Tây", 1), ("Giờ họp", 2)]
    assert lines[2].level == 0


def test_the_title_and_the_day_are_those_of_the_file_where_they_are_real():
    data = pdf(page("Chợ họp sớm."), title="Chợ nổi Cái Răng", created="20250212080000+07'00'")
    document = read_bytes(data, "a.pdf").document
    assert (document.title, document.date) == ("Chợ nổi Cái Răng", dt.date(2025, 2, 12))


@pytest.mark.parametrize(
    "title", ["Microsoft Word - cho noi.doc", "cho-noi.indd", "untitled", "Document1", "CHÍNH PHỦ"]
)
def test_a_title_that_a_program_made_up_is_none(title):
    data = pdf(page("Chợ họp từ sáng sớm."), title=title, created="19000101000000")
    document = read_bytes(data, "a.pdf").document
    assert (document.title, document.date) == ("Chợ họp từ sáng sớm", None)


def test_a_day_in_the_text_goes_before_the_day_of_the_file():
    data = pdf(page("Cần Thơ, ngày 12 tháng 2 năm 2024", "", "Chợ họp sớm."), created="20250212080000")
    assert read_bytes(data, "a.pdf").document.date == dt.date(2024, 2, 12)


def test_letters_beyond_the_basic_plane_do_not_shift_what_follows():
    assert texts(pdf(page("Chợ 😀 nổi 😀 họp.", "", "Hai."))) == ["Chợ 😀 nổi 😀 họp.", "Hai."]


def test_pictures_of_pages_are_named_as_a_scan():
    error = refusal(pdf(None, None, None))
    assert (error.reason, error.detail) == (Reason.SCANNED, "3 pages")
    assert refusal(pdf(None, None, page("Scanned by X"))).reason == Reason.SCANNED


def test_a_picture_beside_text_is_no_scan():
    assert texts(pdf(None, page(WIDE, ALSO_WIDE))) == [f"{WIDE} {ALSO_WIDE}"]


def test_pages_without_anything_are_empty():
    with pytest.raises(Unreadable) as caught:
        read_bytes(pdf([], []), "a.pdf")
    assert caught.value.reason == Reason.EMPTY


def test_a_password_is_named():
    assert refusal(pdf(page("Chợ họp sớm."), password="x")).reason == Reason.ENCRYPTED  # noqa: S106
    assert texts(pdf(page("Chợ."), compressed=True)) == ["Chợ."]


@pytest.mark.parametrize("data", [b"%PDF-1.7\n", b"%PDF-1.4" + b"\0" * 1000, pdf(page("Chợ."))[:300]])
def test_a_damaged_file_is_broken(data):
    assert refusal(data).reason == Reason.BROKEN


def test_too_many_pages_are_refused():
    kids = b" ".join([b"3 0 R"] * 10_000)
    data = written(
        [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Count 10000 /Kids [" + kids + b"] >>",
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>",
        ]
    )
    error = refusal(data)
    assert (error.reason, error.detail) == (Reason.TOO_LARGE, "10,000 pages, 2,000 at most")


def test_a_page_that_unpacks_to_far_more_than_the_file_costs_its_own_file_alone():
    bomb = zlib.compress(zlib.compress(b"BT /F 11 Tf (x) Tj ET " * 400_000))
    data = written(
        [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Count 1 /Kids [3 0 R] >>",
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R >>",
            stream(bomb, b"/Filter [/FlateDecode /FlateDecode]"),
        ]
    )
    assert len(data) < 100_000
    with suppress(Unreadable):
        assert len(read_bytes(data, "a.pdf").document.text) < 1000
    assert read_bytes(pdf(page("Chợ họp sớm.")), "b.pdf").document.text == "Chợ họp sớm."
