"""Channels that publish to the collection: from when ``/kenhnguon bật`` is posted there, their posts become documents."""

import logging
from collections.abc import Awaitable, Callable, Mapping
from typing import TYPE_CHECKING

from bot import commands
from bot.adding import SentPost, told_if_not_written
from bot.chats.turns import chat_of
from bot.commands import Chat, Command
from bot.replies import Choice, Line, Reply
from bot.texts import TEXTS
from index.adding import add_post
from index.readers import Unreadable
from index.vietnamese import fold

if TYPE_CHECKING:
    from bot.chats.places import Places
    from bot.conversation import Message
    from index.collection import Collection

_LOGGER = logging.getLogger(__name__)

_PUBLISHES = "publishes"
"""The setting of a channel whose posts become documents."""
_FEWEST = 80
"""Characters that a post has at least to become a document."""
_ON, _OFF = {"bat", "on"}, {"tat", "off"}
_REMOVE, _KEEP = "xoa", "giu"
"""What is to be done with the posts that were taken, when no more are."""

Trusts = Callable[[int], Awaitable[bool]]
"""Whether a channel may fill the collection: the bot's owner manages it, or has named it."""


class Publishing:
    """Lets channels publish, and takes their posts."""

    def __init__(self, collection: "Collection", places: "Places", trusts: Trusts) -> None:
        """Make it.

        Args:
            collection: The documents.
            places: Where it is kept which channels publish.
            trusts: Tells which of them may.
        """
        self._collection = collection
        self._places = places
        self._trusts = trusts
        self.commands: Mapping[Command, Callable[[Message, str], Awaitable[Reply]]] = {
            commands.SOURCE: told_if_not_written(self._source)
        }

    async def take(self, channel: int, number: int, post: SentPost, *, edited: bool) -> None:
        """Take a post of a channel that publishes, or what it says now.

        One that says too little is left out, and so is one that was removed by hand.

        Args:
            channel: The channel.
            number: The post's number there.
            post: What it says.
            edited: Whether it may have been taken before.

        Raises:
            CollectionError, sqlite3.Error: It cannot be written now; :class:`index.collection.Busy`, as another process does.
        """
        if not (await self._places.get(channel)).settings.get(_PUBLISHES):
            return
        key = await self._key_of(channel, number) if edited else None
        if len(post.text) < _FEWEST:
            if key:
                await self._collection.remove([key])
            return
        try:
            await add_post(
                self._collection,
                post.text,
                key or post.key,
                link=post.link,
                day=post.day,
                publisher=post.publisher,
                origin=_origin(channel),
                unless_removed=True,
            )
        except Unreadable as error:
            _LOGGER.info("a post of channel %d is no document: %s", channel, error)

    async def _key_of(self, channel: int, number: int) -> str | None:
        """The key of a post that was taken, whatever the channel was called then."""
        keys = await self._collection.keys_of(_origin(channel))
        return next((key for key in keys if key.rpartition("/")[2] == str(number)), None)

    # --- The command -------------------------------------------------------------------------------------------------

    async def _source(self, message: "Message", argument: str) -> Reply:
        texts = TEXTS[message.language]
        if message.chat is not Chat.CHANNEL:
            return _say(texts.in_channels_only)
        if not message.manages:
            return _say(texts.admins_only)
        channel, chosen = chat_of(message.asker.chat), fold(argument).lower()
        if chosen in {_REMOVE, _KEEP}:
            return await self._decided(message, channel, remove=chosen == _REMOVE)
        if chosen in _OFF:
            return await self._stop(message, channel)
        return await self._begin_or_tell(message, channel, begin=chosen in _ON)

    async def _begin_or_tell(self, message: "Message", channel: int, *, begin: bool) -> Reply:
        texts = TEXTS[message.language]
        if begin and not await self._trusts(channel):
            return _say(texts.not_trusted)
        if begin:
            await self._places.choose(channel, _PUBLISHES, value=True)
        if (await self._places.get(channel)).settings.get(_PUBLISHES):
            return Reply((Line(texts.publishes),), choices=((_choice(texts.stop_publishing, "tat"),),))
        return Reply((Line(texts.does_not_publish),), choices=((_choice(texts.publish, "bat"),),))

    async def _stop(self, message: "Message", channel: int) -> Reply:
        """Take no more posts, and ask what is to be done with those that were taken."""
        await self._places.choose(channel, _PUBLISHES, None)
        texts, count = TEXTS[message.language], len(await self._collection.keys_of(_origin(channel)))
        choices = (_choice(texts.remove_posts(count), _REMOVE), _choice(texts.keep_posts, _KEEP))
        return Reply((Line(texts.publishes_no_more(count)),), choices=(choices,) if count else ())

    async def _decided(self, message: "Message", channel: int, *, remove: bool) -> Reply:
        texts, keys = TEXTS[message.language], await self._collection.keys_of(_origin(channel))
        if not remove:
            return _say(texts.posts_kept(len(keys)))
        return _say(texts.posts_removed(len(await self._collection.remove(keys))))


def _origin(channel: int) -> str:
    """The origin of the documents that a channel's posts are."""
    return f"tg://channel/{channel}"


def _choice(label: str, argument: str) -> Choice:
    return Choice(label, f"/{commands.SOURCE.name} {argument}")


def _say(text: str) -> Reply:
    return Reply((Line(text),))
