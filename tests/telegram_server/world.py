"""Telegram as one bot sees it: everybody's accounts and chats, and what of them reaches the bot."""

from __future__ import annotations

import itertools
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from telegram.constants import ChatID, ChatType, MessageEntityType, UpdateType

from tests.telegram_server.profile import Profile
from tests.telegram_server.queries import CallbackAnswer, InlineAnswer, Queries
from tests.telegram_server.records import (
    Chat,
    Content,
    Json,
    Member,
    Message,
    StoredFile,
    Topic,
    User,
    Version,
    place,
)
from tests.telegram_server.rendering import file_json, member_update_json, message_json
from tests.telegram_server.updates import UpdateQueue
from tests.telegram_server.watch import Watch

if TYPE_CHECKING:
    from collections.abc import Callable

SERVICE = User(ChatID.SERVICE_CHAT, "Telegram")
ANONYMOUS_ADMIN = User(ChatID.ANONYMOUS_ADMIN, "Group", username="GroupAnonymousBot", is_bot=True)
FAKE_CHANNEL = User(ChatID.FAKE_CHANNEL, "Channel", username="Channel_Bot", is_bot=True)


class World:
    """The state of it all. Whoever changes it does so through here, so that updates are queued and waiters woken.

    Attributes:
        privacy: the bot's privacy mode, as BotFather sets it.
        inline: whether inline mode is on.
        inline_feedback: whether chosen inline results are reported.
    """

    def __init__(self, bot: User, clock: Callable[[], float], query_lifetime: float) -> None:
        self.bot = bot
        self.clock = clock
        self.privacy = True
        self.inline = True
        self.inline_feedback = False
        self.users: dict[int, User] = {bot.id: bot}
        self.chats: dict[int, Chat] = {}
        self.files: dict[str, StoredFile] = {}
        self.inline_messages: dict[str, Message] = {}
        self.profile = Profile()
        self.watch = Watch()
        self.updates = UpdateQueue(self.watch.notify)
        self.presses: Queries[CallbackAnswer] = Queries(clock, query_lifetime)
        self.inline_queries: Queries[InlineAnswer] = Queries(clock, query_lifetime)
        self.logged_out = False
        self._user_ids = itertools.count(5_120_000_001)
        self._group_ids = itertools.count(4_210_000_001)
        self._large_ids = itertools.count(1_001_870_000_001)
        self._message_ids = itertools.count(1)
        self._file_numbers = itertools.count(1)

    @property
    def now(self) -> int:
        return int(self.clock())

    # Accounts, chats and files

    def new_user(self, first_name: str, *, last_name: str, username: str, language_code: str) -> User:
        """An account, with its private chat, which has not begun yet."""
        user = User(next(self._user_ids), first_name, last_name, username, language_code)
        self.users[user.id] = user
        members = {each.id: Member(each) for each in (user, self.bot)}
        self.chats[user.id] = Chat(user.id, ChatType.PRIVATE, peer=user, members=members)
        return user

    def new_chat(self, kind: str, title: str, *, username: str = "", is_forum: bool = False) -> Chat:
        """A group, supergroup or channel without anybody in it; message 1 of a large one was that it was made."""
        numbers = self._group_ids if kind == ChatType.GROUP else self._large_ids
        chat = Chat(-next(numbers), kind, title, username, is_forum=is_forum, last_id=1)
        self.chats[chat.id] = chat
        return chat

    def met(self, user_id: int) -> User | None:
        """A user whom the bot may speak of."""
        user = self.users.get(user_id)
        return user if user and user.seen else None

    def keep_file(self, content: bytes, name: str, mime_type: str) -> Json:
        """Store a file; gives the fields that every kind of file has in JSON."""
        number = next(self._file_numbers)
        suffix = name.rpartition(".")[2] if "." in name else "bin"
        path = f"documents/file_{number}.{suffix}"
        stored = StoredFile(f"BQACAgUAAxkBAAI{number:08d}", f"AgAD{number:08d}", path, content, name, mime_type)
        self.files[stored.id] = stored
        return file_json(stored)

    # Messages

    def send(
        self,
        chat: Chat,
        author: User,
        content: Content,
        *,
        reply_to: Message | None = None,
        topic: int | None = None,
        **rest: Any,
    ) -> Message:
        """Put a new message into a chat and tell the bot, if it is to know. `rest` are fields of Message."""
        sender: dict[str, Any] = {"sender": author}
        if chat.is_channel:
            sender = {"sender": None, "sender_chat": chat}
        thread_id, is_topic = place(chat, reply_to, topic)
        message = Message(
            id=self._next_message_id(chat),
            chat=chat,
            date=self.now,
            author=author,
            content=content,
            reply_to=reply_to,
            thread_id=thread_id,
            is_topic=is_topic,
            **sender | rest,
        )
        self._publish(message)
        return message

    def open_topic(self, chat: Chat, author: User, name: str) -> Message:
        """Open a topic in a forum, whose first message is that it was opened."""
        identifier = self._next_message_id(chat)
        created = {"forum_topic_created": {"name": name, "icon_color": 7322096}}
        message = Message(
            identifier, chat, self.now, author, author, thread_id=identifier, is_topic=True, service=created
        )
        chat.topics[identifier] = Topic(identifier, name)
        self._publish(message)
        return message

    def _publish(self, message: Message) -> None:
        chat = message.chat
        chat.store[message.id] = message
        self._deliver(message)
        if chat.is_channel and chat.discussion and not message.service:
            self._forward_to_discussion(message, chat.discussion)
        self.watch.notify(chat.id)

    def edit(self, message: Message, content: Content, markup: Json | None, by: User) -> None:
        """Change a message, keeping what it was."""
        message.earlier.append(Version(message.content, message.markup))
        message.content = content
        message.markup = markup
        message.edit_date = self.now
        if by is not self.bot:
            self._deliver(message, edited=True)
        copy = message.forwarded_as
        if copy and not copy.deleted:
            copy.earlier.append(Version(copy.content, copy.markup))
            copy.content = content
            copy.edit_date = self.now
            self._deliver(copy, edited=True)
            self.watch.notify(copy.chat.id)
        self.watch.notify(message.chat.id)

    def delete(self, message: Message) -> None:
        """Take a message away; bots are not told."""
        message.deleted = True
        self.watch.notify(message.chat.id)

    def _next_message_id(self, chat: Chat) -> int:
        """Large chats count by themselves; all private chats and groups of an account share one count."""
        chat.last_id = chat.last_id + 1 if chat.is_large else next(self._message_ids)
        return chat.last_id

    def _forward_to_discussion(self, post: Message, group: Chat) -> None:
        content = replace(post.content, link_preview=None)
        post.forwarded_as = self.send(group, SERVICE, content, sender_chat=post.chat, forwarded_from=post)

    # Members

    def seat(self, chat: Chat, member: Member, by: User) -> None:
        """Change someone's place in a chat; the bot learns of its own, and of others' where it is an admin."""
        before = chat.member(member.user)
        chat.members[member.user.id] = member
        own = member.user is self.bot
        if own or chat.member(self.bot).is_admin:
            kind = UpdateType.MY_CHAT_MEMBER if own else UpdateType.CHAT_MEMBER
            self.push(kind, member_update_json(chat, by, before, member, self.now), by, member.user)
        self.watch.notify(chat.id)

    # What reaches the bot

    def push(self, kind: str, payload: Json, *met: User) -> int | None:
        """Queue an update; the users in it are known to the bot from then on."""
        for user in met:
            user.seen = True
        update_id = self.updates.push(kind, payload)
        self.watch.notify()
        return update_id

    def _deliver(self, message: Message, *, edited: bool = False) -> None:
        chat = message.chat
        if message.author is self.bot or not self._reaches_bot(message):
            return
        name = "channel_post" if chat.is_channel else "message"
        self.push(f"edited_{name}" if edited else name, message_json(message), *filter(None, [message.sender]))

    def _reaches_bot(self, message: Message) -> bool:
        """Membership and privacy mode: what of a group's talk the bot is told."""
        chat = message.chat
        if chat.is_private:
            return not chat.blocked
        place_of_bot = chat.member(self.bot)
        if not place_of_bot.present and message.service.get("left_chat_member", {}).get("id") != self.bot.id:
            return False
        if chat.is_channel or place_of_bot.is_admin or not self.privacy or message.service:
            return True
        replied = message.reply_to
        return bool(
            message.via_bot is self.bot or (replied and replied.author is self.bot) or self._names_bot(message.content)
        )

    def _names_bot(self, content: Content) -> bool:
        """A command of the bot's or of nobody's at the start, a command or mention with its name anywhere."""
        name = f"@{self.bot.username}".lower()
        for entity in content.entities:
            words = content.covered(entity).lower()
            command = entity.type == MessageEntityType.BOT_COMMAND
            if (command and words.endswith(name)) or (entity.type == MessageEntityType.MENTION and words == name):
                return True
            if (command and entity.offset == 0 and "@" not in words) or entity.user is self.bot:
                return True
        return False
