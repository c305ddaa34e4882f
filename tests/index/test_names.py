import pytest

from index.names import LONGEST, BadNames, common_names, read_names


def others(typed, names=None):
    return list((names or common_names()).others(tuple(typed.split())))


@pytest.mark.parametrize(
    ("typed", "other"),
    [
        ("mỹ", "Hoa Kỳ"),
        ("my", "Hoa Kỳ"),
        ("hoa kỳ", "Mỹ"),
        ("liên bang nga", "Nga"),
        ("moscow", "Matxcơva"),
        ("mat xco va", "Moskva"),
        ("kiev", "Kyiv"),
        ("tq", "Trung Quốc"),
        ("tp hcm", "Sài Gòn"),
        ("who", "Tổ chức Y tế Thế giới"),
    ],
)
def test_names_are_known_in_their_forms_with_or_without_marks(typed, other):
    assert other in others(typed)


def test_a_form_is_no_other_of_itself():
    assert all(other.lower() != "mỹ" for other in others("mỹ"))


def test_the_longest_form_is_found():
    typed = "tổ chức y tế thế giới nói gì".split()

    assert common_names().longest_at(typed, 0) == 6
    assert common_names().longest_at(typed, 7) == 0


def test_an_owner_adds_names(tmp_path):
    path = tmp_path / "names.txt"
    path.write_text("\ufeff# của mình\n\nViện Biển = TTNCB  # cũ\nMỹ = xứ cờ hoa\n", encoding="utf-8")
    names = read_names(path)

    assert others("ttncb", names) == ["Viện Biển"]
    assert {"xứ cờ hoa", "Hoa Kỳ"} <= set(others("mỹ", names))


@pytest.mark.parametrize(
    "line", ["Viện Rừng", "Viện Rừng =", "= Viện Rừng", "a = " + "b " * (LONGEST + 1), "… = Viện Rừng"]
)
def test_a_line_that_is_no_group_is_named(tmp_path, line):
    path = tmp_path / "names.txt"
    path.write_text(f"Viện Biển = TTNCB\n{line}\n", encoding="utf-8")

    with pytest.raises(BadNames, match="line 2") as raised:
        read_names(path)
    assert (raised.value.path, raised.value.line, raised.value.written) == (path, 2, line.strip())


@pytest.mark.parametrize("content", [None, b"\xff\xfe\xff"])
def test_a_file_that_cannot_be_read_is_named(tmp_path, content):
    path = tmp_path / "names.txt"
    if content:
        path.write_bytes(content)

    with pytest.raises(BadNames, match=r"names\.txt") as raised:
        read_names(path)
    assert raised.value.line == 0
