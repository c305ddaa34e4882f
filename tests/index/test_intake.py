from index.documents import Document, Skipped
from index.intake import Incoming, Intake, scan
from index.store import Known, KnownDocument, Origin


def write(folder, **files):
    folder.mkdir(exist_ok=True)
    for name, text in files.items():
        (folder / name.replace("__", ".")).write_text(text, encoding="utf-8")
    return folder


def known(**origins):
    """What would be known of files with these stamps, each of which holds one document."""
    keys = {name.replace("__", "."): stamp for name, stamp in origins.items()}
    return Known(
        documents={key: KnownDocument(f"digest of {key}", key) for key in keys},
        origins={key: Origin(key, stamp) for key, stamp in keys.items()},
    )


def read_all(intake):
    return [incoming for incoming in intake.read() if isinstance(incoming, Incoming)]


def test_files_are_found_in_order_with_their_paths_below_the_folder(tmp_path):
    folder = write(tmp_path / "tai-lieu", b__txt="b", a__md="a", c__TXT="c")
    write(folder / "con", d__txt="d")

    found, skipped = scan([folder])

    assert [one.key for one in found] == ["a.md", "b.txt", "c.TXT", "con/d.txt"]
    assert skipped == []


def test_hidden_files_and_folders_are_passed_over_and_other_formats_told(tmp_path):
    folder = write(tmp_path / "tai-lieu", a__txt="a", bang__xlsx="x")
    (folder / ".an.txt").write_text("an", encoding="utf-8")
    write(folder / ".git", b__txt="b")

    found, skipped = scan([folder])

    assert [one.key for one in found] == ["a.txt"]
    assert skipped == [Skipped("bang.xlsx", "format", ".xlsx")]


def test_only_new_and_changed_files_are_read(tmp_path):
    folder = write(tmp_path / "tai-lieu", cu__txt="Chợ cũ họp ở bến Do.", moi__txt="Chợ mới họp ở phố.")
    found, _ = scan([folder])

    intake = Intake(found, known(cu__txt=found[0].stamp, mat__txt="gone"), [])
    read = read_all(intake)

    assert [incoming.document.key for incoming in read] == ["moi.txt"]
    assert read[0].completes == Origin("moi.txt", found[1].stamp)
    assert intake.vanished == ["mat.txt"]
    assert intake.vanished_documents == ["mat.txt"]
    assert intake.changes().added == ("moi.txt",)
    assert intake.changes().unchanged == 1


def test_documents_that_did_not_come_from_files_are_left_alone(tmp_path):
    found, _ = scan([write(tmp_path / "tai-lieu", cu__txt="Chợ cũ họp ở bến Do.")])

    intake = Intake(found, Known(documents={"https://x.vn/bai": KnownDocument("digest", "")}), [])
    read_all(intake)

    assert intake.vanished_documents == []
    assert intake.given_up == []
    assert intake.changes().unchanged == 0


def test_a_known_file_that_became_empty_is_given_up_and_one_that_cannot_be_opened_is_kept(tmp_path):
    folder = write(tmp_path / "tai-lieu", rong__txt="", khoa__txt="x")
    found, _ = scan([folder])
    (folder / "khoa.txt").unlink()

    intake = Intake(found, known(rong__txt="", khoa__txt=""), [])
    assert read_all(intake) == []

    assert intake.given_up == ["rong.txt"]
    assert {(one.key, one.reason) for one in intake.changes().skipped} == {
        ("rong.txt", "empty"),
        ("khoa.txt", "unreadable"),
    }


def test_a_file_that_could_not_be_opened_is_tried_again(tmp_path):
    found, _ = scan([write(tmp_path / "tai-lieu", khoa__txt="Chợ cá họp ở bến Do.")])
    noted = Origin("khoa.txt", found[0].stamp, (Skipped("khoa.txt", "unreadable", "Permission denied"),))

    again = Intake(found, Known(origins={"khoa.txt": noted}), [])

    assert [one.document.key for one in read_all(again)] == ["khoa.txt"]
    assert again.changes().skipped == ()


def test_a_file_that_held_nothing_is_not_read_again_until_it_changes_but_still_told(tmp_path):
    folder = write(tmp_path / "tai-lieu", rong__txt="")
    found, _ = scan([folder])
    first = Intake(found, Known(), [])
    read_all(first)

    again = Intake(found, Known(origins={one.key: one for one in first.unchanged_files}), [])

    assert again.to_read == []
    assert again.changes().skipped == (Skipped("rong.txt", "empty", ""),)


def test_a_document_removed_by_hand_stays_out_while_its_content_is_the_same(tmp_path):
    folder = write(tmp_path / "tai-lieu", cho__txt="Chợ cá họp ở bến Do.")
    found, _ = scan([folder])
    (incoming,) = read_all(Intake(found, Known(), []))

    same = Intake(found, Known(removed={"cho.txt": incoming.digest}), [])
    other = Intake(found, Known(removed={"cho.txt": "of what it was before"}), [])

    assert read_all(same) == []
    assert same.changes().skipped == (Skipped("cho.txt", "removed"),)
    assert [one.document.key for one in read_all(other)] == ["cho.txt"]


def test_the_digest_tells_a_change_of_text_link_or_date():
    document = Document("a.txt", "Chợ", "Chợ cá.")

    assert Incoming.of(document).digest == Incoming.of(Document("b.txt", "Chợ", "Chợ cá.")).digest
    assert Incoming.of(document).digest != Incoming.of(Document("a.txt", "Chợ", "Chợ gạo.")).digest
    assert Incoming.of(document).digest != Incoming.of(Document("a.txt", "Chợ", "Chợ cá.", url="https://x.vn")).digest
