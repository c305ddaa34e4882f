import datetime as dt
import io
import zipfile

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from index.readers import Reason, Unreadable, read_bytes
from index.readers import docx as reader
from tests.index.readers.words import rewritten, saved, word

MAIN = "word/document.xml"


def lines(document):
    return list(next(reader.parse(saved(document))).lines)


def texts(document):
    return [line.text for line in lines(document)]


def refusal(data):
    with pytest.raises(Unreadable) as caught:
        list(reader.parse(data))
    return caught.value


def test_paragraphs_are_read_whole_whatever_their_runs():
    document = docx.Document()
    paragraph = document.add_paragraph("Chợ họp từ ")
    paragraph.add_run("năm giờ").bold = True
    paragraph.add_run(" sáng.\nĐến trưa\tthì tan.")
    document.add_paragraph("  ")
    assert texts(document) == ["Chợ họp từ năm giờ sáng.", "Đến trưa thì tan."]


def test_headings_have_their_levels():
    document = docx.Document()
    document.add_heading("Nội quy chợ", 0)
    document.add_heading("Giờ họp", 1)
    document.add_heading("Buổi sáng", 2)
    document.add_paragraph("Chợ họp sớm.")
    assert [line.level for line in lines(document)] == [1, 1, 2, 0]


def test_a_style_of_ones_own_that_is_based_on_a_heading_is_a_heading():
    document = docx.Document()
    style = document.styles.add_style("Đề mục", 1)
    style.base_style = document.styles["Heading 2"]
    document.add_paragraph("Giờ họp", style=style)
    assert lines(document)[0].level == 2


def test_items_have_the_mark_or_number_of_their_list():
    document = docx.Document()
    for text, style in [("Cam", "List Bullet"), ("Một", "List Number"), ("Hai", "List Number")]:
        document.add_paragraph(text, style=style)
    assert texts(document) == ["• Cam", "1. Một", "2. Hai"]


def test_numbers_that_word_writes_before_articles_are_read():
    document = docx.Document()
    numbering = document.part.numbering_part.element
    numbering.insert(
        0,
        parse_xml(
            f'<w:abstractNum {nsdecls("w")} w:abstractNumId="77">'
            '<w:lvl w:ilvl="0"><w:start w:val="5"/><w:numFmt w:val="decimal"/><w:lvlText w:val="Điều %1."/></w:lvl>'
            '<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="%1.%2)"/></w:lvl>'
            '<w:lvl w:ilvl="2"><w:start w:val="4"/><w:numFmt w:val="upperRoman"/><w:lvlText w:val="%3"/></w:lvl>'
            "</w:abstractNum>"
        ),
    )
    numbering.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="78"><w:abstractNumId w:val="77"/></w:num>'))
    for text, level in [("Phạm vi", 0), ("Chợ", 1), ("Ghe", 1), ("Xuồng", 2), ("Giờ họp", 0), ("Sáng", 1)]:
        properties = document.add_paragraph(text)._p.get_or_add_pPr()
        properties.append(
            parse_xml(f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{level}"/><w:numId w:val="78"/></w:numPr>')
        )
    assert texts(document) == ["Điều 5. Phạm vi", "5.a) Chợ", "5.b) Ghe", "IV Xuồng", "Điều 6. Giờ họp", "6.a) Sáng"]


def table(document, *rows):
    made = document.add_table(len(rows), len(rows[0]))
    for number, row in enumerate(rows):
        for column, text in enumerate(row):
            made.cell(number, column).text = text
    return made


def test_rows_of_a_table_are_lines_with_the_names_of_their_columns():
    document = docx.Document()
    table(document, ("Loại", "Giá"), ("Cam", "20.000"), ("Bưởi", "30.000"))
    assert texts(document) == ["Loại: Cam; Giá: 20.000", "Loại: Bưởi; Giá: 30.000"]


def test_a_letterhead_laid_out_as_a_table_is_read_as_paragraphs():
    document = docx.Document()
    table(document, ("UBND XÃ A\nSố: 12/QĐ", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"))
    assert texts(document) == ["UBND XÃ A", "Số: 12/QĐ", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"]


def test_inserted_text_is_read_and_deleted_text_is_not():
    document = docx.Document()
    paragraph = document.add_paragraph("Chợ họp ")._p
    for change in (
        '<w:ins {0}><w:r><w:t xml:space="preserve">rất </w:t></w:r></w:ins>',
        "<w:del {0}><w:r><w:delText>khá </w:delText></w:r></w:del>",
        "<w:sdt {0}><w:sdtContent><w:r><w:t>sớm.</w:t></w:r></w:sdtContent></w:sdt>",
    ):
        paragraph.append(parse_xml(change.format(nsdecls("w"))))
    assert texts(document) == ["Chợ họp rất sớm."]


def test_the_title_and_the_day_are_those_of_the_properties():
    document = docx.Document()
    document.core_properties.title = "Nội quy chợ nổi"
    document.core_properties.modified = dt.datetime(2025, 2, 12, tzinfo=dt.UTC)
    document.add_paragraph("Chợ họp từ sáng sớm.")
    found = read_bytes(saved(document), "a.docx").document
    assert (found.title, found.date, found.text) == ("Nội quy chợ nổi", dt.date(2025, 2, 12), "Chợ họp từ sáng sớm.")


def test_an_office_that_word_took_for_a_title_is_none():
    assert (
        read_bytes(word("Chợ họp từ sáng sớm.", title="ỦY BAN NHÂN DÂN"), "a.docx").document.title
        == "Chợ họp từ sáng sớm"
    )


def test_other_archives_are_named():
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("xl/workbook.xml", "<a/>")
    error = refusal(file.getvalue())
    assert (error.reason, error.detail) == (Reason.BINARY, "an Excel workbook (.xlsx)")
    assert refusal(b"\xd0\xcf\x11\xe0" + bytes(600)).reason == Reason.BINARY


def test_a_password_is_named():
    assert refusal(b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le")).reason == Reason.ENCRYPTED


def test_a_file_that_unpacks_to_too_much_is_refused_before_it_is_unpacked():
    data = rewritten(
        word("Chợ."), MAIN, lambda content: content.replace(b"</w:body>", b" " * 210_000_000 + b"</w:body>")
    )
    assert len(data) < 500_000
    error = refusal(data)
    assert error.reason == Reason.TOO_LARGE
    assert "unpacked" in error.detail


def test_an_archive_of_too_many_files_is_refused():
    file = io.BytesIO(word("Chợ."))
    with zipfile.ZipFile(file, "a") as archive:
        for number in range(6_000):
            archive.writestr(f"word/media/{number}", "")
    assert refusal(file.getvalue()).reason == Reason.TOO_LARGE


@pytest.mark.parametrize("content", [b"", b"<w:document", b"<a>" * 100_000, b"\0" * 50])
def test_a_damaged_document_is_broken(content):
    assert refusal(rewritten(word("Chợ."), MAIN, lambda _: content)).reason == Reason.BROKEN


def test_a_cut_archive_is_broken():
    assert refusal(word("Chợ.")[:3000]).reason == Reason.BROKEN


def test_entities_that_multiply_are_not_expanded():
    entities = "".join(f'<!ENTITY a{n + 1} "{f"&a{n};" * 10}">' for n in range(9))
    head = f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a0 "ha ha ha ">{entities}]>'.encode()

    def with_bomb(content):
        content = content.partition(b"?>")[2]
        return head + content.replace("Chợ.".encode(), b"&a9;")

    data = rewritten(word("Chợ."), MAIN, with_bomb)
    with pytest.raises(Unreadable) as caught:
        read_bytes(data, "a.docx")
    assert caught.value.reason in {Reason.BROKEN, Reason.EMPTY, Reason.COSTLY}
