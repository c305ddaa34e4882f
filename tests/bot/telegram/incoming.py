"""Updates as they come, without a Telegram behind them."""

from telegram import Bot, Update

BOT = Bot("1:token")
AN = {"id": 11, "is_bot": False, "first_name": "An"}
BINH = {"id": 12, "is_bot": False, "first_name": "Bình"}


def message(number, chat=11, text="chào", **fields):
    kind = {"id": chat, "type": "private" if chat > 0 else "supergroup", "title": "Nhóm"}
    body = {"message_id": number, "date": 1_760_000_000, "chat": kind, "from": AN, "text": text, **fields}
    return Update.de_json({"update_id": number, "message": body}, BOT)


def inline(number, person):
    query = {"id": "1", "from": person, "query": "nga", "offset": ""}
    return Update.de_json({"update_id": number, "inline_query": query}, BOT)
