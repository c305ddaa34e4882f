"""What people say in groups and channels is kept, where they let it be, so that it can be summarised."""

import re

from telegram import Message, MessageEntity, MessageOriginChannel, MessageOriginUser, Update
from telegram.constants import ChatType

from bot.faults import passed_over
from bot.telegram.context import Context
from bot.telegram.gatekeeper import is_addressed, person_of
from index.documents import Shared
from index.vietnamese import clean

_LINKS: list[str | None] = [MessageEntity.URL, MessageEntity.TEXT_LINK]
_WEB = ("http://", "https://")
_SCHEME = re.compile(r"[a-z][a-z0-9+-]*:(?!\d)", re.IGNORECASE)
"""What an address begins with that opens something of another kind, unlike a port, as in example.com:8080."""
_BLANK = re.compile("[\u115f\u1160\u2800\u3164\uffa0]")
"""Letters that show nothing, which names are made of that are to look empty."""


async def keep(update: Update, context: Context) -> None:
    """Keep what a new message says, or what an edited one says now.

    Nobody waits for that: where the database fails, that is logged, and the update is answered all the same.
    """
    new, edited = update.message or update.channel_post, update.edited_message or update.edited_channel_post
    with passed_over("what was said is"):
        if new and await _keeps_talk(new, context):
            await _keep_new(new, str(person_of(update) or new.chat.id), context)
        elif edited and await _keeps_talk(edited, context):
            await _keep_edited(edited, context)


async def _keeps_talk(message: Message, context: Context) -> bool:
    """Whether messages are kept of the chat that one was sent in."""
    if message.chat.type == ChatType.PRIVATE or not context.chats.messages.days:
        return False
    return (await context.chats.places.get(message.chat.id)).keeps_talk


async def _keep_new(message: Message, person: str, context: Context) -> None:
    text, shared = _text_of(message), _shared_in(message)
    if not (text or shared) or not await _is_talk(message, text, context):
        return
    await context.chats.messages.keep(
        message.chat.id,
        message.message_id,
        topic=message.message_thread_id if message.is_topic_message else None,
        person=person,
        author=_author_of(message),
        sent=message.date.timestamp(),
        text=text,
        reply_to=_replied_to(message),
        link=_link_to(message),
        shared=shared,
    )


async def _keep_edited(message: Message, context: Context) -> None:
    """Keep what a message says now, in the place of what it said.

    One that was not kept is not kept now: it may be one that its author had erased.
    """
    messages, text, shared = context.chats.messages, _text_of(message), _shared_in(message)
    if (text or shared) and await _is_talk(message, text, context):
        await messages.correct(
            message.chat.id, message.message_id, author=_author_of(message), text=text, shared=shared
        )
    else:
        await messages.remove(message.chat.id, message.message_id)


async def _is_talk(message: Message, text: str, context: Context) -> bool:
    """Whether people say something to each other: no commands, nothing said to the bot, and nothing said by bots.

    Who speaks as a chat (anonymous admins, channels) is to Telegram a bot that speaks as that chat.
    """
    sender, answers = message.from_user, context.chats.answers
    by_bot = sender is not None and sender.is_bot and message.sender_chat is None
    if by_bot or message.via_bot or text.startswith("/") or is_addressed(message, context.me()):
        return False
    match message.forward_origin:
        case MessageOriginUser(sender_user=author) if author.is_bot:
            return False
        case MessageOriginChannel(chat=channel, message_id=number) if await answers.asker(channel.id, number):
            return False  # A post of this bot's, which in the channel's discussion group looks like the channel's own.
    replied = message.reply_to_message
    return not (message.chat.type == ChatType.CHANNEL and replied and await answers.asker(message.chat.id, replied.id))


# --- What is kept of a message ----------------------------------------------------------------------------------------


def _text_of(message: Message) -> str:
    return clean(message.text or message.caption or "").strip()


def _author_of(message: Message) -> str:
    """What people see as the author's name: that of a person or, where somebody speaks as a chat, of the chat.

    Under a channel's posts only the signature is shown, where there is one.
    """
    if message.chat.type == ChatType.CHANNEL:
        name = message.author_signature
    elif message.sender_chat:
        name = message.sender_chat.title
    else:
        name = message.from_user.full_name if message.from_user else None
    return _on_one_line(_BLANK.sub("", name or ""))


def _replied_to(message: Message) -> int | None:
    """The message that one replies to in its chat. Every message of a topic is sent as a reply to what opened it."""
    replied = message.reply_to_message
    if replied is None or replied.chat.id != message.chat.id:
        return None
    opened_topic = message.is_topic_message and replied.id == message.message_thread_id
    return None if opened_topic else replied.id


def _link_to(message: Message) -> str | None:
    """Where a message can be read. The library's links to replies would open a view of the replies alone."""
    link = message.link
    return link if link is None or message.is_topic_message else link.partition("?")[0]


def _shared_in(message: Message) -> tuple[Shared, ...]:
    """The links in a message, each once, and the names of its files."""
    marked = message.parse_entities(_LINKS) if message.text else message.parse_caption_entities(_LINKS)
    links: dict[str, Shared] = {}
    for entity, words in marked.items():
        url = _address(entity.url or words)
        if url and url not in links:
            links[url] = Shared(_on_one_line(words), url)
    files = (None if message.animation else message.document, message.audio, message.video)
    names = [_on_one_line(file.file_name) for file in files if file and file.file_name]
    return *links.values(), *(Shared(name) for name in names)


def _address(written: str) -> str | None:
    """A web address as it can be opened, or ``None`` for what opens something else; Telegram opens bare ones so too."""
    written = written.strip()
    address = written if "://" in written or _SCHEME.match(written) else f"http://{written}"
    return address if address.lower().startswith(_WEB) else None


def _on_one_line(text: str) -> str:
    return " ".join(clean(text).split())
