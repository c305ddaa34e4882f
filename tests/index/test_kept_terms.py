import pytest

from index import preparing
from index.collection import Collection
from index.documents import Document, Passage, Source
from index.kept_terms import content_of

RICE = "Giá gạo xuất khẩu của các tỉnh đồng bằng tăng 5% trong tháng qua. "
FISH = "Chợ cá họp lúc nửa đêm ở bến Do, cạnh nhà máy nước đá. "
LONG = "".join(f"{RICE}Đó là tin thứ {number}. {FISH}" for number in range(40))


@pytest.fixture
def segmented(monkeypatch):
    """The passages that were segmented."""
    seen = []
    terms_of = preparing.terms_of

    def noted(*segments):
        seen.append(segments[-1])
        return terms_of(*segments)

    monkeypatch.setattr(preparing, "terms_of", noted)
    return seen


@pytest.fixture
def folder(tmp_path):
    made = tmp_path / "documents"
    made.mkdir()
    (made / "tin.txt").write_text(f"Tin gạo\n\n{LONG}", encoding="utf-8")
    return made


async def passages(segmented, collection, folder):
    """What is segmented to hold what is in the folder, titles left out."""
    segmented.clear()
    await collection.update(folder)
    return [text for text in segmented if text != "Tin gạo"]


async def test_a_file_that_was_renamed_is_not_segmented_again(collection, folder, segmented):
    assert len(await passages(segmented, collection, folder)) > 8
    before = await collection.search("giá gạo")

    (folder / "tin.txt").rename(folder / "ten-moi.txt")

    assert await passages(segmented, collection, folder) == []
    assert [hit.score for hit in await collection.search("giá gạo")] == [hit.score for hit in before]
    assert (await collection.statistics()).documents == 1


async def test_of_an_edited_document_only_what_changed_is_segmented(collection, folder, segmented):
    whole = len(await passages(segmented, collection, folder))
    (folder / "tin.txt").write_text(f"Tin gạo\n\n{LONG.replace('tin thứ 20', 'tin thứ hai mươi')}", encoding="utf-8")

    changed = await passages(segmented, collection, folder)

    assert any("hai mươi" in text for text in changed)
    assert len(changed) < whole / 2


async def test_what_was_removed_is_put_back_without_being_segmented(collection, folder, segmented):
    await passages(segmented, collection, folder)
    await collection.remove(["tin.txt"])
    segmented.clear()

    await collection.put_back(["tin.txt"])

    assert segmented == ["Tin gạo"]
    assert (await collection.search("giá gạo"))[0].passage.source.key == "tin.txt"


async def test_terms_of_what_was_removed_are_forgotten_after_a_day(collection, folder, segmented):
    await passages(segmented, collection, folder)
    await collection.add([Document("khac", "Tin khác", FISH)])
    await collection.remove(["tin.txt"])
    await collection._store._writer.execute("UPDATE kept_terms SET at = datetime(at, '-25 hours')")
    await collection.remove(["khac"])

    rows = await collection._store._reader.execute_fetchall("SELECT syllables FROM kept_terms")
    assert [text.split()[:2] for (text,) in rows] == [["chợ", "cá"]]


async def test_indexing_that_was_interrupted_goes_on_without_doing_anything_twice(
    tmp_path, folder, segmented, monkeypatch
):
    for number in range(30):
        (folder / f"{number}.txt").write_text(f"Tin {number}\n\n{FISH}Số {number}.", encoding="utf-8")
    monkeypatch.setattr("index.indexing._WRITTEN_TOGETHER", 1)
    monkeypatch.setattr(preparing, "_TASK_SIZE", 1)

    def stop_at_half(done, total):
        if done > total / 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        async with Collection.open(tmp_path / "collection") as collection:
            await collection.update(folder, progress=stop_at_half)
    async with Collection.open(tmp_path / "collection") as collection:
        written = (await collection.statistics()).documents
        changes = await collection.update(folder)

    titles = [text for text in segmented if text.startswith("Tin ")]
    assert written > 5
    assert (changes.unchanged, len(changes.added)) == (written, 31 - written)
    assert len(titles) - len(set(titles)) <= 5  # what was prepared, and not written yet


def passage(text, heading=None):
    return Passage(Source("a.txt", "Tin"), 0, 0, text, ((0, len(text)),), heading)


def test_contents_differ_by_text_heading_and_version():
    contents = {
        content_of(passage("Giá gạo."), "1"),
        content_of(passage("Giá gạo.", "Tin"), "1"),
        content_of(passage("Giá tiêu."), "1"),
        content_of(passage("Giá gạo."), "2"),
    }

    assert len(contents) == 4
    assert all(0 <= content < 2**63 for content in contents)
