"""What Telegram keeps: users, chats and their members, messages, files."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from telegram.constants import ChatMemberStatus, ChatType

Json = dict[str, Any]

ADMIN_RIGHTS = (
    "can_manage_chat can_delete_messages can_manage_video_chats can_restrict_members can_promote_members "
    "can_change_info can_invite_users can_post_stories can_edit_stories can_delete_stories can_pin_messages "
    "can_manage_topics can_post_messages can_edit_messages"
).split()
CHANNEL_RIGHTS = {"can_post_messages", "can_edit_messages"}
GROUP_RIGHTS = {"can_pin_messages", "can_manage_topics"}
PRESENT = {ChatMemberStatus.OWNER, ChatMemberStatus.ADMINISTRATOR, ChatMemberStatus.MEMBER, ChatMemberStatus.RESTRICTED}


@dataclass(eq=False)
class User:
    """An account. `seen` once the bot has met it in an update; before that its id means nothing to the bot."""

    id: int
    first_name: str
    last_name: str = ""
    username: str = ""
    language_code: str = ""
    is_bot: bool = False
    seen: bool = False
    deactivated: bool = False


@dataclass(frozen=True)
class Entity:
    """A marked stretch of text. Offset and length in UTF-16 units."""

    type: str
    offset: int
    length: int
    url: str = ""
    language: str = ""
    user: User | None = None
    custom_emoji_id: str = ""

    @property
    def end(self) -> int:
        return self.offset + self.length


@dataclass(frozen=True)
class Content:
    """Text with its entities; the caption, where there is media (`{"document": {...}}`)."""

    text: str = ""
    entities: tuple[Entity, ...] = ()
    media: Json | None = None
    link_preview: Json | None = None

    def covered(self, entity: Entity) -> str:
        """The words an entity stands over."""
        units = self.text.encode("utf-16-le")
        return units[2 * entity.offset : 2 * entity.end].decode("utf-16-le")


@dataclass(frozen=True)
class Version:
    """A message as it was shown for a while."""

    content: Content
    markup: Json | None


@dataclass(eq=False)
class Member:
    """Someone's place in a chat. Who was restricted and is `outside` has left, and is restricted still."""

    user: User
    status: str = ChatMemberStatus.MEMBER
    rights: frozenset[str] = frozenset()
    anonymous: bool = False
    outside: bool = False

    @property
    def present(self) -> bool:
        return self.status in PRESENT and not self.outside

    @property
    def is_admin(self) -> bool:
        return self.status in {ChatMemberStatus.OWNER, ChatMemberStatus.ADMINISTRATOR}

    def may(self, right: str) -> bool:
        """Whether an admin right is held; the owner holds all."""
        return self.status == ChatMemberStatus.OWNER or right in self.rights


@dataclass(eq=False)
class Message:
    """A message with every version it had. `author` is who really wrote it, `sender` whom Telegram shows."""

    id: int
    chat: Chat
    date: int
    author: User
    sender: User | None
    content: Content = field(default_factory=Content)
    sender_chat: Chat | None = None
    markup: Json | None = None
    reply_to: Message | None = None
    quote: str = ""
    thread_id: int | None = None
    is_topic: bool = False
    via_bot: User | None = None
    forwarded_from: Message | None = None
    forwarded_as: Message | None = None
    service: Json = field(default_factory=dict)
    inline_message_id: str = ""
    edit_date: int = 0
    deleted: bool = False
    earlier: list[Version] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The text, or the caption of media."""
        return self.content.text

    @property
    def entities(self) -> tuple[Entity, ...]:
        return self.content.entities

    @property
    def versions(self) -> list[Version]:
        """From the first to the present one."""
        return [*self.earlier, Version(self.content, self.markup)]

    @property
    def by_bot(self) -> bool:
        return self.author.is_bot

    def marked(self, kind: str) -> list[str]:
        """The stretches of text under entities of a kind."""
        return [self.content.covered(entity) for entity in self.entities if entity.type == kind]

    @property
    def links(self) -> dict[str, str]:
        """Anchor text to address."""
        return {self.content.covered(entity): entity.url for entity in self.entities if entity.url}

    @property
    def rows(self) -> list[list[Json]]:
        """The inline keyboard."""
        rows: list[list[Json]] = (self.markup or {}).get("inline_keyboard", [])
        return rows

    @property
    def buttons(self) -> list[Json]:
        """The inline keyboard's buttons, rows joined."""
        return [button for row in self.rows for button in row]

    @property
    def labels(self) -> list[str]:
        return [button["text"] for button in self.buttons]


@dataclass(eq=False)
class Topic:
    """A forum's topic; its id is that of the service message that opened it."""

    id: int
    name: str
    closed: bool = False
    deleted: bool = False


@dataclass(eq=False)
class Chat:
    """A conversation: private, group, supergroup (a forum where it has topics) or channel (posts signed or not)."""

    id: int
    type: str
    title: str = ""
    username: str = ""
    peer: User | None = None
    is_forum: bool = False
    is_signed: bool = False
    members: dict[int, Member] = field(default_factory=dict)
    store: dict[int, Message] = field(default_factory=dict)
    topics: dict[int, Topic] = field(default_factory=dict)
    discussion: Chat | None = None
    discussed: Chat | None = None
    migrated_to: Chat | None = None
    pinned: Message | None = None
    actions: list[str] = field(default_factory=list)
    started: bool = False
    blocked: bool = False
    last_id: int = 0

    @property
    def is_private(self) -> bool:
        return self.type == ChatType.PRIVATE

    @property
    def is_channel(self) -> bool:
        return self.type == ChatType.CHANNEL

    @property
    def is_large(self) -> bool:
        """A supergroup or a channel: message ids of its own, message links, threads."""
        return self.type in {ChatType.SUPERGROUP, ChatType.CHANNEL}

    @property
    def messages(self) -> list[Message]:
        """What is to be seen in it now, oldest first."""
        return [message for message in self.store.values() if not message.deleted]

    @property
    def bot_messages(self) -> list[Message]:
        """What the bot wrote, oldest first."""
        return [message for message in self.messages if message.by_bot and not message.service]

    def topic(self, name: str) -> int:
        """The thread id of a topic."""
        return next(topic.id for topic in self.topics.values() if topic.name == name and not topic.deleted)

    def member(self, user: User) -> Member:
        """Someone's place; those who never came have left."""
        return self.members.get(user.id) or Member(user, ChatMemberStatus.LEFT)


@dataclass(frozen=True)
class StoredFile:
    """A file on Telegram's servers."""

    id: str
    unique_id: str
    path: str
    content: bytes
    name: str
    mime_type: str


def place(chat: Chat, reply_to: Message | None, topic: int | None) -> tuple[int | None, bool]:
    """The thread a new message falls into, and whether that is a topic.

    In a forum a reply stays in the topic of what it replies to. In a supergroup without topics, and in a forum's
    General, a chain of replies is a thread as well, but one that cannot be written to by its id.
    """
    if topic is not None:
        return topic, True
    if reply_to is None or chat.type != ChatType.SUPERGROUP:
        return None, False
    if reply_to.is_topic:
        return reply_to.thread_id, True
    return reply_to.thread_id or reply_to.id, False
