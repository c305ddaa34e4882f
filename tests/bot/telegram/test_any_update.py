"""Whatever Telegram may send ends without an error, and with nothing sent that Telegram would not take."""

import itertools
import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from telegram import Update
from telegram.constants import MessageLimit
from telegram.request import BaseRequest

from bot.chats import Chats
from bot.settings import Settings, TelegramSettings
from bot.telegram.application import build_application
from tests.telegram_server.entities import utf16_length
from tests.telegram_server.formatting import format_text
from tests.telegram_server.server import TOKEN

ME = {"id": 7_120_000_001, "is_bot": True, "first_name": "Hỏi tài liệu", "username": "hoi_tai_lieu_bot"}
OWNER = 11
NUMBERS = itertools.count(1)


class AnyTelegram(BaseRequest):
    """Carries out every request, and keeps those that send text."""

    def __init__(self):
        self.sent = []
        self._numbers = itertools.count(1_000_000)

    @property
    def read_timeout(self):
        return 5.0

    async def initialize(self):
        pass

    async def shutdown(self):
        pass

    async def do_request(self, url, method, request_data=None, *_, **__):
        fields = request_data.parameters if request_data else {}
        return 200, json.dumps({"ok": True, "result": self._result(url.rpartition("/")[2], fields)}).encode()

    def _result(self, name, fields):
        match name:
            case "getMe":
                return ME
            case "getChatMember":
                return {"status": "member", "user": {"id": fields["user_id"], "is_bot": False, "first_name": "An"}}
            case "getChat":
                return {"id": fields["chat_id"], "type": "group", "title": "Nhóm"} | FULL_CHAT
            case "sendMessage" | "editMessageText" | "sendPhoto":
                self.sent.append((name, fields))
                number = int(fields["chat_id"])
                chat = {
                    "id": number,
                    "type": "private" if number > 0 else "supergroup",
                    "first_name": "An",
                    "title": "N",
                }
                return {"message_id": next(self._numbers), "date": 1_760_000_000, "chat": chat, "text": "đáp"}
            case "getMyCommands":
                return []
            case _:
                return True


FULL_CHAT = {
    "accent_color_id": 0,
    "max_reaction_count": 1,
    "accepted_gift_types": dict.fromkeys(
        ("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription", "gifts_from_channels"), False
    ),
}

# --- What the Bot API's types allow -----------------------------------------------------------------------------------

WORDS = st.sampled_from(
    """
đất hiếm gồm bao nhiêu nguyên tố? | con nga thi sao | giá vàng | chào bạn | @hoi_tai_lieu_bot đất hiếm | /hoi đất hiếm
| /tomtat | /tomtat 50 | /tomtat hôm qua | /tomtat riêng 2 ngày | /tomtat tài liệu 1 | /tomtat 0 | /tomtat dài | /lich 08:00
| /lich tắt | /luutin bật | /luutin tắt | /ngonngu | /ngonngu en | /riengtu | /xoadulieu | /xoadulieu canhom | /baocao
| /thongke | /tailieu 2 | /tailieu 99999999999999999999 | /tiep | /ngucanh | /start | /start x_y-z | /help@hoi_tai_lieu_bot
| /hoi@bot_khac | / | // | /hỏi | ? | 😀 | \u202ehcáđ | \u200b\u200c\ufeff | <b>&amp;</b> | [x](tg://user?id=1)
""".replace("\n", " ")
    .strip()
    .split(" | ")
)
TEXTS = st.one_of(WORDS, st.text(min_size=1, max_size=300), st.tuples(WORDS, st.text(max_size=60)).map(" ".join))
PEOPLE = st.sampled_from([OWNER, 12, 13]) | st.integers(1, 2**52)
GROUPS = st.sampled_from([-5, -1005]) | st.integers(-(2**52), -1)
DATES = st.integers(1, 2**31 - 1)
SMALL = st.integers(1, 2**31 - 1)
LINKS = st.sampled_from(
    ["https://example.com/a?b=1&c=2", "http://[::1", "javascript:alert(1)", "tg://resolve?domain=x", "x"]
)


def built(required, **optional):
    """An object with what it must have, and some of what it may have."""
    return st.fixed_dictionaries(required, optional=optional)


USERS = built(
    {"id": PEOPLE, "is_bot": st.booleans(), "first_name": st.text(min_size=1, max_size=64)},
    last_name=st.text(max_size=64),
    username=st.sampled_from(["an_nguyen", "hoi_tai_lieu_bot"]),
    language_code=st.sampled_from(["vi", "en", "en-GB", "zh-hans", ""]),
    is_premium=st.just(True),
)
PRIVATE = built({"id": PEOPLE, "type": st.just("private"), "first_name": st.text(min_size=1, max_size=64)})
GROUP = built(
    {"id": GROUPS, "type": st.sampled_from(["group", "supergroup"]), "title": st.text(min_size=1, max_size=128)},
    username=st.just("nhom"),
    is_forum=st.just(True),
)
CHANNEL = built({"id": GROUPS, "type": st.just("channel"), "title": st.text(min_size=1, max_size=128)})
CHATS = PRIVATE | GROUP
PLAIN_ENTITIES = ["mention", "hashtag", "bot_command", "url", "email", "bold", "blockquote", "code", "spoiler"]


@st.composite
def marked(draw):
    """A text with entities over whole characters of it."""
    text = draw(TEXTS)
    marks = []
    for _ in range(draw(st.integers(0, 3))):
        start = draw(st.integers(0, len(text) - 1))
        end = draw(st.integers(start + 1, len(text)))
        place = {"offset": utf16_length(text[:start]), "length": utf16_length(text[start:end])}
        kind = draw(st.sampled_from([*PLAIN_ENTITIES, "text_link", "text_mention", "pre", "custom_emoji"]))
        more = {
            "text_link": {"url": draw(LINKS)},
            "text_mention": {"user": draw(USERS)},
            "pre": {"language": "python"},
            "custom_emoji": {"custom_emoji_id": "1"},
        }
        marks.append({"type": kind, **place, **more.get(kind, {})})
    return text, marks


FILE = {"file_id": "a", "file_unique_id": "b"}
MEDIA = st.sampled_from(
    [
        {"document": FILE | {"file_name": "báo cáo\u202e.exe"}},
        {"document": FILE},
        {"photo": [FILE | {"width": 1, "height": 1}]},
        {"voice": FILE | {"duration": 1}},
        {"video": FILE | {"width": 1, "height": 1, "duration": 1}},
        {"audio": FILE | {"duration": 1}},
        {"animation": FILE | {"width": 1, "height": 1, "duration": 1}, "document": FILE},
        {"video_note": FILE | {"length": 1, "duration": 1}},
        {
            "sticker": FILE
            | dict.fromkeys(("width", "height"), 1)
            | {"is_animated": False, "is_video": False, "type": "regular"}
        },
        {"location": {"latitude": 1.0, "longitude": 1.0}},
        {"contact": {"phone_number": "1", "first_name": "An"}},
        {"dice": {"emoji": "🎲", "value": 3}},
        {
            "poll": {
                "id": "1",
                "question": "?",
                "options": [],
                "total_voter_count": 0,
                "is_closed": False,
                "is_anonymous": True,
                "type": "regular",
                "allows_multiple_answers": False,
                "allows_revoting": True,
                "members_only": False,
            }
        },
    ]
)
SERVICE = st.one_of(
    st.builds(lambda user: {"new_chat_members": [user]}, USERS),
    st.builds(lambda user: {"left_chat_member": user}, USERS),
    st.builds(lambda number: {"migrate_to_chat_id": number}, GROUPS),
    st.builds(lambda number: {"migrate_from_chat_id": number}, GROUPS),
    st.sampled_from(
        [
            {"group_chat_created": True},
            {"delete_chat_photo": True},
            {"new_chat_title": "x"},
            {"forum_topic_created": {"name": "x", "icon_color": 1}},
            {"forum_topic_closed": {}},
            {"message_auto_delete_timer_changed": {"message_auto_delete_time": 1}},
            {"video_chat_started": {}},
            {"write_access_allowed": {}},
        ]
    ),
)
ORIGINS = st.one_of(
    built({"type": st.just("user"), "date": DATES, "sender_user": USERS}),
    built({"type": st.just("hidden_user"), "date": DATES, "sender_user_name": st.text(max_size=64)}),
    built({"type": st.just("chat"), "date": DATES, "sender_chat": GROUP}),
    built({"type": st.just("channel"), "date": DATES, "chat": CHANNEL, "message_id": SMALL}),
)


@st.composite
def contents(draw):
    """What a message holds: text, media with or without a caption, or news of the chat."""
    kind = draw(st.sampled_from(["text", "text", "media", "service"]))
    if kind == "service":
        return draw(SERVICE)
    text, marks = draw(marked())
    if kind == "text":
        return {"text": text, **({"entities": marks} if marks else {})}
    return draw(MEDIA) | draw(st.sampled_from([{}, {"caption": text, "caption_entities": marks}]))


@st.composite
def messages(draw, chats=CHATS, depth=1):
    """A message, and what it replies to."""
    chat = draw(chats)
    rendered = {"message_id": draw(SMALL), "date": draw(DATES), "chat": chat, **draw(contents())}
    optional = {
        "sender_chat": GROUP | CHANNEL,
        "via_bot": st.sampled_from([ME, ME | {"id": 9}]),
        "forward_origin": ORIGINS,
        "is_automatic_forward": st.just(True),
        "message_thread_id": SMALL,
        "media_group_id": st.just("1"),
        "author_signature": st.text(max_size=64),
        "edit_date": DATES,
        "has_protected_content": st.just(True),
    }
    if chat["type"] != "channel":
        rendered["from"] = draw(USERS)
    if chat["type"] == "private":
        rendered["from"] = draw(USERS) | {"id": chat["id"], "is_bot": False}
        del optional["sender_chat"]
    rendered |= draw(st.fixed_dictionaries({}, optional=optional))
    if "message_thread_id" in rendered and draw(st.booleans()):
        rendered["is_topic_message"] = True
    if depth and draw(st.booleans()):
        rendered["reply_to_message"] = draw(messages(st.just(chat), depth=0)) | draw(
            st.sampled_from([{}, {"from": ME}])
        )
        if draw(st.booleans()):
            rendered["quote"] = {"text": draw(TEXTS), "position": 0, "is_manual": draw(st.booleans())}
    return rendered


def members():
    """A place in a chat, of each status."""
    rights = {"can_be_edited": False, "is_anonymous": False} | dict.fromkeys(ADMIN_RIGHTS, True)
    return st.sampled_from(
        [
            {"status": "creator", "is_anonymous": False},
            {"status": "administrator", **rights},
            {"status": "member"},
            {"status": "restricted", "is_member": True, "until_date": 0, **dict.fromkeys(PERMISSIONS, False)},
            {"status": "left"},
            {"status": "kicked", "until_date": 0},
        ]
    ).map(lambda member: member | {"user": ME})


ADMIN_RIGHTS = (
    "can_manage_chat can_delete_messages can_manage_video_chats can_restrict_members can_promote_members can_change_info "
    "can_invite_users can_post_stories can_edit_stories can_delete_stories"
).split()
PERMISSIONS = (
    "can_send_messages can_send_audios can_send_documents can_send_photos can_send_videos can_send_video_notes "
    "can_send_voice_notes can_send_polls can_send_other_messages can_add_web_page_previews can_edit_tag "
    "can_react_to_messages can_change_info can_invite_users can_pin_messages can_manage_topics"
).split()
BUTTONS = st.sampled_from(
    [
        "answer:2",
        "answer:0",
        "wider:1",
        "👍",
        "👎",
        "/tomtat dài",
        "/xoadulieu xacnhan",
        "/ngonngu en",
        "/tailieu 1",
        "",
        "x:",
    ]
) | st.text(min_size=1, max_size=20)
PRESSED = {"id": st.just("1"), "from": USERS, "chat_instance": st.just("1")}
GONE = built({"chat": CHATS | CHANNEL, "message_id": SMALL, "date": st.just(0)})
QUERIES = st.one_of(
    built({**PRESSED, "data": BUTTONS, "message": messages(CHATS | CHANNEL)}),
    built({**PRESSED, "data": BUTTONS, "message": GONE}),
    built({**PRESSED, "data": BUTTONS, "inline_message_id": st.just("a")}),
    built({**PRESSED, "game_short_name": st.just("a")}),
)
OFFSETS = st.sampled_from(["", "5", "-1", "x", "٣", "9" * 30])
INLINE = built(
    {"id": st.just("1"), "from": USERS, "query": TEXTS | st.just(""), "offset": OFFSETS},
    chat_type=st.sampled_from(["sender", "private", "group", "supergroup", "channel"]),
)
PLACES = {"old_chat_member": members(), "new_chat_member": members()}
CHANGES = built({"chat": CHATS | CHANNEL, "from": USERS, "date": DATES, **PLACES})
UPDATES = st.one_of(
    st.builds(lambda value: {"message": value}, messages()),
    st.builds(lambda value: {"edited_message": value}, messages()),
    st.builds(lambda value: {"channel_post": value}, messages(CHANNEL)),
    st.builds(lambda value: {"edited_channel_post": value}, messages(CHANNEL)),
    st.builds(lambda value: {"callback_query": value}, QUERIES),
    st.builds(lambda value: {"inline_query": value}, INLINE),
    st.builds(lambda value: {"my_chat_member": value}, CHANGES),
)


# --- The bot ----------------------------------------------------------------------------------------------------------


@pytest.fixture
async def handled(collection, tmp_path):
    """Handle an update as it comes: what was sent, and what went wrong."""
    telegram, errors = AnyTelegram(), []
    chosen = TelegramSettings(token=TOKEN, base_url="nowhere://bot", questions_per_minute=0, admins=frozenset({OWNER}))

    async def keep(_, library):
        errors.append(library.error)

    async with Chats.open(tmp_path / "chats.sqlite3") as chats:
        application = build_application(Settings(telegram=chosen), collection, chats, request=telegram)
        application.add_error_handler(keep)
        async with application:

            async def handled(update):
                telegram.sent.clear()
                errors.clear()
                body = json.loads(json.dumps({"update_id": next(NUMBERS), **update}))
                read = Update.de_json(body, application.bot)
                assert Update.de_json(json.loads(read.to_json()), application.bot).to_json() == read.to_json()
                await application.process_update(read)
                return list(telegram.sent), list(errors)

            yield handled


@given(UPDATES)
@settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
async def test_any_update_ends_without_an_error_and_with_what_telegram_takes(handled, update):
    sent, errors = await handled(update)
    assert errors == []
    for name, fields in sent:
        longest = MessageLimit.CAPTION_LENGTH if name == "sendPhoto" else MessageLimit.MAX_TEXT_LENGTH
        text = fields.get("caption") or fields["text"]
        read, _ = format_text(text, fields.get("parse_mode", ""), None, lambda _: None)
        assert 0 < utf16_length(read) <= longest
