"""Follows what happens to chats: where the bot may write, and what a group that became a supergroup is called now."""

from telegram import ChatMember, Message, Update

from bot.chats.places import Places, Reach


async def follow(update: Update, places: Places) -> None:
    """Note what an update tells about its chat."""
    chat, message, change = update.effective_chat, update.effective_message, update.my_chat_member
    if chat is None:
        return
    if change:
        await places.note(chat.id, chat.type, _reach(change.new_chat_member, private=chat.id > 0))
    elif message and message.migrate_to_chat_id:
        await places.move(chat.id, message.migrate_to_chat_id)
    elif message and message.migrate_from_chat_id:
        await places.move(message.migrate_from_chat_id, chat.id)
    elif message and update.callback_query is None and not _is_farewell(message):
        await places.note(chat.id, chat.type, Reach.REACHABLE)


def _is_farewell(message: Message) -> bool:
    """Whether a message tells that the bot itself has gone."""
    gone = message.left_chat_member
    return gone is not None and gone.id == message.get_bot().id


def _reach(member: ChatMember, *, private: bool) -> Reach:
    match member.status:
        case ChatMember.BANNED:
            return Reach.BLOCKED if private else Reach.REMOVED
        case ChatMember.LEFT:
            return Reach.LEFT
        case _:
            return Reach.REACHABLE
