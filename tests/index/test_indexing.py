from concurrent.futures import ThreadPoolExecutor

from index.documents import Document, Skipped
from index.indexing import Incoming, Intake, prepare, prepared, preparing, scan
from index.store import Known


def write(folder, **files):
    folder.mkdir(exist_ok=True)
    for name, text in files.items():
        (folder / name.replace("__", ".")).write_text(text, encoding="utf-8")
    return folder


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
    known = {"cu.txt": Known("digest", found[0].stamp), "mat.txt": Known("gone", "")}

    intake = Intake(found, known, [])
    read = [incoming.document.key for incoming in intake.read() if incoming]

    assert read == ["moi.txt"]
    assert intake.vanished == ["mat.txt"]
    assert intake.changes().added == ("moi.txt",)
    assert intake.changes().unchanged == 1


def test_a_known_file_that_became_empty_is_given_up_and_one_that_cannot_be_opened_is_kept(tmp_path):
    folder = write(tmp_path / "tai-lieu", rong__txt="", khoa__txt="x")
    found, _ = scan([folder])
    (folder / "khoa.txt").unlink()
    known = {key: Known("digest", "") for key in ("rong.txt", "khoa.txt")}

    intake = Intake(found, known, [])
    assert [incoming for incoming in intake.read() if incoming] == []

    assert intake.unusable == ["rong.txt"]
    assert {(one.key, one.reason) for one in intake.changes().skipped} == {
        ("rong.txt", "empty"),
        ("khoa.txt", "unreadable"),
    }


def test_the_digest_tells_a_change_of_text_link_or_date():
    document = Document("a.txt", "Chợ", "Chợ cá.")

    assert Incoming.of(document).digest == Incoming.of(Document("b.txt", "Chợ", "Chợ cá.")).digest
    assert Incoming.of(document).digest != Incoming.of(Document("a.txt", "Chợ", "Chợ gạo.")).digest
    assert Incoming.of(document).digest != Incoming.of(Document("a.txt", "Chợ", "Chợ cá.", url="https://x.vn")).digest


async def test_documents_are_prepared_in_order_by_several_processes():
    documents = [Document(f"{number}.txt", "Chợ", f"Chợ số {number} bán cá tươi. " * 600) for number in range(40)]
    incoming = [Incoming.of(document) for document in documents]

    with (
        ThreadPoolExecutor(1) as thread,
        preparing(sum(len(document.text) for document in documents), thread) as (executor, at_once),
    ):
        done = [one async for some in prepared(incoming[:6], executor, at_once, thread) for one in some]

    assert done == [prepare(one) for one in incoming[:6]]
