"""What was added and removed in which order changes no answer: equals are told apart by the keys of their documents."""

import random
from dataclasses import replace
from itertools import product
from pathlib import Path

import pytest

from index.collection import Collection
from index.documents import Document
from index.terms import Field

PLACES = ["Cần Thơ", "Đà Lạt", "Hải Phòng", "Nam Định", "Sóc Trăng", "Tây Ninh", "Vũng Tàu", "Yên Bái"]
KINDS = ["chợ nổi", "làng gốm", "bến cảng", "trại giống"]
QUESTIONS = [f"số khách của {kind} {place} là bao nhiêu?" for kind, place in product(KINDS, PLACES)]


def document(number: int, kind: str, place: str, guests: int) -> Document:
    """One of many that are alike but for a name and a figure."""
    text = f"Số khách của {kind} {place} là {guests} người mỗi tháng. Đường tới {kind} được sửa từ năm trước."
    return Document(f"{number}.txt", f"{kind.capitalize()} {place} số {number}", text)


def documents(seed: int, count: int = 160) -> list[Document]:
    chance = random.Random(seed)
    return [
        document(number, chance.choice(KINDS), chance.choice(PLACES), chance.randrange(100, 1000))
        for number in range(count)
    ]


async def grown(folder: Path, kept: list[Document], seed: int) -> None:
    """Make a collection of some documents in an order of its own; others were there meanwhile, and some said other things."""
    chance = random.Random(seed)
    others = [
        document(number, chance.choice(KINDS), chance.choice(PLACES), chance.randrange(1000)) for number in range(300)
    ]
    shuffled = chance.sample(kept, len(kept))
    async with Collection.open(folder) as collection:
        await collection.add(others[len(kept) :] + [others[int(one.key[:-4])] for one in shuffled[:40]])
        for first in range(0, len(shuffled), 50):
            await collection.add(shuffled[first : first + 50])
        await collection.remove([one.key for one in others[len(kept) :]])


async def told(folder: Path) -> list[object]:
    """What a collection answers, and finds."""
    async with Collection.open(folder) as collection:
        answers = [(await collection.ask(question, count=4)).answers for question in QUESTIONS]
        hits = [await collection.search(question, top=10) for question in QUESTIONS]
        points = [(await collection.summarise_subject(place, length="short")).points for place in PLACES]
    return [
        [[(one.source.key, one.text, one.confidence) for one in each] for each in answers],
        [[(one.passage.source.key, one.score, one.relevance) for one in each] for each in hits],
        [[(one.source.key, one.text) for one in each] for each in points],
    ]


@pytest.mark.parametrize("seed", range(2))
async def test_the_same_documents_answer_alike_whatever_was_before(tmp_path, seed):
    kept = documents(seed)
    async with Collection.open(tmp_path / "fresh") as collection:
        await collection.add(kept)
    await grown(tmp_path / "grown", kept, seed)
    fresh, others = await told(tmp_path / "fresh"), await told(tmp_path / "grown")
    assert others == fresh
    assert any(len(answers) > 1 for answers in fresh[0])


async def test_where_hundreds_are_equals_the_first_by_their_keys_are_found(tmp_path):
    one = document(0, "chợ nổi", "Cần Thơ", 500)
    alike = [replace(one, key=f"{number}.txt") for number in range(700)]
    async with Collection.open(tmp_path) as collection:
        await collection.add(alike[::-1])
        found = await collection.search("số khách của chợ nổi", top=10)
    assert [hit.passage.source.key for hit in found] == sorted(one.key for one in alike)[:10]


async def test_terms_of_removed_documents_are_known_no_more(tmp_path):
    async with Collection.open(tmp_path) as collection:
        await collection.add(
            [Document("a.txt", "Nước", "Slovenia có núi."), Document("b.txt", "Nước", "Slovakia có núi.")]
        )
        await collection.remove(["a.txt"])
        postings = collection._engine.newest().terms_beginning
        assert postings(Field.FOLDED_SYLLABLES, "slo") == ["slovakia"]
