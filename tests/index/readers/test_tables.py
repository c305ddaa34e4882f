from index.readers.tables import rows_as_lines

NAMES, CAM, BUOI = ["Loại", "Giá"], ["Cam", "20"], ["Bưởi", "30"]


def test_the_first_row_names_the_columns_where_it_looks_like_it():
    assert list(rows_as_lines([NAMES, CAM, BUOI])) == ["Loại: Cam; Giá: 20", "Loại: Bưởi; Giá: 30"]


def test_a_first_row_of_figures_of_gaps_or_of_another_width_names_nothing():
    for first in (
        ["Tên", "20"],
        ["Tên", ""],
        ["Tên"],
        ["Tên", "Tên"],
        ["Tên", "một câu dài hơn hẳn tên của một cột bảng"],
    ):
        assert next(rows_as_lines([first, CAM, BUOI])) == "; ".join(filter(None, first))


def test_the_format_may_say_whether_the_first_row_names_the_columns():
    assert list(rows_as_lines([NAMES, CAM], has_names=True)) == ["Loại: Cam; Giá: 20"]
    assert list(rows_as_lines([NAMES, CAM, BUOI], has_names=False)) == ["Loại; Giá", "Cam; 20", "Bưởi; 30"]
    assert list(rows_as_lines([NAMES], has_names=True)) == ["Loại; Giá"]


def test_a_table_of_nothing_is_no_line():
    assert list(rows_as_lines([])) == list(rows_as_lines([["", ""], []])) == []
