import json

import pytest

from bot.chats import Chats
from bot.telegram.inbox import Inbox
from bot.telegram.receiving import legible, read_update
from tests.bot.telegram.incoming import BOT, message

GOOD = message(2).to_dict()
OLDER = {
    "update_id": 1,
    "message": message(1).to_dict()["message"]
    | {"poll": {"id": "1", "question": "bí mật?", "options": [], "total_voter_count": 0, "is_closed": False}},
}
"""An update with a poll as an older Bot API server gives it: the library wants more of one."""


def response(*updates):
    return json.dumps({"ok": True, "result": updates}).encode()


def test_an_update_that_cannot_be_read_is_empty_and_keeps_back_no_other(caplog):
    body = json.loads(legible(response(OLDER, GOOD)))
    assert body == {"ok": True, "result": [{"update_id": 1}, GOOD]}
    assert caplog.messages == ["update 1 (message) cannot be read: TypeError"]


@pytest.mark.parametrize(
    "body",
    [
        response(GOOD),
        response(),
        b'{"ok": true, "result": true}',
        b'{"ok": false, "error_code": 409, "description": "Conflict"}',
        b"<html>502</html>",
        b"[]",
        b'{"ok": true, "result": [1]}',
    ],
)
def test_anything_else_stays_as_it_came(body):
    assert legible(body) is body


def test_an_update_is_read():
    assert read_update(GOOD, BOT).message.text == "chào"


async def test_one_that_is_open_and_cannot_be_read_any_more_keeps_the_bot_from_nothing(tmp_path):
    async with Chats.open(tmp_path / "chats.sqlite3") as chats:
        for update in (OLDER, GOOD):
            await chats.updates.put(update["update_id"], json.dumps(update))
        inbox = Inbox(chats.updates)
        assert await inbox.reopen(BOT) == 1
        assert inbox.get_nowait().update_id == 2
        assert [one.number for one in await chats.updates.open()] == [1, 2]
