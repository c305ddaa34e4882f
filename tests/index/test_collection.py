import asyncio
import dataclasses
import datetime as dt
import random
import threading
import time
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path

import pytest

from index.collection import Collection, Damaged, NoDocuments, WorkersLost, _ranked
from index.counting import Tally
from index.documents import Changes, Document, Outcome, Skipped
from index.engine import EngineWriter
from index.scoring import field_scores, summed

SEEDS = Path(__file__).parents[2] / "seeds"

SYLLABLES = "đất hiếm nga mỹ trữ lượng vàng giá khai thác mỏ công nghệ nước biển rừng núi gạo cà phê chợ tàu".split()


def random_documents(seed, count):
    """Documents of random sentences: enough of them that not all can be candidates."""
    rng = random.Random(seed)

    def sentence():
        words = rng.choices(SYLLABLES, weights=range(1, len(SYLLABLES) + 1), k=rng.randint(3, 20))
        return " ".join(words).capitalize() + "."

    return [
        Document(
            key=f"{number}.txt",
            title=" ".join(rng.sample(SYLLABLES, 3)),
            text=" ".join(sentence() for _ in range(rng.randint(1, 60))),
        )
        for number in range(count)
    ]


def random_question(rng):
    return " ".join(rng.sample(SYLLABLES, rng.randint(1, 6)))


def all_sections(collection):
    moment = collection._engine.newest()._moment
    return moment.sections_of(moment.documents())


async def exhaustive(collection, question, top, *, by_sentences=False):
    """Score every passage of the collection, without the engine's candidates."""
    sections = all_sections(collection)
    understood = collection._understand(question, len(sections))
    return _ranked(understood, sections, by_sentences=by_sentences)[:top]


@pytest.mark.parametrize("seed", range(4))
async def test_the_ten_best_equal_those_of_scoring_everything(collection, seed):
    await collection.add(random_documents(seed, 60))
    rng = random.Random(seed)

    for _ in range(15):
        question = random_question(rng)
        everything = await exhaustive(collection, question, 10)
        found = await collection.search(question, top=10)
        assert [hit.relevance for hit in found] == pytest.approx([hit.relevance for hit in everything])


async def test_the_score_of_a_hit_is_that_of_its_passage_and_of_its_document(collection):
    await collection.add(random_documents(1, 20))

    sections = all_sections(collection)
    terms = collection._understand("đất hiếm nga", 10).terms
    levels = collection._engine.newest()._levels
    for hit in await collection.search("đất hiếm nga", top=10):
        section = next(section for section in sections if hit.passage in section.passages)
        own = summed(field_scores(Tally(terms), [section.unit], levels.sections), 1)[0]
        unit = section.units[section.passages.index(hit.passage)]
        passage = summed(field_scores(Tally(terms), [unit], levels.passages), 1)[0]
        assert hit.document_score == pytest.approx(own)
        assert hit.score == pytest.approx(own + passage)


async def test_documents_are_ranked_once_by_their_best_passages(collection):
    await collection.add(random_documents(1, 40))
    best = {}
    for hit in await exhaustive(collection, "đất hiếm nga", 10_000, by_sentences=True):
        best.setdefault(hit.passage.source.key, hit.relevance)

    ranked = await collection.search_documents("đất hiếm nga", top=10)

    assert [score for _, score in ranked] == pytest.approx(sorted(best.values(), reverse=True)[:10])
    assert all(best[source.key] == pytest.approx(score) for source, score in ranked)


async def test_adding_and_removing_leaves_the_same_results_as_building_anew(collection, tmp_path):
    documents = random_documents(2, 60)
    await collection.add(documents[:40])
    await collection.remove([document.key for document in documents[10:30]])
    await collection.add([*documents[20:], documents[0]])

    async with Collection.open(tmp_path / "anew") as anew:
        await anew.add([*documents[:10], *documents[20:]])
        rng = random.Random(5)
        for _ in range(20):
            question = random_question(rng)
            changed, fresh = await collection.search(question), await anew.search(question)
            assert [hit.score for hit in changed] == pytest.approx([hit.score for hit in fresh])
            assert {hit.passage.id for hit in changed} == {hit.passage.id for hit in fresh}
        assert await collection.statistics() == await anew.statistics()


async def test_the_seeds_are_indexed_with_their_titles_and_links(collection):
    changes = await collection.update(SEEDS)

    assert changes.added == ("000_6868d14cbacc0bf2.txt", "001_e8f1a36e67c68ec5.txt")
    second, first = await collection.documents()
    assert first.title == "Mỹ và Nga đang đàm phán sơ bộ về hợp tác đất hiếm tại Nga"
    assert first.url == "https://www.mining.com/russia-us-in-talks-over-joint-rare-earths-projects/"
    assert second.title == "Moskva và Washington khởi đầu thảo luận hợp tác về đất hiếm"
    assert second.url is None


RICE_RISES = "Giá gạo xuất khẩu của các tỉnh đồng bằng tăng 5% trong tháng qua, theo hiệp hội lương thực."
RICE_RESTS = "Giá gạo xuất khẩu của các tỉnh đồng bằng đứng yên trong tháng qua, theo hiệp hội lương thực."
COFFEE_FALLS = "Giá cà phê giảm mạnh ở Đắk Lắk vì người trồng bán ra nhiều trước khi vào vụ thu hoạch mới."


@pytest.fixture
def folder(tmp_path):
    made = tmp_path / "documents"
    made.mkdir()
    (made / "gao.txt").write_text(f"Giá gạo\n\n{RICE_RISES}", encoding="utf-8")
    (made / "ca-phe.txt").write_text(f"Giá cà phê\n\n{COFFEE_FALLS}", encoding="utf-8")
    return made


async def test_indexing_again_touches_only_what_is_new_changed_or_gone(collection, folder):
    assert (await collection.update(folder)).added == ("ca-phe.txt", "gao.txt")
    assert await collection.update(folder) == Changes(unchanged=2)

    (folder / "gao.txt").write_text(f"Giá gạo\n\n{RICE_RESTS}", encoding="utf-8")
    (folder / "ca-phe.txt").unlink()
    (folder / "tieu.md").write_text("# Giá tiêu\n\nGiá tiêu tăng gấp đôi.", encoding="utf-8")
    changes = await collection.update(folder)

    assert changes == Changes(added=("tieu.md",), updated=("gao.txt",), removed=("ca-phe.txt",))
    assert (await collection.ask("giá gạo thế nào")).answers[0].text == RICE_RESTS
    assert not any("cà phê" in hit.passage.text for hit in await collection.search("cà phê"))


async def test_a_file_touched_but_not_changed_is_left_alone(collection, folder):
    await collection.update(folder)
    text = (folder / "gao.txt").read_bytes()
    (folder / "gao.txt").unlink()
    (folder / "gao.txt").write_bytes(text)

    assert await collection.update(folder) == Changes(unchanged=2)


async def test_the_same_document_twice_is_indexed_once_and_told(collection, folder):
    (folder / "gao-2.txt").write_bytes((folder / "gao.txt").read_bytes())

    changes = await collection.update(folder)

    assert changes.skipped == (Skipped("gao.txt", "duplicate", "gao-2.txt"),)
    (folder / "gao-2.txt").unlink()
    assert (await collection.update(folder)).added == ("gao.txt",)


async def test_files_that_cannot_be_read_are_told_and_the_others_indexed(collection, folder):
    (folder / "rong.txt").write_bytes(b"")
    (folder / "anh.txt").write_bytes(bytes(range(256)) * 20)
    (folder / "bang.xls").write_bytes(b"x")

    changes = await collection.update(folder)

    assert {(one.key, one.reason) for one in changes.skipped} == {
        ("rong.txt", "empty"),
        ("anh.txt", "binary"),
        ("bang.xls", "format"),
    }
    assert len(changes.added) == 2


async def test_a_missing_folder_is_told_and_loses_nothing(collection, folder, tmp_path):
    await collection.update(folder)

    with pytest.raises(NoDocuments) as raised:
        await collection.update(tmp_path / "nowhere")
    assert raised.value.folder == tmp_path / "nowhere"
    assert (await collection.statistics()).documents == 2


async def test_a_folder_without_documents_is_told(collection, tmp_path):
    (tmp_path / "empty").mkdir()
    (tmp_path / "empty" / "rong.txt").write_bytes(b"  \n")

    with pytest.raises(NoDocuments) as raised:
        await collection.update(tmp_path / "empty")
    assert [one.reason for one in raised.value.skipped] == ["empty"]


async def test_progress_ends_with_all_documents_done(collection, folder):
    (folder / "rong.txt").write_bytes(b"")
    seen = []

    await collection.update(folder, progress=lambda done, total: seen.append((done, total)))

    size = sum(path.stat().st_size for path in folder.iterdir())
    assert seen[-1] == (size, size)
    assert seen == sorted(seen)


async def test_several_folders_are_told_apart_by_their_names(collection, folder, tmp_path):
    other = tmp_path / "khac"
    other.mkdir()
    (other / "gao.txt").write_text("Lúa\n\nLúa mùa này tốt.", encoding="utf-8")

    changes = await collection.update(folder, other)

    assert changes.added == ("documents/ca-phe.txt", "documents/gao.txt", "khac/gao.txt")


async def test_what_came_by_itself_stays_when_the_folder_is_indexed_again(collection, folder):
    await collection.add([Document("https://x.vn/tieu", "Giá tiêu", "Giá tiêu tăng gấp đôi trong một tháng.")])

    changes = await collection.update(folder)

    assert changes.removed == ()
    assert (await collection.ask("giá tiêu tăng mấy lần")).answers[0].source.key == "https://x.vn/tieu"


async def test_a_removed_document_stays_out_until_its_file_changes(collection, folder):
    await collection.update(folder)

    assert [one.entry.source.title for one in await collection.remove(["gao.txt", "nowhere.txt"])] == ["Giá gạo"]

    assert (await collection.update(folder)).added == ()
    (folder / "gao.txt").touch()
    assert (await collection.update(folder)).skipped == (Skipped("gao.txt", "removed"),)
    assert (await collection.statistics()).documents == 1
    (folder / "gao.txt").write_text(f"Giá gạo\n\n{RICE_RESTS}", encoding="utf-8")
    assert (await collection.update(folder)).added == ("gao.txt",)


async def test_a_removed_document_is_put_back_as_it_was(collection, folder):
    await collection.update(folder)
    before = await collection.ask("giá gạo tăng bao nhiêu")
    await collection.remove(["gao.txt"])

    assert [source.key for source in await collection.put_back(["gao.txt"])] == ["gao.txt"]

    assert await collection.ask("giá gạo tăng bao nhiêu") == before
    assert await collection.update(folder) == Changes(unchanged=2)
    assert await collection.put_back(["gao.txt"]) == ()


async def test_what_was_replaced_is_put_back(collection):
    old, new = (Document("https://x.vn/gao", "Giá gạo", text) for text in (RICE_RISES, RICE_RESTS))
    await collection.add([old])
    await collection.add([new])
    assert (await collection.document(old.key)).text == RICE_RESTS

    await collection.put_back([old.key])

    assert (await collection.document(old.key)).text == RICE_RISES
    assert (await collection.statistics()).documents == 1


LINK = "https://x.vn/gao"
OLD, NEW = (Document(LINK, "Giá gạo", text) for text in (RICE_RISES, RICE_RESTS))


async def test_what_came_of_adding_is_told(collection):
    (added,) = await collection.add([OLD])
    assert (added.outcome, added.entry.source, added.entry.passages) == (Outcome.ADDED, OLD.source, 1)
    (unchanged,) = await collection.add([OLD])
    assert (unchanged.outcome, unchanged.replacement) == (Outcome.UNCHANGED, None)
    (replaced,) = await collection.add([NEW])
    assert (replaced.outcome, replaced.replaced) == (Outcome.REPLACED, OLD.source)
    (twin,) = await collection.add([dataclasses.replace(NEW, key="gao.txt")], twins=False)
    assert (twin.outcome, twin.entry.source.key) == (Outcome.DUPLICATE, LINK)


async def test_what_was_written_before_an_interruption_counts_as_added(collection):
    begun = time.time()
    await collection.add([OLD])
    (added,) = await collection.add([OLD], since=begun)
    assert added.outcome is Outcome.ADDED
    await collection.add([NEW])
    (replaced,) = await collection.add([NEW], since=begun)
    assert replaced.outcome is Outcome.REPLACED
    (undone,) = await collection.undo([replaced.replacement])
    assert undone.there
    (unchanged,) = await collection.add([OLD], since=begun + 3600)
    assert unchanged.outcome is Outcome.UNCHANGED


async def test_adding_is_undone_once(collection):
    (added,) = await collection.add([OLD])
    (replaced,) = await collection.add([NEW])

    (undone,) = await collection.undo([replaced.replacement])
    assert (undone.source, undone.there) == (OLD.source, True)
    assert await collection.undo([replaced.replacement]) == ()
    assert (await collection.document(LINK)).text == RICE_RISES

    (undone,) = await collection.undo([added.replacement])
    assert (undone.source, undone.there) == (OLD.source, False)
    assert await collection.document(LINK) is None


async def test_what_was_changed_again_is_not_undone(collection):
    (added,) = await collection.add([OLD])
    await collection.add([NEW])

    assert await collection.undo([added.replacement]) == ()
    assert (await collection.document(LINK)).text == RICE_RESTS


async def test_a_removal_is_undone(collection, folder):
    await collection.update(folder)
    (removed,) = await collection.remove(["gao.txt"])

    (undone,) = await collection.undo([removed.replacement])

    assert undone.there
    assert await collection.update(folder) == Changes(unchanged=2)


async def test_what_is_no_longer_in_the_whole_of_an_origin_is_removed_and_can_be_put_back(collection):
    first, second = (Document(f"tin.jsonl#{n}", f"Tin {n}", f"Tin số {n}: {RICE_RISES}") for n in range(2))
    await collection.add([first, second], origin="sent://tin.jsonl", whole=True)

    added = await collection.add([first], origin="sent://tin.jsonl", whole=True)

    assert [one.outcome for one in added] == [Outcome.UNCHANGED, Outcome.REMOVED]
    assert await collection.keys_of("sent://tin.jsonl") == [first.key]
    await collection.undo([one.replacement for one in added if one.replacement])
    assert await collection.keys_of("sent://tin.jsonl") == [first.key, second.key]


async def test_what_was_removed_by_hand_may_stay_out_whatever_it_says_now(collection):
    await collection.add([OLD], origin="https://x.vn/rss")
    await collection.remove([LINK])
    assert await collection.add([NEW], origin="https://x.vn/rss", unless_removed=True) == ()
    assert await collection.document(LINK) is None


async def test_an_address_stays_when_the_folder_is_indexed_and_goes_with_its_last_document(collection, folder):
    await collection.add([OLD], origin=LINK)
    await collection.note_address(LINK, "stamp")
    assert (await collection.update(folder)).removed == ()
    assert [origin.stamp for origin in await collection.addresses()] == ["stamp"]

    (removed,) = await collection.remove([LINK])
    assert await collection.addresses() == []
    await collection.undo([removed.replacement])
    assert [origin.key for origin in await collection.addresses()] == [LINK]


async def test_documents_are_listed_a_page_at_a_time(collection, folder):
    await collection.update(folder)
    await collection.add([dataclasses.replace(OLD, date=dt.date(2025, 1, 2))])
    sources = await collection.documents()

    assert [entry.source for entry in await collection.page(0, 2)] == sources[:2]
    assert [entry.source for entry in await collection.page(2, 2)] == sources[2:]
    assert [await collection.place(source.key) for source in sources] == [0, 1, 2]
    assert await collection.place("nowhere.txt") is None
    first = (await collection.page(0, 1))[0]
    assert first.passages == 1
    assert first.syllables >= len(RICE_RISES.split())


async def test_two_that_write_at_once_do_so_one_after_the_other(collection):
    documents = random_documents(3, 40)

    await asyncio.gather(*(collection.add([document]) for document in documents))

    assert (await collection.statistics()).documents == 40
    passages = [unit for section in all_sections(collection) for unit in section.units]
    assert len(collection._engine.newest()._postings) == len(passages) >= 40


async def test_the_text_of_a_removed_document_is_forgotten_after_a_day(collection, folder, tmp_path):
    await collection.update(folder)
    await collection.remove(["gao.txt"])
    await collection._store._writer.execute("UPDATE removed SET at = datetime(at, '-25 hours')")

    assert await collection.put_back(["gao.txt"]) == ()
    await collection.remove(["ca-phe.txt"])

    rows = await collection._store._reader.execute_fetchall("SELECT key, text IS NULL FROM removed ORDER BY key")
    assert [tuple(row) for row in rows] == [("ca-phe.txt", 0), ("gao.txt", 1)]


async def test_documents_are_prepared_anew_when_their_analysis_is_of_another_version(collection, folder, monkeypatch):
    await collection.update(folder)
    await collection.add([Document("https://x.vn/tieu", "Giá tiêu", "Giá tiêu tăng gấp đôi.")])
    for module in ("preparing", "indexing"):
        monkeypatch.setattr(f"index.{module}.ANALYSIS", "another")

    assert await collection.update(folder) == Changes(unchanged=2)

    assert await collection._store.outdated("another") == []
    assert (await collection.statistics()).documents == 3


async def test_a_collection_opened_again_answers_the_same(folder, tmp_path):
    async with Collection.open(tmp_path / "collection") as collection:
        await collection.update(folder)
        before = await collection.ask("giá cà phê ở đâu giảm")
    async with Collection.open(tmp_path / "collection") as collection:
        assert await collection.ask("giá cà phê ở đâu giảm") == before


async def test_the_engine_is_built_again_where_its_files_are_missing_or_torn(folder, tmp_path):
    async with Collection.open(tmp_path / "collection") as collection:
        await collection.update(folder)
        before = await collection.search("giá gạo")
    for damage in ("stamp", "passages/meta.json"):
        (tmp_path / "collection" / "engine" / damage).write_text("torn", encoding="utf-8")
        async with Collection.open(tmp_path / "collection") as collection:
            assert await collection.search("giá gạo") == before


async def test_what_the_store_holds_is_found_though_the_engine_never_heard_of_it(folder, tmp_path, monkeypatch):
    def stopped(*_):
        raise InterruptedError

    async with Collection.open(tmp_path / "collection") as collection:
        monkeypatch.setattr(collection._engine, "follow", stopped)
        with pytest.raises(InterruptedError):
            await collection.update(folder)
    async with Collection.open(tmp_path / "collection") as collection:
        assert (await collection.search("giá gạo"))[0].passage.source.key == "gao.txt"


async def test_another_reader_sees_what_was_written_at_its_next_question(folder, tmp_path):
    async with (
        Collection.open(tmp_path / "collection") as writer,
        Collection.open(tmp_path / "collection") as reader,
    ):
        await writer.update(folder)
        assert (await reader.search("giá gạo"))[0].passage.source.key == "gao.txt"
        await writer.remove(["gao.txt"])
        assert [hit.passage.source.key for hit in await reader.search("giá gạo")] == ["ca-phe.txt"]


async def test_questions_are_answered_at_once_while_documents_are_added(collection, folder):
    await collection.update(folder)

    results = await asyncio.gather(
        collection.add(random_documents(3, 30)), *(collection.ask("giá cà phê ở đâu giảm") for _ in range(20))
    )

    assert {findings.answers[0].source.key for findings in results[1:]} == {"ca-phe.txt"}
    assert (await collection.statistics()).documents == 32


async def test_a_passage_is_shown_with_its_neighbours_as_they_stand(collection):
    document = random_documents(4, 1)[0]
    long = Document(document.key, document.title, document.text * 20)
    await collection.add([long])
    hit = (await collection.search("đất hiếm"))[0]

    excerpt = await collection.context(hit.passage)

    assert excerpt.text == long.text[excerpt.start : excerpt.start + len(excerpt.text)]
    assert hit.passage.text in excerpt.text
    assert len(excerpt.text) > len(hit.passage.text)


async def test_a_document_is_given_back_as_it_was(collection, folder):
    await collection.update(SEEDS)

    document = await collection.document("000_6868d14cbacc0bf2.txt")

    assert document.summary.startswith("Mỹ và Nga đang đàm phán sơ bộ")
    assert "đứng thứ 5 thế giới" in document.text
    assert await collection.document("nowhere.txt") is None


async def test_a_worker_that_dies_is_told_and_what_was_there_stays(collection, folder, monkeypatch):
    await collection.update(folder)

    def died(*_):
        raise BrokenProcessPool

    monkeypatch.setattr("index.preparing._prepare_all", died)
    with pytest.raises(WorkersLost):
        await collection.add(random_documents(1, 3))
    assert (await collection.statistics()).documents == 2


async def test_a_file_that_is_no_store_is_told(tmp_path):
    (tmp_path / "collection").mkdir()
    (tmp_path / "collection" / "collection.sqlite3").write_text("not a database, only a text" * 50, encoding="utf-8")

    with pytest.raises(Damaged):
        async with Collection.open(tmp_path / "collection"):
            pass


async def test_nobody_waits_for_files_to_be_merged_but_who_writes_next(collection, monkeypatch):
    may_merge, merge, merged = threading.Event(), EngineWriter.__exit__, []

    def when_it_may(*writer_and_raised):
        may_merge.wait(timeout=10)
        merged.append(writer_and_raised)
        merge(*writer_and_raised)

    monkeypatch.setattr(EngineWriter, "__exit__", when_it_may)
    await collection.add([Document("cam.txt", "Giá cam", "Cam sành giá 30.000 đồng.")])
    assert [hit.passage.source.key for hit in await collection.search("giá cam sành")] == ["cam.txt"]
    assert not merged

    following = asyncio.create_task(collection.add([Document("gao.txt", "Giá gạo", "Gạo nếp giá 40.000 đồng.")]))
    assert await collection.ask("cam sành giá bao nhiêu")
    assert not following.done()
    may_merge.set()
    await following
    assert {hit.passage.source.key for hit in await collection.search("giá đồng")} == {"cam.txt", "gao.txt"}


async def test_files_that_cannot_be_merged_are_seen_to_by_who_writes_next(collection, monkeypatch):
    def torn(*_):
        raise ValueError("torn")

    with monkeypatch.context() as patch:
        patch.setattr(EngineWriter, "__exit__", torn)
        await collection.add([Document("cam.txt", "Giá cam", "Cam sành giá 30.000 đồng.")])
    await collection.add([Document("gao.txt", "Giá gạo", "Gạo nếp giá 40.000 đồng.")])

    assert {hit.passage.source.key for hit in await collection.search("giá đồng")} == {"cam.txt", "gao.txt"}


async def test_answers_are_looked_for_only_near_the_best_passage(collection):
    await collection.add(random_documents(7, 120))
    report = "Trạm quan trắc Cồn Phụng đo được độ mặn 4,2 phần nghìn vào rạng sáng."
    await collection.add([Document("report.txt", "Độ mặn tại trạm quan trắc Cồn Phụng", report)])
    question = "trạm quan trắc Cồn Phụng đo được độ mặn bao nhiêu khi nước biển dâng"

    everywhere, near = await collection.search(question), await collection.read(question)

    assert len({hit.passage.source.key for hit in everywhere}) > 1
    assert {hit.passage.source.key for hit in near.hits} == {"report.txt"}


async def test_candidates_are_nearly_all_of_the_best_by_exact_scoring(collection):
    await collection.add(random_documents(6, 120))
    sections = all_sections(collection)
    units = {section.unit_number(place): unit for section in sections for place, unit in enumerate(section.units)}
    assert len(units) > 300
    finder, rng = collection._engine.newest(), random.Random(6)

    overlaps = []
    for _ in range(20):
        terms = collection._understand(random_question(rng), 10).terms
        scores = summed(field_scores(Tally(terms), list(units.values()), finder._levels.passages), len(units))
        exact = dict(zip(units, scores, strict=True))
        last = sorted(exact.values())[-100]
        proposed = finder._postings.candidates(terms, 100)
        overlaps.append(sum(exact[unit] >= last for unit, _ in proposed) / len(proposed))

    assert sum(overlaps) / len(overlaps) >= 0.95
