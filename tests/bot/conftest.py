"""A conversation over the documents in seeds/, indexed once."""

import asyncio
import shutil
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import pytest

from bot.commands import Chat, Face
from bot.conversation import Conversation, Message
from bot.replies import Reply
from bot.texts import Language
from bot.turns import Asker, RecentTurns, Turn
from index.collection import Collection

SEEDS = Path(__file__).parents[2] / "seeds"

Say = Callable[..., Awaitable[Reply]]


@pytest.fixture(scope="session")
def indexed(tmp_path_factory) -> Path:
    """The folder of a collection that holds seeds/."""
    folder = tmp_path_factory.mktemp("collection")

    async def index() -> None:
        async with Collection.open(folder) as collection:
            await collection.update(SEEDS)

    asyncio.run(index())
    return folder


@pytest.fixture
async def collection(indexed: Path) -> AsyncIterator[Collection]:
    async with Collection.open(indexed) as collection:
        yield collection


@pytest.fixture
async def empty_collection(tmp_path: Path) -> AsyncIterator[Collection]:
    async with Collection.open(tmp_path / "collection") as collection:
        yield collection


@pytest.fixture
def data_dir(indexed: Path, tmp_path: Path) -> Path:
    """A data folder in which seeds/ is already indexed."""
    shutil.copytree(indexed, tmp_path / "data" / "collection")
    return tmp_path / "data"


def talk_to(collection: Collection) -> Say:
    """Say something in a new conversation: in Vietnamese, in the terminal, unless told otherwise."""
    conversation = Conversation(collection, RecentTurns())

    async def say(
        text: str,
        *,
        person: str = "an",
        language: Language = Language.VI,
        face: Face = Face.CONSOLE,
        earlier: Turn | None = None,
        chat: Chat = Chat.PRIVATE,
        replied: str = "",
    ) -> Reply:
        asker = Asker("chat", person)
        return await conversation.reply(Message(text, asker, language, face, earlier, chat=chat, replied=replied))

    return say


@pytest.fixture
def talk() -> Callable[[Collection], Say]:
    return talk_to


@pytest.fixture
def say(collection: Collection) -> Say:
    return talk_to(collection)


@pytest.fixture
def say_nothing_held(empty_collection: Collection) -> Say:
    return talk_to(empty_collection)
