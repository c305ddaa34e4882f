"""People as a test plays them: they write, press, type, come and go; the bot learns of it as Telegram has it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from telegram.constants import ChatMemberStatus, ChatType, MessageEntityType, UpdateType

from tests.telegram_server.entities import settle, utf16_length
from tests.telegram_server.formatting import format_text
from tests.telegram_server.records import (
    ADMIN_RIGHTS,
    Chat,
    Content,
    Entity,
    Json,
    Member,
    Message,
    User,
)
from tests.telegram_server.rendering import message_json, user_json
from tests.telegram_server.world import ANONYMOUS_ADMIN, FAKE_CHANNEL

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from tests.telegram_server.queries import CallbackAnswer, InlineAnswer, Query
    from tests.telegram_server.world import World


@dataclass(frozen=True)
class Person:
    """Someone with an account. Refuses (ValueError) what their app would not let them do."""

    world: World
    user: User

    @property
    def id(self) -> int:
        return self.user.id

    @property
    def chat(self) -> Chat:
        """Their private chat with the bot."""
        return self.world.chats[self.user.id]

    # Writing

    def write(self, text: str, *, reply_to: Message | None = None) -> Message:
        """Write to the bot in private."""
        return self.send(self.chat, text, reply_to=reply_to)

    def send(
        self,
        chat: Chat,
        text: str,
        *,
        reply_to: Message | None = None,
        quote: str = "",
        thread: int | None = None,
        text_mentions: Mapping[str, User] | None = None,
        text_links: Mapping[str, str] | None = None,
        as_channel: Chat | None = None,
    ) -> Message:
        """Write in a chat; in a channel, post.

        Args:
            chat: where.
            text: commands, mentions, addresses and hashtags in it are marked as the apps do.
            reply_to: the message replied to, and `quote` the part of it that is quoted.
            thread: a topic's id.
            text_mentions: words of the text that mention someone without a name.
            text_links: words of the text that are linked, and to which addresses.
            as_channel: the channel in whose name it is written.
        """
        marks = [_text_mention(text, words, user) for words, user in (text_mentions or {}).items()]
        marks += [_text_link(text, words, url) for words, url in (text_links or {}).items()]
        content = Content(*settle(text, marks))
        return self._put(chat, content, reply_to=reply_to, quote=quote, thread=thread, as_channel=as_channel)

    def send_document(
        self,
        chat: Chat,
        content: bytes,
        name: str,
        *,
        caption: str = "",
        mime_type: str = "application/octet-stream",
        reply_to: Message | None = None,
        thread: int | None = None,
    ) -> Message:
        """Send a file."""
        kept = self.world.keep_file(content, name, mime_type)
        media = {"document": kept | {"file_name": name, "mime_type": mime_type}}
        return self._put(chat, Content(*settle(caption, []), media), reply_to=reply_to, thread=thread)

    def send_audio(self, chat: Chat, name: str, *, caption: str = "") -> Message:
        """Send a piece of music."""
        media = {"audio": self.world.keep_file(b"audio", name, "audio/mpeg") | {"duration": 3, "file_name": name}}
        return self._put(chat, Content(*settle(caption, []), media))

    def send_video(self, chat: Chat, name: str = "", *, caption: str = "") -> Message:
        """Send a video; those that a phone records have no name."""
        shape = {"duration": 3, "width": 800, "height": 600} | ({"file_name": name} if name else {})
        media = {"video": self.world.keep_file(b"video", name or "video.mp4", "video/mp4") | shape}
        return self._put(chat, Content(*settle(caption, []), media))

    def send_animation(self, chat: Chat, name: str = "giphy.mp4", *, caption: str = "") -> Message:
        """Send a moving picture, which to bots is a document too."""
        kept = self.world.keep_file(b"animation", name, "video/mp4") | {"file_name": name}
        media = {"animation": kept | {"duration": 3, "width": 800, "height": 600}, "document": kept}
        return self._put(chat, Content(*settle(caption, []), media))

    def forward(self, message: Message, chat: Chat) -> Message:
        """Forward a message into a chat."""
        return self._put(chat, message.content, forwarded_from=message)

    def send_photo(
        self,
        chat: Chat,
        content: bytes = b"photo",
        *,
        caption: str = "",
        reply_to: Message | None = None,
        thread: int | None = None,
    ) -> Message:
        """Send a photo, kept in one size."""
        kept = self.world.keep_file(content, "photo.jpg", "image/jpeg")
        media = {"photo": [kept | {"width": 800, "height": 600}]}
        return self._put(chat, Content(*settle(caption, []), media), reply_to=reply_to, thread=thread)

    def send_sticker(self, chat: Chat, emoji: str = "👍", *, reply_to: Message | None = None) -> Message:
        """Send a sticker."""
        kept = self.world.keep_file(b"sticker", "sticker.webp", "image/webp")
        shape = {"type": "regular", "width": 512, "height": 512, "is_animated": False, "is_video": False}
        return self._put(chat, Content(media={"sticker": kept | shape | {"emoji": emoji}}), reply_to=reply_to)

    def send_voice(self, chat: Chat, content: bytes = b"voice", *, reply_to: Message | None = None) -> Message:
        """Send a voice message."""
        kept = self.world.keep_file(content, "voice.ogg", "audio/ogg")
        media = {"voice": kept | {"duration": 3, "mime_type": "audio/ogg"}}
        return self._put(chat, Content(media=media), reply_to=reply_to)

    def edit(self, message: Message, text: str) -> None:
        """Change the text or caption of one's own message, or of a channel's post."""
        if message.author is not self.user and not (message.chat.is_channel and self._place(message.chat).is_admin):
            raise ValueError(f"{self.user.first_name} did not write this")
        settled, entities = settle(text, [])
        content = Content(settled, entities, message.content.media)
        self.world.edit(message, content, message.markup, self.user)

    def delete(self, message: Message) -> None:
        """Delete a message."""
        self.world.delete(message)

    # Buttons and inline mode

    def press(self, message: Message, button: str) -> Query[CallbackAnswer]:
        """Press the button with that label, or with that callback data.

        The answer is awaited with `await query.answer()`.
        """
        pressed = [each for each in message.buttons if button in {each["text"], each.get("callback_data")}]
        if not pressed or "callback_data" not in pressed[0]:
            raise ValueError(f"no such callback button, there are {message.labels}")
        return self.press_stale(message, pressed[0]["callback_data"])

    def press_stale(self, message: Message, data: str) -> Query[CallbackAnswer]:
        """Press a button that an app still showed although the message does not have it any more."""
        query = self.world.presses.ask(self.user)
        instance = str(message.chat.id * 7919 % (1 << 62))
        payload: Json = {"id": query.id, "from": user_json(self.user), "chat_instance": instance, "data": data}
        if message.inline_message_id:
            payload["inline_message_id"] = message.inline_message_id
        else:
            payload["message"] = message_json(message)
        self.world.push(UpdateType.CALLBACK_QUERY, payload, self.user)
        return query

    def inline(
        self, text: str, offset: str = "", *, chat_type: str = ChatType.SENDER, language_code: str | None = None
    ) -> Query[InlineAnswer]:
        """Type after the bot's name in some chat. The answer is awaited with `await query.answer()`."""
        if not self.world.inline:
            raise ValueError("inline mode is off")
        query = self.world.inline_queries.ask(self.user, text)
        asker = user_json(self.user) | ({"language_code": language_code} if language_code else {})
        payload = {"id": query.id, "from": asker, "query": text, "offset": offset, "chat_type": str(chat_type)}
        self.world.push(UpdateType.INLINE_QUERY, payload, self.user)
        return query

    async def choose(self, query: Query[InlineAnswer], result_id: str, chat: Chat) -> Message:
        """Send one of the articles offered into a chat."""
        answer = await query.answer()
        result = next(result for result in answer.results if result["id"] == result_id)
        told = result["input_message_content"]
        formatted = format_text(
            told["message_text"], told.get("parse_mode") or "", told.get("entities"), self.world.users.get
        )
        markup = result.get("reply_markup")
        inline_id = f"CAAAA{query.id}{result_id}" if markup else ""
        preview = told.get("link_preview_options")
        message = self._put(
            chat,
            Content(*formatted, link_preview=preview),
            via_bot=self.world.bot,
            markup=markup,
            inline_message_id=inline_id,
        )
        if inline_id:
            self.world.inline_messages[inline_id] = message
        if self.world.inline_feedback:
            chosen = {"result_id": result_id, "from": user_json(self.user), "query": query.text}
            told_id = {"inline_message_id": inline_id} if inline_id else {}
            self.world.push(UpdateType.CHOSEN_INLINE_RESULT, chosen | told_id, self.user)
        return message

    # Coming and going

    def block_bot(self) -> None:
        """Stop the bot in private."""
        self._set_blocked(blocked=True)

    def unblock_bot(self) -> None:
        """Restart the bot in private."""
        self._set_blocked(blocked=False)

    def delete_account(self) -> None:
        """Be gone for good."""
        self.user.deactivated = True

    def join(self, chat: Chat) -> None:
        """Come into a chat."""
        self.world.seat(chat, Member(self.user), self.user)
        self._announce(chat, {"new_chat_members": [user_json(self.user)]})

    def leave(self, chat: Chat) -> None:
        """Go out of a chat."""
        self._announce(chat, {"left_chat_member": user_json(self.user)})
        restricted = self._place(chat).status == ChatMemberStatus.RESTRICTED
        left = ChatMemberStatus.RESTRICTED if restricted else ChatMemberStatus.LEFT
        self.world.seat(chat, Member(self.user, left, outside=restricted), self.user)

    def add_bot(self, chat: Chat, *, rights: Iterable[str] | None = None) -> None:
        """Bring the bot into a chat: as a plain member, or with rights as an admin; channels take admins only."""
        if rights is None and not chat.is_channel:
            self.world.seat(chat, Member(self.world.bot), self.user)
        else:
            self.promote(chat, self.world.bot, rights=rights)
        self._announce(chat, {"new_chat_members": [user_json(self.world.bot)]})

    def remove_bot(self, chat: Chat) -> None:
        """Kick the bot out of a chat."""
        self.world.seat(chat, Member(self.world.bot, ChatMemberStatus.BANNED), self.user)
        self._announce(chat, {"left_chat_member": user_json(self.world.bot)})

    def restrict_bot(self, chat: Chat) -> None:
        """Keep the bot in a supergroup but let it write nothing."""
        self.world.seat(chat, Member(self.world.bot, ChatMemberStatus.RESTRICTED), self.user)

    def restrict(self, chat: Chat, whom: Person) -> None:
        """Let someone stay in a supergroup and read, but not write."""
        self.world.seat(chat, Member(whom.user, ChatMemberStatus.RESTRICTED), self.user)

    def promote(
        self, chat: Chat, whom: Person | User, *, rights: Iterable[str] | None = None, anonymous: bool = False
    ) -> None:
        """Make someone, or `server.bot`, an admin: with all rights or some; anonymous ones write as the group."""
        user = whom.user if isinstance(whom, Person) else whom
        held = frozenset(ADMIN_RIGHTS if rights is None else rights)
        self.world.seat(chat, Member(user, ChatMemberStatus.ADMINISTRATOR, held, anonymous=anonymous), self.user)

    def demote(self, chat: Chat, whom: Person | User) -> None:
        """Make an admin a plain member again."""
        self.world.seat(chat, Member(whom.user if isinstance(whom, Person) else whom), self.user)

    # Chats

    def migrate(self, group: Chat) -> Chat:
        """Turn a group into a supergroup, which has another id."""
        large = self.world.new_chat(ChatType.SUPERGROUP, group.title)
        large.members = dict(group.members)
        self._announce(group, {"migrate_to_chat_id": large.id})
        group.migrated_to = large
        self._announce(large, {"migrate_from_chat_id": group.id})
        return large

    def create_topic(self, chat: Chat, name: str) -> int:
        """Open a topic; gives its thread id."""
        return self.world.open_topic(chat, self.user, name).id

    def close_topic(self, chat: Chat, thread: int) -> None:
        """Close a topic to everybody but admins."""
        chat.topics[thread].closed = True
        self.world.send(chat, self.user, Content(), topic=thread, service={"forum_topic_closed": {}})

    def delete_topic(self, chat: Chat, thread: int) -> None:
        """Delete a topic with all that is in it."""
        chat.topics[thread].deleted = True
        for message in chat.messages:
            if message.thread_id == thread:
                self.world.delete(message)

    def _place(self, chat: Chat) -> Member:
        return chat.member(self.user)

    def _put(
        self,
        chat: Chat,
        content: Content,
        *,
        thread: int | None = None,
        as_channel: Chat | None = None,
        reply_to: Message | None = None,
        quote: str = "",
        via_bot: User | None = None,
        markup: Json | None = None,
        inline_message_id: str = "",
        forwarded_from: Message | None = None,
    ) -> Message:
        self._check_may_write(chat)
        shown: dict[str, User | Chat | None] = {}
        if as_channel:
            shown = {"sender": FAKE_CHANNEL, "sender_chat": as_channel}
        elif self._place(chat).anonymous and not chat.is_channel:
            shown = {"sender": ANONYMOUS_ADMIN, "sender_chat": chat}
        return self.world.send(
            chat,
            self.user,
            content,
            reply_to=reply_to,
            topic=thread,
            quote=quote,
            via_bot=via_bot,
            markup=markup,
            inline_message_id=inline_message_id,
            forwarded_from=forwarded_from,
            **shown,
        )

    def _check_may_write(self, chat: Chat) -> None:
        if chat.is_private:
            if chat.peer is not self.user or chat.blocked:
                raise ValueError("not a private chat of theirs, or they blocked the bot")
            chat.started = True
        elif not self._place(chat).present or (chat.is_channel and not self._place(chat).is_admin):
            raise ValueError(f"{self.user.first_name} may not write in {chat.title}")

    def _announce(self, chat: Chat, service: Json) -> None:
        if not chat.is_channel:
            self.world.send(chat, self.user, Content(), service=service)

    def _set_blocked(self, *, blocked: bool) -> None:
        self.chat.blocked = blocked
        own = Member(self.world.bot, ChatMemberStatus.BANNED if blocked else ChatMemberStatus.MEMBER)
        self.world.seat(self.chat, own, self.user)


def _text_mention(text: str, words: str, user: User) -> Entity:
    start = text.index(words)
    return Entity(MessageEntityType.TEXT_MENTION, utf16_length(text[:start]), utf16_length(words), user=user)


def _text_link(text: str, words: str, url: str) -> Entity:
    start = text.index(words)
    return Entity(MessageEntityType.TEXT_LINK, utf16_length(text[:start]), utf16_length(words), url=url)
