"""What is lost when the bot, or indexing, is killed again and again.

    python -m benchmarks.kills [--bot 100] [--indexing 50] [--seed 1]

The bot: people ask in groups of their own, each the next question when the one before is answered, while the bot's
process is killed (SIGKILL) after a random number of its requests and some random milliseconds more, and started again. In
groups an answer replies to its question, so that it is known which were answered, and how often. The one that was just being
sent may be answered twice: it was sent, and the kill came before that was on the disk. Answers go one at a time, but the next
one waits a tenth of a second at most for the response to the one before, so that on a busy machine it may now and then be two.

Indexing: documents change, come and go, and ``python -m index build`` is killed at a random time, again and again. After
each kill the collection must open, and hold every document that did not change. At the end it must hold all of them, and
answer as one does that was never disturbed.
"""

import argparse
import asyncio
import contextlib
import os
import random
import shutil
import signal
import sqlite3
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import pairwise
from pathlib import Path

from benchmarks.telegram import PLACES, SUBJECTS, Topic, prepare
from index.collection import MOST_ANSWERS, Collection
from index.settings import Folders
from tests.telegram_server.people import Person
from tests.telegram_server.records import Chat
from tests.telegram_server.server import TelegramServer

_STARTING = 120.0
_ANSWERING = 300.0
_PEOPLE = 20
_MOST_REQUESTS = 60
"""Requests after its start before which a bot is killed."""
_MOST_SECONDS = 0.03
"""Seconds after such a request at most."""


@dataclass(slots=True)
class Answers:
    """What became of the questions.

    Attributes:
        asked: Each question: its chat, and its number there.
        killed: The numbers of the last messages in each chat when the bot was killed, one for each kill.
        lost: Questions without an answer.
        twice: How many answers too many each kill led to.
        twice_unkilled: Answers too many that no kill led to.
        counted: Questions that the bot counted itself.
    """

    asked: list[tuple[int, int]] = field(default_factory=list)
    killed: list[dict[int, int]] = field(default_factory=list)
    lost: int = 0
    twice: Counter[int] = field(default_factory=Counter)
    twice_unkilled: int = 0
    counted: int = 0


async def kill_bot(
    environment: dict[str, str],
    server: TelegramServer,
    ask: Callable[[], str],
    points: Sequence[tuple[int, float]],
    people: int,
) -> Answers:
    """Let people ask while the bot is killed.

    Args:
        environment: The settings of the bot.
        server: Its Telegram.
        ask: Gives a question.
        points: When it is killed, a pair for each time: after how many requests, and how many seconds after that.
        people: How many people ask.
    """
    answers, over = Answers(), asyncio.Event()
    groups = [_group(server, number) for number in range(people)]
    asking = [asyncio.create_task(_ask(server, *group, ask, answers, over)) for group in groups]
    for requests, seconds in points:
        enough = len(server.requests) + requests + 1
        bot = await _start(environment | server.environment)
        await server.wait_for(partial(_made, server, enough), within=_STARTING, what="so many requests")
        await asyncio.sleep(seconds)
        bot.kill()
        await bot.wait()
        answers.killed.append({chat.id: chat.last_id for _, chat in groups})
    bot = await _start(environment | server.environment)
    over.set()
    await asyncio.gather(*asking)
    bot.send_signal(signal.SIGTERM)
    await bot.wait()
    _judge(answers, [chat for _, chat in groups], Path(environment["DATA_DIR"]))
    return answers


def _made(server: TelegramServer, requests: int) -> bool:
    return len(server.requests) >= requests


def _group(server: TelegramServer, number: int) -> tuple[Person, Chat]:
    person = server.user(f"Người {number}")
    return person, server.supergroup(f"Nhóm {number}", owner=person)


async def _start(environment: dict[str, str]) -> asyncio.subprocess.Process:
    return await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", "telegram", env=os.environ | environment, stderr=asyncio.subprocess.DEVNULL
    )


async def _ask(  # noqa: PLR0913, PLR0917  # All that a person needs to ask.
    server: TelegramServer, person: Person, chat: Chat, ask: Callable[[], str], answers: Answers, over: asyncio.Event
) -> None:
    """Ask one question after the other until it is over, and wait for the last answer."""
    while not over.is_set():
        question = person.send(chat, f"/hoi {ask()}")
        answers.asked.append((chat.id, question.id))

        def answered(number: int = question.id) -> bool:
            return any(message.reply_to and message.reply_to.id == number for message in chat.bot_messages[-5:])

        await server.wait_for(answered, chat=chat, within=_ANSWERING, what="an answer")


def _judge(answers: Answers, chats: Sequence[Chat], data: Path) -> None:
    """Find what was lost or said twice."""
    replies: dict[tuple[int, int], list[int]] = {}
    for chat in chats:
        for message in chat.bot_messages:
            if message.reply_to:
                replies.setdefault((chat.id, message.reply_to.id), []).append(message.id)
    answers.lost = sum(1 for question in answers.asked if question not in replies)
    for (chat_id, _), numbers in replies.items():
        for before, number in pairwise(numbers):
            between = [kill for kill, last in enumerate(answers.killed) if before <= last[chat_id] < number]
            if between:
                answers.twice[between[0]] += 1
            else:
                answers.twice_unkilled += 1
    with contextlib.closing(sqlite3.connect(data / "chats.sqlite3")) as connection:
        ((answers.counted,),) = connection.execute("SELECT coalesce(sum(questions), 0) FROM counts")


# --- Indexing ---------------------------------------------------------------------------------------------------------


class Documents:
    """A folder of documents that change."""

    def __init__(self, folder: Path, count: int, chance: random.Random) -> None:
        self.folder = folder
        self._chance = chance
        self._next = 0
        self.topics: dict[str, Topic] = {}
        folder.mkdir(parents=True)
        for _ in range(count):
            self.add()

    def add(self) -> None:
        """A document more."""
        self._next += 1
        self.topics[f"{self._next}.txt"] = Topic(self._chance.choice(SUBJECTS), self._chance.choice(PLACES), self._next)
        self.write(f"{self._next}.txt")

    def write(self, key: str) -> None:
        """Write a document anew, with other figures."""
        (self.folder / key).write_text(self.topics[key].text(self._chance), encoding="utf-8")

    def change(self, count: int) -> set[str]:
        """Change so many documents, and add and remove some; gives the keys of all of these."""
        keys = self._chance.sample(sorted(self.topics), count)
        for key in keys:
            self.write(key)
        gone = keys[: count // 8]
        for key in gone:
            (self.folder / key).unlink()
            del self.topics[key]
        for _ in gone:
            self.add()
            keys.append(f"{self._next}.txt")
        return set(keys)


async def kill_indexing(folder: Path, kills: int, documents: int, chance: random.Random) -> tuple[int, int, int]:
    """Kill indexing again and again.

    Returns:
        How many documents were lost, how many of the answers at the end are others than those of a collection that was
        never disturbed, and how many questions that was.
    """
    kept = Documents(folder / "documents", documents, chance)
    data, lost = folder / "data", 0
    began = time.perf_counter()
    await _build(kept.folder, folder / "timed", None)
    takes = time.perf_counter() - began
    touched, known = set(kept.topics), set[str]()
    for number in range(kills):
        await _build(kept.folder, data, chance.uniform(0.2, 1.1) * takes)
        async with Collection.open(Folders(kept.folder, data).collection) as collection:
            held = {source.key for source in await collection.documents()}
            lost += len(known - touched - held)
            for key in sorted(held & kept.topics.keys())[:3]:
                await collection.ask(kept.topics[key].question(chance))
        known = held
        if number % 3 == 2:  # Otherwise the same work goes on.
            touched = kept.change(max(8, documents // 10))
    await _build(kept.folder, data, None)
    await _build(kept.folder, folder / "undisturbed", None)
    questions = [
        kept.topics[key].question(chance) for key in chance.sample(sorted(kept.topics), min(200, len(kept.topics)))
    ]
    disturbed, undisturbed = [await _answers(kept.folder, each, questions) for each in (data, folder / "undisturbed")]
    async with Collection.open(Folders(kept.folder, data).collection) as collection:
        lost += len(kept.topics.keys() - {source.key for source in await collection.documents()})
    return lost, sum(1 for one, other in zip(disturbed, undisturbed, strict=True) if one != other), len(questions)


async def _build(documents: Path, data: Path, seconds: float | None) -> None:
    """Index some documents; kill that after some seconds. What it started goes with it, as at the end of a container."""
    environment = {"DOCUMENTS_DIR": str(documents), "DATA_DIR": str(data)}
    building = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "index", "build", "--json"),
        env=os.environ | environment,
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        await asyncio.wait_for(building.wait(), seconds)
    except TimeoutError:
        with contextlib.suppress(ProcessLookupError):  # It ended this very moment.
            os.killpg(building.pid, signal.SIGKILL)
        await building.wait()


async def _answers(documents: Path, data: Path, questions: Sequence[str]) -> list[list[tuple[str, str, float]]]:
    async with Collection.open(Folders(documents, data).collection) as collection:
        found = [await collection.ask(question, count=MOST_ANSWERS) for question in questions]
    return [[(one.source.key, one.text, round(one.confidence, 6)) for one in each.answers] for each in found]


# --- Both -------------------------------------------------------------------------------------------------------------


async def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bot", type=int, default=100, help="how many times the bot is killed")
    parser.add_argument("--indexing", type=int, default=50, help="how many times indexing is killed")
    parser.add_argument("--documents", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    chance = random.Random(options.seed)  # noqa: S311
    folder = Path(tempfile.mkdtemp(prefix="kills-"))
    try:
        if options.bot:
            topics = [Topic(chance.choice(SUBJECTS), chance.choice(PLACES), n) for n in range(1, options.documents + 1)]
            environment = await prepare(folder, topics, chance)
            points = [(chance.randrange(_MOST_REQUESTS), chance.uniform(0, _MOST_SECONDS)) for _ in range(options.bot)]
            async with TelegramServer() as server:
                answers = await kill_bot(
                    environment, server, lambda: chance.choice(topics).question(chance), points, _PEOPLE
                )
                report(answers, len(server.refusals))
        if options.indexing:
            lost, others, asked = await kill_indexing(folder / "indexing", options.indexing, options.documents, chance)
            print(
                f"indexing killed {options.indexing} times: {lost} documents lost, {others} of {asked} answers differ"
            )
    finally:
        shutil.rmtree(folder)


def report(answers: Answers, refusals: int) -> None:
    """Print what became of the questions."""
    twice = sum(answers.twice.values())
    kills = ", ".join(
        f"{count} after {times} kills each" for count, times in sorted(Counter(answers.twice.values()).items())
    )
    print(
        f"bot killed {len(answers.killed)} times: {len(answers.asked)} questions, {answers.lost} lost, {twice} answered twice "
        f"after a kill ({kills or 'none'}), {answers.twice_unkilled} without one; "
        f"{answers.counted} counted; {refusals} refusals"
    )


if __name__ == "__main__":
    asyncio.run(main())
