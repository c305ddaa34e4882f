"""The Bot API server that the bot's tests talk to: what it grants and refuses, and what it tells the bot."""

import asyncio
import json
import ssl
from datetime import timedelta
from types import SimpleNamespace

import httpx
import pytest
from telegram import (
    Bot,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InlineQueryResultArticle,
    InputTextMessageContent,
    LinkPreviewOptions,
    MessageEntity,
    ReplyParameters,
    Update,
)
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
)
from telegram.ext import Application, CallbackQueryHandler, InlineQueryHandler, MessageHandler, filters
from telegram.request import HTTPXRequest
from tornado.httpserver import HTTPServer
from tornado.httputil import HTTPHeaders, HTTPServerRequest, ResponseStartLine

from tests.telegram_server.server import TelegramServer
from tests.telegram_server.thread import server_in_thread


@pytest.fixture
async def server():
    async with TelegramServer() as server:
        yield server


def request(**settings):
    """How a bot's requests are made here: loading no certificates, which takes long and on loopback serves nobody."""
    return HTTPXRequest(httpx_kwargs={"verify": NO_CERTIFICATES}, **settings)


def make_bot(server, token=None):
    return Bot(
        token or server.token,
        base_url=server.base_url,
        base_file_url=server.base_file_url,
        request=request(connection_pool_size=8),
        get_updates_request=request(),
    )


@pytest.fixture
async def bot(server):
    async with make_bot(server) as bot:
        yield bot


@pytest.fixture
async def call(server):
    """Make a raw request; gives the status and the description or result."""
    async with httpx.AsyncClient(verify=NO_CERTIFICATES) as client:

        async def call(method, **fields):
            values = {name: v if isinstance(v, str | int) else json.dumps(v) for name, v in fields.items()}
            response = await client.post(f"{server.base_url}{server.token}/{method}", data=values)
            answer = response.json()
            return response.status_code, answer["result"] if answer["ok"] else answer["description"]

        call.client = client
        yield call


@pytest.fixture
def an(server):
    """Someone who has written to the bot."""
    person = server.user("An", last_name="Trần", username="antran")
    person.write("/start")
    server.world.updates.clear()
    return person


def updates_of(server):
    return [update for _, update in server.world.updates.pending]


def kinds_of(server):
    return [next(name for name in update if name != "update_id") for update in updates_of(server)]


NO_CERTIFICATES = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
HEADER_VALUE = "bi-mat"
KEYBOARD = InlineKeyboardMarkup([[InlineKeyboardButton("Tiếp", callback_data="next:2")]])


class TestAddress:
    async def test_the_bot_learns_who_it_is(self, server, bot):
        assert (bot.id, bot.username) == (server.bot.id, "hoi_tai_lieu_bot")
        assert (await bot.get_me()).can_read_all_group_messages is False

    async def test_another_token_is_unauthorized(self, server):
        bot = make_bot(server, f"1:{'A' * 35}")
        async with bot.request:
            with pytest.raises(InvalidToken, match="Unauthorized"):
                await bot.get_me()

    async def test_a_token_of_another_shape_is_not_found(self, server, call):
        response = await call.client.get(f"{server.base_url}rubbish/getMe")
        assert (response.status_code, response.json()["description"]) == (404, "Not Found")

    async def test_an_unknown_method_is_not_found(self, call):
        assert await call("sendMesage") == (404, "Not Found: method not found")

    async def test_a_method_telegram_has_and_the_server_has_not_is_told_apart(self, server, call):
        status, _ = await call("sendPoll")
        assert status == 501
        assert server.refusals

    async def test_method_names_are_taken_in_any_case(self, call):
        assert (await call("getme"))[0] == 200

    @pytest.mark.parametrize("encoding", ["form", "json", "multipart", "address"])
    async def test_all_encodings_say_the_same(self, server, call, an, encoding):
        url = f"{server.base_url}{server.token}/sendMessage"
        fields = {"chat_id": an.id, "text": "chào", "reply_markup": KEYBOARD.to_dict()}
        texts = {name: v if isinstance(v, str | int) else json.dumps(v) for name, v in fields.items()}
        request = {
            "form": {"data": texts},
            "json": {"json": fields},
            "multipart": {"files": {name: (None, str(value)) for name, value in texts.items()}},
            "address": {"params": texts},
        }[encoding]
        response = await call.client.post(url, **request)
        assert response.status_code == 200
        [message] = an.chat.bot_messages
        assert (message.text, message.labels) == ("chào", ["Tiếp"])

    async def test_a_broken_body_is_refused(self, server, call):
        response = await call.client.post(
            f"{server.base_url}{server.token}/getMe", content=b"{", headers={"Content-Type": "application/json"}
        )
        assert response.status_code == 400

    async def test_after_logging_out_nothing_works(self, call):
        assert await call("logOut") == (200, True)
        assert await call("getMe") == (400, "Logged out")


class TestPolling:
    async def test_an_update_stays_until_a_higher_offset_is_asked_for(self, bot, an):
        an.write("một")
        [first] = await bot.get_updates()
        [again] = await bot.get_updates()
        assert first == again
        assert await bot.get_updates(offset=first.update_id + 1) == ()

    async def test_a_poll_waits_for_what_comes(self, server, bot, an):
        poll = asyncio.create_task(bot.get_updates(timeout=20))
        await server.wait_for(lambda: server.calls("getUpdates"))
        an.write("chào bạn")
        [update] = await poll
        assert update.message.text == "chào bạn"

    async def test_no_more_come_than_asked_for(self, bot, an):
        for text in "abc":
            an.write(text)
        assert [update.message.text for update in await bot.get_updates(limit=2)] == ["a", "b"]

    async def test_a_negative_offset_counts_from_the_end(self, bot, an):
        for text in "abc":
            an.write(text)
        assert [update.message.text for update in await bot.get_updates(offset=-1)] == ["c"]

    async def test_a_second_poll_ends_the_first(self, server, bot, an):
        first = asyncio.create_task(bot.get_updates(timeout=20))
        await server.wait_for(lambda: server.calls("getUpdates"))
        async with make_bot(server) as other:
            second = asyncio.create_task(other.get_updates(timeout=20))
            with pytest.raises(Conflict, match="only one bot instance"):
                await first
            an.write("chào")
            assert len(await second) == 1
        assert [request.method for request in server.refusals] == ["getUpdates"]

    async def test_a_poll_hung_up_on_is_nobodys_conflict(self, server, bot, an):
        first = asyncio.create_task(bot.get_updates(timeout=20))
        await server.wait_for(lambda: server.calls("getUpdates"))
        first.cancel()
        await server.called("getUpdates")
        an.write("còn đó")
        [update] = await bot.get_updates(timeout=20)
        assert update.message.text == "còn đó"
        assert not server.refusals

    async def test_kinds_not_asked_for_never_come(self, server, call, an):
        await call("getUpdates", allowed_updates=["callback_query"])
        an.write("không ai nghe")
        assert not updates_of(server)
        await call("getUpdates")
        an.write("vẫn không ai nghe")
        assert not updates_of(server)
        await call("getUpdates", allowed_updates=[])
        an.write("nghe rồi")
        assert kinds_of(server) == ["message"]

    async def test_it_can_be_waited_for_until_all_is_taken(self, server, bot, an):
        an.write("một")
        [update] = await bot.get_updates()
        await asyncio.gather(server.acknowledged(), bot.get_updates(offset=update.update_id + 1))


class TestWebhook:
    @pytest.fixture
    async def endpoint(self):
        """What a bot's own server would be: gives its address, keeps what came, answers as told."""
        got, statuses = [], []
        changed = asyncio.Event()

        def receive(request: HTTPServerRequest):
            got.append(request)
            changed.set()
            status = statuses.pop() if statuses else 200
            start = ResponseStartLine("HTTP/1.1", status, "")
            request.connection.write_headers(start, HTTPHeaders({"Content-Length": "0"}))
            request.connection.finish()

        http = HTTPServer(receive)
        http.listen(0, "127.0.0.1")
        port = next(iter(http._sockets.values())).getsockname()[1]
        yield SimpleNamespace(port=port, got=got, statuses=statuses)
        http.stop()
        await http.close_all_connections()

    async def test_updates_are_sent_with_the_secret(self, server, bot, an, endpoint):
        await bot.set_webhook(f"http://127.0.0.1:{endpoint.port}/hook", secret_token=HEADER_VALUE)
        an.write("một")
        an.write("hai")
        await server.acknowledged()
        bodies = [json.loads(request.body) for request in endpoint.got]
        assert [body["message"]["text"] for body in bodies] == ["một", "hai"]
        assert {request.headers["X-Telegram-Bot-Api-Secret-Token"] for request in endpoint.got} == {HEADER_VALUE}

    async def test_what_was_not_taken_is_sent_again(self, server, bot, an, endpoint):
        endpoint.statuses[:] = [500]
        server.webhook.retry_delay = 0
        await bot.set_webhook(f"http://127.0.0.1:{endpoint.port}/hook")
        an.write("một")
        await server.acknowledged()
        assert len(endpoint.got) == 2
        assert "500" in (await bot.get_webhook_info()).last_error_message

    async def test_a_public_address_can_lead_here(self, server, bot, an, endpoint):
        server.webhook.routes["https://bot.example.vn"] = f"http://127.0.0.1:{endpoint.port}"
        await bot.set_webhook("https://bot.example.vn/hook")
        an.write("một")
        await server.acknowledged()
        assert [request.path for request in endpoint.got] == ["/hook"]

    async def test_it_shuts_out_polling_until_deleted(self, server, bot, an):
        await bot.set_webhook("https://bot.example.vn/hook")
        with pytest.raises(Conflict, match="webhook is active"):
            await bot.get_updates()
        await bot.delete_webhook(drop_pending_updates=True)
        assert await bot.get_updates() == ()

    @pytest.mark.parametrize(
        ("fields", "refusal"),
        [
            ({"url": "http://bot.example.vn"}, "bad webhook: An HTTPS URL must be provided for webhook"),
            (
                {"url": "https://bot.example.vn:5000"},
                "bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443",
            ),
            ({"url": "https://"}, "invalid webhook URL specified"),
            (
                {"url": "https://bot.example.vn", "secret_token": "có dấu"},
                "secret token contains unallowed characters",
            ),
            ({"url": "https://bot.example.vn", "secret_token": "a" * 257}, "secret token is too long"),
        ],
    )
    async def test_bad_ones_are_refused(self, call, fields, refusal):
        assert await call("setWebhook", **fields) == (400, f"Bad Request: {refusal}")


class TestText:
    @pytest.mark.parametrize(
        ("html", "text", "marks"),
        [
            ("<b>Nga</b> và <strong>Mỹ</strong>", "Nga và Mỹ", [("bold", 0, 3), ("bold", 7, 2)]),
            ("<i>a</i><em>b</em>", "ab", [("italic", 0, 1), ("italic", 1, 1)]),
            ("<u>a</u><ins>b</ins>", "ab", [("underline", 0, 1), ("underline", 1, 1)]),
            ("<s>a</s><strike>b</strike><del>c</del>", "abc", [("strikethrough", n, 1) for n in range(3)]),
            ("<tg-spoiler>a</tg-spoiler>", "a", [("spoiler", 0, 1)]),
            ('<span class="tg-spoiler">a</span>', "a", [("spoiler", 0, 1)]),
            ("😀<b>chào</b>", "😀chào", [("bold", 2, 4)]),
            ("a &lt;b&gt; &amp; &quot;c&quot; &#273;&#x1F600;", 'a <b> & "c" đ😀', []),
            ("AT&T &nbsp; &ltd", "AT&T &nbsp; &ltd", []),
            ("<blockquote>a</blockquote>", "a", [("blockquote", 0, 1)]),
            (
                "<blockquote expandable>a <b>b</b></blockquote>",
                "a b",
                [("expandable_blockquote", 0, 3), ("bold", 2, 1)],
            ),
            ("<blockquote>a<blockquote>b</blockquote></blockquote>", "ab", [("blockquote", 0, 2)]),
            ('<pre><code class="language-python">x = 1</code></pre>', "x = 1", [("pre", 0, 5)]),
            ("<b>a <code>b</code> c</b>", "a b c", [("bold", 0, 2), ("code", 2, 1), ("bold", 3, 2)]),
            ("<B CLASS=x>a</b\n>", "a", [("bold", 0, 1)]),
            ("  <b> a</b> ", "a", [("bold", 0, 1)]),
            ("a<b></b>", "a", []),
            ("<b>a</>", "a", [("bold", 0, 1)]),
            ('<tg-emoji emoji-id="5368324170671202286">👍</tg-emoji>', "👍", [("custom_emoji", 0, 2)]),
            (
                "gõ /hoi@hoi_tai_lieu_bot ở vnexpress.net hay @antran #dat_hiem",
                "gõ /hoi@hoi_tai_lieu_bot ở vnexpress.net hay @antran #dat_hiem",
                [("bot_command", 3, 21), ("url", 27, 13), ("mention", 45, 7), ("hashtag", 53, 9)],
            ),
            ("<code>/hoi</code> 24/7 a@b.vn", "/hoi 24/7 a@b.vn", [("code", 0, 4), ("email", 10, 6)]),
        ],
    )
    async def test_html_becomes_entities(self, bot, an, html, text, marks):
        message = await bot.send_message(an.id, html, parse_mode="HTML")
        assert message.text == text
        assert [(entity.type, entity.offset, entity.length) for entity in message.entities] == marks

    @pytest.mark.parametrize(
        ("html", "complaint"),
        [
            ("<b>a", 'Can\'t find end tag corresponding to start tag "b"'),
            ("<b>a</i>", 'Unmatched end tag at byte offset 4, expected "</b>", found "</i>"'),
            ("<b><i>a</b></i>", 'Unmatched end tag at byte offset 7, expected "</i>", found "</b>"'),
            ("ờ</b>", "Unexpected end tag at byte offset 3"),
            ("a<br>b", 'Unsupported start tag "br" at byte offset 1'),
            ("<p>a</p>", 'Unsupported start tag "p" at byte offset 0'),
            ("3 < 5", 'Unsupported start tag "" at byte offset 2'),
            ("tôi <3", "Unclosed start tag at byte offset 5"),
            ('<a href="x', "Unclosed start tag at byte offset 0"),
            ("<a =x>a</a>", 'Empty attribute name in the tag "a" at byte offset 0'),
            ("<a href=x/y>a</a>", "Unexpected end of name token at byte offset 8"),
            ("<b>a</b", "Unclosed end tag at byte offset 4"),
            ("<span>a</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
            ('<tg-emoji emoji-id="x">👍</tg-emoji>', "Invalid custom emoji identifier specified"),
        ],
    )
    async def test_bad_html_is_refused(self, server, call, an, html, complaint):
        refused = await call("sendMessage", chat_id=an.id, text=html, parse_mode="HTML")
        assert refused == (400, f"Bad Request: can't parse entities: {complaint}")
        assert len(server.refusals) == 1
        assert not an.chat.bot_messages

    async def test_links_are_kept_where_they_are_good(self, bot, an):
        html = (
            '<a href="https://vnexpress.net/tin?a=1&amp;b=2">tin</a> <a href="vnexpress.net">báo</a> '
            f'<a href="hỏng">hỏng</a> <a href="tg://user?id={an.id}">An</a> <a href="tg://user?id=1">ai</a>'
        )
        await bot.send_message(an.id, html, parse_mode="HTML")
        [message] = an.chat.bot_messages
        assert message.links == {"tin": "https://vnexpress.net/tin?a=1&b=2", "báo": "http://vnexpress.net/"}
        assert message.marked("text_mention") == ["An"]

    async def test_entities_may_be_given_instead(self, bot, an):
        message = await bot.send_message(an.id, "đậm", entities=[MessageEntity("bold", 0, 3)])
        assert message.parse_entities() == {message.entities[0]: "đậm"}
        with pytest.raises(BadRequest, match="ends after the end of the text"):
            await bot.send_message(an.id, "đậm", entities=[MessageEntity("bold", 0, 9)])

    @pytest.mark.parametrize(
        ("text", "mode", "refusal"),
        [
            ("", "", "message text is empty"),
            (" \n ", "", "message text is empty"),
            ("<b></b>", "HTML", "message text is empty"),
            ("a" * 4097, "", "message is too long"),
            ("😀" * 2049, "", "message is too long"),
            ("ờ" * 11_000, "", "text is too long"),
            ("a", "XML", "unsupported parse_mode"),
        ],
    )
    async def test_length_and_mode_are_checked(self, call, an, text, mode, refusal):
        fields = {"chat_id": an.id, "text": text, "parse_mode": mode}
        assert await call("sendMessage", **fields) == (400, f"Bad Request: {refusal}")

    @pytest.mark.parametrize("text", ["<b>" + "a" * 4096 + "</b>", "😀" * 2048, "&lt;" * 4096])
    async def test_only_what_is_left_after_parsing_counts(self, bot, an, text):
        await bot.send_message(an.id, text, parse_mode="HTML")
        assert an.chat.bot_messages

    async def test_no_more_than_a_hundred_entities_stay(self, bot, an):
        message = await bot.send_message(an.id, "<b>a</b> " * 120, parse_mode="HTML")
        assert len(message.entities) == 100

    async def test_markdown_is_not_covered_and_says_so(self, call, an):
        assert (await call("sendMessage", chat_id=an.id, text="*a*", parse_mode="MarkdownV2"))[0] == 501

    async def test_the_link_preview_wanted_is_kept(self, bot, an):
        await bot.send_message(an.id, "vnexpress.net", link_preview_options=LinkPreviewOptions(is_disabled=True))
        assert an.chat.bot_messages[0].content.link_preview == {"is_disabled": True}


class TestKeyboards:
    @pytest.mark.parametrize(
        ("markup", "refusal"),
        [
            ([[{"text": "a", "callback_data": "ờ" * 22}]], "BUTTON_DATA_INVALID"),
            (
                [[{"text": "a", "callback_data": ""}]],
                "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
            ),
            ([[{"callback_data": "a"}]], "can't parse inline keyboard button: can't find field \"text\""),
            ([[{"text": " ", "callback_data": "a"}]], "inline keyboard button text must be non-empty"),
            (["a"], 'field "inline_keyboard" of the InlineKeyboardMarkup must be an Array of Arrays'),
            ([["a"]], "can't parse inline keyboard button: InlineKeyboardButton must be an Object"),
            ([[{"text": "a", "url": "hỏng"}]], "inline keyboard button URL 'hỏng' is invalid: Wrong HTTP URL"),
            ([[{"text": "a", "callback_data": "a"}] * 9], "reply markup is too long"),
            ([[{"text": "a", "callback_data": "a"}]] * 101, "reply markup is too long"),
            ([[{"text": "a", "copy_text": {"text": "a" * 257}}]], "BUTTON_COPY_TEXT_INVALID"),
        ],
    )
    async def test_bad_ones_are_refused(self, call, an, markup, refusal):
        fields = {"chat_id": an.id, "text": "a", "reply_markup": {"inline_keyboard": markup}}
        assert await call("sendMessage", **fields) == (400, f"Bad Request: {refusal}")

    async def test_64_bytes_of_data_pass(self, bot, an):
        buttons = [[InlineKeyboardButton("a", callback_data="ờ" * 21 + "a")]]
        await bot.send_message(an.id, "a", reply_markup=InlineKeyboardMarkup(buttons))

    async def test_an_edit_takes_inline_keyboards_only(self, bot, call, an):
        message = await bot.send_message(an.id, "a")
        refused = await call(
            "editMessageReplyMarkup", chat_id=an.id, message_id=message.id, reply_markup={"force_reply": True}
        )
        assert refused == (400, "Bad Request: inline keyboard expected")


class TestEditing:
    async def test_every_version_is_kept(self, server, bot, an):
        sent = await bot.send_message(an.id, "một", reply_markup=KEYBOARD)
        edited = await bot.edit_message_text("<b>hai</b>", an.id, sent.id, parse_mode="HTML")
        assert edited.edit_date
        message = await server.edited(an.chat.bot_messages[0])
        assert [version.content.text for version in message.versions] == ["một", "hai"]
        assert [bool(version.markup) for version in message.versions] == [True, False]

    async def test_the_same_again_is_refused(self, bot, an):
        sent = await bot.send_message(an.id, "<b>một</b>", parse_mode="HTML", reply_markup=KEYBOARD)
        with pytest.raises(BadRequest, match="Message is not modified: specified new message content"):
            await bot.edit_message_text("<b>một</b>", an.id, sent.id, parse_mode="HTML", reply_markup=KEYBOARD)
        await bot.edit_message_text("một", an.id, sent.id, reply_markup=KEYBOARD)
        await bot.edit_message_reply_markup(an.id, sent.id)
        with pytest.raises(BadRequest, match="Message is not modified"):
            await bot.edit_message_reply_markup(an.id, sent.id)

    async def test_a_text_too_long_is_refused_in_other_words(self, bot, call, an):
        sent = await bot.send_message(an.id, "một")
        refused = await call("editMessageText", chat_id=an.id, message_id=sent.id, text="a" * 4097)
        assert refused == (400, "Bad Request: MESSAGE_TOO_LONG")

    async def test_only_its_own_messages_can_be_edited(self, call, an):
        question = an.write("một")
        refused = await call("editMessageText", chat_id=an.id, message_id=question.id, text="hai")
        assert refused == (400, "Bad Request: message can't be edited")

    async def test_what_is_not_there_cannot_be_edited(self, server, bot, call, an):
        edit = {"chat_id": an.id, "message_id": 999, "text": "hai"}
        assert await call("editMessageText", **edit) == (400, "Bad Request: message to edit not found")
        assert len(server.refusals) == 1
        sent = await bot.send_message(an.id, "một")
        an.delete(an.chat.bot_messages[0])
        assert (await call("editMessageText", **edit | {"message_id": sent.id}))[0] == 400
        assert len(server.refusals) == 1, "that someone deleted it was no mistake of the bot's"

    async def test_a_file_has_no_text_to_edit(self, bot, an):
        sent = await bot.send_document(an.id, b"a", filename="a.txt")
        with pytest.raises(BadRequest, match="There is no text in the message to edit"):
            await bot.edit_message_text("hai", an.id, sent.id)

    async def test_its_own_messages_can_be_deleted(self, bot, call, an):
        sent = await bot.send_message(an.id, "một")
        assert await bot.delete_message(an.id, sent.id)
        assert not an.chat.bot_messages
        refused = await call("deleteMessage", chat_id=an.id, message_id=sent.id)
        assert refused == (400, "Bad Request: message to delete not found")

    async def test_those_of_others_only_with_the_right(self, server, call, an):
        group = server.supergroup("Nhóm", owner=an)
        message = an.send(group, "một")
        delete = {"chat_id": group.id, "message_id": message.id}
        assert await call("deleteMessage", **delete) == (400, "Bad Request: message can't be deleted")
        an.promote(group, server.bot, rights=["can_delete_messages"])
        assert await call("deleteMessage", **delete) == (200, True)


class TestReplies:
    async def test_a_reply_shows_what_it_answers(self, bot, an):
        question = an.write("trữ lượng đất hiếm của Nga")
        parameters = ReplyParameters(question.id, quote="đất hiếm")
        answer = await bot.send_message(an.id, "3,8 triệu tấn", reply_parameters=parameters)
        assert answer.reply_to_message.text == question.text
        assert (answer.quote.text, answer.quote.position) == ("đất hiếm", 10)
        assert an.chat.bot_messages[0].reply_to is question

    async def test_what_is_not_there_cannot_be_replied_to(self, bot, call, an):
        refused = await call("sendMessage", chat_id=an.id, text="a", reply_parameters={"message_id": 999})
        assert refused == (400, "Bad Request: message to be replied not found")
        loose = ReplyParameters(999, allow_sending_without_reply=True)
        assert (await bot.send_message(an.id, "a", reply_parameters=loose)).reply_to_message is None

    async def test_a_quote_must_be_a_part_of_it(self, call, an):
        question = an.write("một")
        parameters = {"message_id": question.id, "quote": "hai"}
        refused = await call("sendMessage", chat_id=an.id, text="a", reply_parameters=parameters)
        assert refused == (400, "Bad Request: QUOTE_TEXT_INVALID")


class TestTopics:
    @pytest.fixture
    def forum(self, server, an):
        return server.supergroup("Diễn đàn", owner=an, topics=["Đất hiếm", "Khác"], bot="administrator")

    async def test_messages_carry_their_topic(self, server, bot, an, forum):
        thread = forum.topic("Đất hiếm")
        an.send(forum, "chào", thread=thread)
        [update] = await bot.get_updates()
        assert (update.message.message_thread_id, update.message.is_topic_message) == (thread, True)
        assert update.message.reply_to_message.forum_topic_created.name == "Đất hiếm"
        await bot.send_message(forum.id, "đây", message_thread_id=thread)
        assert [message.thread_id for message in forum.bot_messages] == [thread]

    async def test_a_reply_stays_in_the_topic(self, bot, an, forum):
        question = an.send(forum, "chào", thread=forum.topic("Khác"))
        await bot.send_message(forum.id, "đây", reply_parameters=ReplyParameters(question.id))
        assert forum.bot_messages[0].thread_id == forum.topic("Khác")

    async def test_an_unknown_topic_is_refused_and_the_general_one_has_no_number(self, call, an, forum):
        for thread in (1, 999):
            refused = await call("sendMessage", chat_id=forum.id, text="a", message_thread_id=thread)
            assert refused == (400, "Bad Request: message thread not found")

    async def test_chains_of_replies_are_threads_that_cannot_be_written_to(self, server, bot, call, an):
        group = server.supergroup("Nhóm", owner=an, bot="administrator")
        first = an.send(group, "một")
        an.send(group, "hai", reply_to=first)
        update = (await bot.get_updates())[-1]
        assert (update.message.message_thread_id, update.message.is_topic_message) == (first.id, None)
        refused = await call("sendMessage", chat_id=group.id, text="a", message_thread_id=first.id)
        assert refused == (400, "Bad Request: message thread not found")

    async def test_a_closed_topic_is_for_admins(self, server, call, an, forum):
        thread = forum.topic("Khác")
        an.close_topic(forum, thread)
        send = {"chat_id": forum.id, "text": "a", "message_thread_id": thread}
        assert (await call("sendMessage", **send))[0] == 200
        an.demote(forum, server.bot)
        assert await call("sendMessage", **send) == (400, "Bad Request: TOPIC_CLOSED")
        an.delete_topic(forum, thread)
        assert await call("sendMessage", **send) == (400, "Bad Request: message thread not found")
        assert not server.refusals


class TestChats:
    async def test_a_person_must_have_written_first(self, server, bot):
        stranger = server.user("Bình")
        with pytest.raises(BadRequest, match="Chat not found"):
            await bot.send_message(stranger.id, "chào")
        group = server.group("Nhóm", owner=stranger)
        stranger.send(group, "/start")
        with pytest.raises(Forbidden, match="bot can't initiate conversation with a user"):
            await bot.send_message(stranger.id, "chào")
        stranger.write("/start")
        await bot.send_message(stranger.id, "chào")

    async def test_who_blocked_it_gets_nothing(self, server, bot, an):
        an.block_bot()
        with pytest.raises(Forbidden, match="bot was blocked by the user"):
            await bot.send_message(an.id, "chào")
        an.unblock_bot()
        await bot.send_message(an.id, "chào")
        changes = [update.my_chat_member for update in await bot.get_updates()]
        assert [change.new_chat_member.status for change in changes] == ["kicked", "member"]
        assert not server.refusals

    async def test_who_is_gone_gets_nothing(self, bot, an):
        an.delete_account()
        with pytest.raises(Forbidden, match="user is deactivated"):
            await bot.send_message(an.id, "chào")

    @pytest.mark.parametrize("chat_id", ["", "0", "rác", "-100123", "@khong_co"])
    async def test_an_unknown_chat_is_not_found(self, call, chat_id):
        status, refusal = await call("sendMessage", chat_id=chat_id, text="a")
        assert status == 400
        assert refusal == f"Bad Request: {'chat not found' if chat_id else 'chat_id is empty'}"

    async def test_out_of_a_group_it_can_do_nothing(self, server, bot, an):
        group = server.group("Nhóm", owner=an)
        an.remove_bot(group)
        with pytest.raises(Forbidden, match="bot was kicked from the group chat"):
            await bot.send_message(group.id, "a")
        large = server.supergroup("Nhóm lớn", owner=an)
        await bot.leave_chat(large.id)
        with pytest.raises(Forbidden, match="bot is not a member of the supergroup chat"):
            await bot.send_message(large.id, "a")
        assert kinds_of(server) == ["my_chat_member", "message", "my_chat_member"]

    async def test_writing_takes_the_right_to(self, server, call, an):
        channel = server.channel("Kênh", owner=an, bot=None)
        an.add_bot(channel, rights=["can_edit_messages"])
        refused = await call("sendMessage", chat_id=channel.id, text="a")
        assert refused == (400, "Bad Request: need administrator rights in the channel chat")
        group = server.supergroup("Nhóm", owner=an)
        an.restrict_bot(group)
        refused = await call("sendMessage", chat_id=group.id, text="a")
        assert refused == (400, "Bad Request: not enough rights to send text messages to the chat")

    async def test_a_migrated_group_tells_its_new_id(self, server, bot, an):
        group = server.group("Nhóm", owner=an)
        large = an.migrate(group)
        with pytest.raises(ChatMigrated) as told:
            await bot.send_message(group.id, "a")
        assert told.value.new_chat_id == large.id
        left, come = [update.message for update in await bot.get_updates()]
        assert (left.chat_id, left.migrate_to_chat_id) == (group.id, large.id)
        assert (come.chat_id, come.migrate_from_chat_id) == (large.id, group.id)
        await bot.send_message(large.id, "a")
        assert not server.refusals

    async def test_chats_and_members_can_be_looked_up(self, server, bot, an):
        binh = server.user("Bình")
        group = server.supergroup("Nhóm", owner=an, members=[binh], username="nhom_hoc")
        binh.send(group, "/start")
        assert (await bot.get_chat("@nhom_hoc")).id == group.id
        assert (await bot.get_chat(an.id)).full_name == "An Trần"
        statuses = [(await bot.get_chat_member(group.id, user)).status for user in (an.id, binh.id, server.bot.id)]
        assert statuses == ["creator", "member", "member"]
        an.promote(group, binh)
        admins = await bot.get_chat_administrators(group.id)
        assert {admin.user.id for admin in admins} == {an.id, binh.id}
        assert await bot.get_chat_member_count(group.id) == 3

    async def test_members_nobody_met_or_nobody_may_see_are_refused(self, server, call, an):
        channel = server.channel("Kênh", owner=an, bot="member")
        refused = await call("getChatMember", chat_id=channel.id, user_id=an.id)
        assert refused == (400, "Bad Request: member list is inaccessible")
        group = server.group("Nhóm", owner=an)
        assert await call("getChatMember", chat_id=group.id, user_id=12) == (400, "Bad Request: user not found")
        refused = await call("getChatAdministrators", chat_id=an.id)
        assert refused == (400, "Bad Request: there are no administrators in the private chat")

    async def test_pinning_takes_a_right_in_large_chats(self, server, bot, an):
        group = server.supergroup("Nhóm", owner=an)
        sent = await bot.send_message(group.id, "a")
        with pytest.raises(BadRequest, match="Not enough rights to manage pinned messages in the chat"):
            await bot.pin_chat_message(group.id, sent.id)
        an.promote(group, server.bot)
        await bot.pin_chat_message(group.id, sent.id)
        assert (await bot.get_chat(group.id)).pinned_message.message_id == sent.id
        await bot.unpin_chat_message(group.id)
        assert group.pinned is None

    async def test_actions_are_kept_and_checked(self, bot, call, an):
        await bot.send_chat_action(an.id, "typing")
        assert an.chat.actions == ["typing"]
        refused = await call("sendChatAction", chat_id=an.id, action="thinking")
        assert refused == (400, "Bad Request: wrong parameter action in request")


class TestPrivacy:
    @pytest.mark.parametrize(
        ("text", "comes"),
        [
            ("chuyện riêng", False),
            ("/hoi ai", True),
            ("/hoi@hoi_tai_lieu_bot ai", True),
            ("/hoi@bot_khac ai", False),
            ("à /hoi ai", False),
            ("à /hoi@Hoi_Tai_Lieu_Bot ai", True),
            ("@hoi_tai_lieu_bot ai", True),
            ("@bot_khac ai", False),
        ],
    )
    async def test_in_a_group_only_what_is_meant_for_the_bot_comes(self, server, an, text, comes):
        group = server.supergroup("Nhóm", owner=an)
        an.send(group, text)
        assert bool(updates_of(server)) is comes

    async def test_replies_to_the_bot_and_mentions_without_a_name_come(self, server, bot, an):
        group = server.supergroup("Nhóm", owner=an)
        await bot.send_message(group.id, "a")
        an.send(group, "còn Ukraine?", reply_to=group.bot_messages[0])
        an.send(group, "Bot ơi", text_mentions={"Bot": server.bot})
        an.send_photo(group, caption="/hoi đây là gì")
        an.send_photo(group, caption="ảnh đẹp")
        assert len(updates_of(server)) == 3

    async def test_an_edit_that_names_the_bot_comes(self, server, an):
        group = server.supergroup("Nhóm", owner=an)
        message = an.send(group, "ai nói vậy")
        an.edit(message, "@hoi_tai_lieu_bot ai nói vậy")
        assert kinds_of(server) == ["edited_message"]

    async def test_everything_comes_to_admins_and_with_privacy_off(self, server, bot, an):
        an.send(server.supergroup("Nhóm", owner=an, bot="administrator"), "chuyện riêng")
        server.world.privacy = False
        an.send(server.group("Nhóm", owner=an), "chuyện riêng")
        assert len(updates_of(server)) == 2
        assert (await bot.get_me()).can_read_all_group_messages is True

    async def test_from_chats_it_is_not_in_nothing_comes(self, server, an):
        an.send(server.group("Nhóm", owner=an, bot=None), "/hoi ai")
        assert not updates_of(server)


class TestPeople:
    async def test_an_anonymous_admin_and_a_channel_hide_the_author(self, server, bot, an):
        channel = server.channel("Kênh", owner=an)
        group = server.supergroup("Nhóm", owner=server.user("Chủ"), members=[an])
        an.send(group, "/hoi", as_channel=channel)
        an.promote(group, an, anonymous=True)
        an.send(group, "/hoi")
        by_channel, by_group = [update.message for update in await bot.get_updates()]
        assert (by_channel.from_user.username, by_channel.sender_chat.id) == ("Channel_Bot", channel.id)
        assert (by_group.from_user.username, by_group.sender_chat.id) == ("GroupAnonymousBot", group.id)

    async def test_other_kinds_of_messages_can_be_sent(self, server, bot, an):
        an.send_sticker(an.chat)
        an.send_voice(an.chat)
        an.send_photo(an.chat, b"anh", caption="đây là gì")
        sticker, voice, photo = [update.message for update in await bot.get_updates()]
        assert sticker.sticker.emoji == "👍"
        assert bytes(await (await voice.voice.get_file()).download_as_bytearray()) == b"voice"
        assert photo.caption == "đây là gì"
        assert bytes(await (await photo.photo[0].get_file()).download_as_bytearray()) == b"anh"

    async def test_who_may_not_write_cannot(self, server, an):
        group = server.group("Nhóm", owner=server.user("Chủ"))
        with pytest.raises(ValueError, match="may not write"):
            an.send(group, "chào")
        an.join(group)
        message = an.send(group, "chào")
        with pytest.raises(ValueError, match="did not write"):
            server.user("Bình").edit(message, "khác")

    async def test_the_bot_learns_of_others_as_an_admin_who_asked(self, server, bot, an):
        group = server.supergroup("Nhóm", owner=an, bot="administrator")
        await bot.get_updates(allowed_updates=Update.ALL_TYPES)
        binh = server.user("Bình")
        binh.join(group)
        binh.leave(group)
        updates = await bot.get_updates()
        joined, _, _, left = updates
        assert joined.chat_member.new_chat_member.status == "member"
        assert left.chat_member.new_chat_member.status == "left"
        assert [update.message.new_chat_members[0].id for update in updates[1:2]] == [binh.id]

    async def test_the_bot_learns_that_it_was_added(self, server, bot, an):
        group = server.group("Nhóm", owner=an, bot=None)
        an.add_bot(group)
        change, announcement = await bot.get_updates()
        assert change.my_chat_member.new_chat_member.status == "member"
        assert announcement.message.new_chat_members[0].id == server.bot.id


class TestChannels:
    async def test_posts_and_their_edits_come(self, server, bot, an):
        channel = server.channel("Kênh", owner=an)
        post = an.send(channel, "/hoi ai")
        an.edit(post, "/hoi Putin")
        new, edited = await bot.get_updates()
        assert new.channel_post.from_user is None
        assert (new.channel_post.sender_chat.id, edited.edited_channel_post.text) == (channel.id, "/hoi Putin")

    async def test_posts_are_forwarded_into_the_discussion(self, server, bot, an):
        group = server.supergroup("Bàn luận", owner=an, bot="administrator")
        channel = server.channel("Kênh", owner=an, discussion=group)
        post = an.send(channel, "tin mới")
        an.edit(post, "tin mới hơn")
        an.send(group, "hay quá", reply_to=post.forwarded_as)
        updates = await bot.get_updates()
        forwarded = updates[1].message
        assert (forwarded.is_automatic_forward, forwarded.from_user.id) == (True, 777000)
        assert (forwarded.sender_chat.id, forwarded.forward_origin.message_id) == (channel.id, post.id)
        assert updates[3].edited_message.text == "tin mới hơn"
        assert updates[4].message.message_thread_id == forwarded.message_id
        assert (await bot.get_chat(channel.id)).linked_chat_id == group.id

    async def test_a_signed_channels_posts_tell_their_author(self, server, bot, an):
        channel = server.channel("Kênh", owner=an)
        an.send(channel, "một")
        channel.is_signed = True
        an.send(channel, "hai")
        assert [update.channel_post.author_signature for update in await bot.get_updates()] == [None, "An Trần"]

    async def test_what_is_forwarded_tells_where_from(self, server, bot, an):
        group = server.supergroup("Nhóm", owner=an, bot="administrator")
        news = server.channel("Báo", owner=an, bot=None)
        posted = an.send(news, "tin")
        said = an.write("chào")
        for message in (posted, said):
            an.forward(message, group)
        from_channel, from_person = [update.message for update in (await bot.get_updates())[1:]]
        assert (from_channel.forward_origin.chat.id, from_channel.is_automatic_forward) == (news.id, None)
        assert (from_channel.from_user.id, from_person.forward_origin.sender_user.id) == (an.id, an.id)

    async def test_its_own_posts_come_back_from_the_discussion_only(self, server, bot, an):
        group = server.supergroup("Bàn luận", owner=an, bot="administrator")
        channel = server.channel("Kênh", owner=an, discussion=group)
        await bot.send_message(channel.id, "tin")
        assert kinds_of(server) == ["message"]
        assert [message.text for message in channel.bot_messages] == ["tin"]
        assert not group.bot_messages


class TestButtons:
    async def test_a_press_is_answered(self, server, bot, an):
        await bot.send_message(an.id, "một", reply_markup=KEYBOARD)
        press = an.press(an.chat.bot_messages[0], "Tiếp")
        [update] = await bot.get_updates()
        assert (update.callback_query.data, update.callback_query.message.text) == ("next:2", "một")
        await update.callback_query.answer("xong", show_alert=True)
        answer = await press.answer()
        assert (answer.text, answer.show_alert) == ("xong", True)

    async def test_there_must_be_such_a_button(self, bot, an):
        await bot.send_message(an.id, "một", reply_markup=KEYBOARD)
        with pytest.raises(ValueError, match="no such callback button"):
            an.press(an.chat.bot_messages[0], "Lùi")

    async def test_late_second_and_unknown_answers_are_refused(self, server, bot, call, an):
        await bot.send_message(an.id, "một", reply_markup=KEYBOARD)
        message = an.chat.bot_messages[0]
        late, twice = an.press(message, "next:2"), an.press_stale(message, "next:1")
        late.expire()
        old = (400, "Bad Request: query is too old and response timeout expired or query ID is invalid")
        assert await call("answerCallbackQuery", callback_query_id=late.id) == old
        assert not server.refusals
        assert await call("answerCallbackQuery", callback_query_id=twice.id) == (200, True)
        assert await call("answerCallbackQuery", callback_query_id=twice.id) == old
        assert await call("answerCallbackQuery", callback_query_id="1") == old
        assert len(server.refusals) == 2

    async def test_time_makes_them_too_old_as_well(self, an):
        now = 1_700_000_000.0
        async with TelegramServer(clock=lambda: now, query_lifetime=30) as server:
            binh = server.user("Bình")
            query = binh.inline("đất hiếm")
            now += 31
            async with make_bot(server) as bot:
                with pytest.raises(BadRequest, match="Query is too old"):
                    await bot.answer_inline_query(query.id, [])

    async def test_200_characters_are_the_most(self, bot, call, an):
        await bot.send_message(an.id, "một", reply_markup=KEYBOARD)
        press = an.press(an.chat.bot_messages[0], "Tiếp")
        refused = await call("answerCallbackQuery", callback_query_id=press.id, text="a" * 201)
        assert refused == (400, "Bad Request: MESSAGE_TOO_LONG")


ARTICLE = {"type": "article", "id": "1", "title": "Nga", "input_message_content": {"message_text": "<b>Nga</b>"}}


class TestInline:
    async def test_offers_come_to_the_one_who_types(self, server, bot, an):
        query = an.inline("đất hiếm", "10")
        [update] = await bot.get_updates()
        assert (update.inline_query.query, update.inline_query.offset) == ("đất hiếm", "10")
        content = InputTextMessageContent("<b>Nga</b>", parse_mode="HTML")
        results = [InlineQueryResultArticle("1", "Nga", content, reply_markup=KEYBOARD)]
        await update.inline_query.answer(results, cache_time=0, is_personal=True, next_offset="20")
        answer = await query.answer()
        assert (answer.titles, answer.next_offset, answer.is_personal) == (["Nga"], "20", True)

    async def test_what_is_chosen_is_sent_in_the_persons_name(self, server, bot, an):
        server.world.inline_feedback = True
        query = an.inline("đất hiếm")
        content = InputTextMessageContent("<b>Nga</b>", parse_mode="HTML")
        await bot.answer_inline_query(query.id, [InlineQueryResultArticle("1", "Nga", content, reply_markup=KEYBOARD)])
        message = await an.choose(query, "1", an.chat)
        assert (message.marked("bold"), message.by_bot) == (["Nga"], False)
        press = an.press(message, "Tiếp")
        *_, sent, chosen, pressed = await bot.get_updates()
        assert sent.message.via_bot.id == server.bot.id
        assert chosen.chosen_inline_result.inline_message_id == pressed.callback_query.inline_message_id
        assert await bot.edit_message_text("Mỹ", inline_message_id=message.inline_message_id)
        assert message.text == "Mỹ"
        assert not press.answered

    @pytest.mark.parametrize(
        ("change", "refusal"),
        [
            ({"results": [ARTICLE, ARTICLE]}, "RESULT_ID_DUPLICATE"),
            ({"results": [ARTICLE | {"id": str(n)} for n in range(51)]}, "too many inline query results specified"),
            ({"results": [ARTICLE | {"id": "ờ" * 22}]}, "RESULT_ID_INVALID"),
            ({"results": [ARTICLE | {"id": ""}]}, "RESULT_ID_INVALID"),
            ({"results": [ARTICLE | {"title": ""}]}, "ARTICLE_TITLE_EMPTY"),
            (
                {"results": [{"type": "article", "id": "1", "title": "a"}]},
                "can't parse inline query result: can't find field \"message_text\"",
            ),
            (
                {"results": [{"type": "photo", "id": "1"}]},
                "can't parse inline query result: can't find field \"photo_file_id\"",
            ),
            (
                {"results": [ARTICLE | {"type": "poem"}]},
                'can\'t parse inline query result: type "poem" is unsupported for the inline query result',
            ),
            (
                {"results": [ARTICLE | {"input_message_content": {"message_text": "</b>", "parse_mode": "HTML"}}]},
                "can't parse inline query result: can't parse entities: Unexpected end tag at byte offset 0",
            ),
            ({"results": [ARTICLE | {"input_message_content": {"message_text": "a" * 4097}}]}, "MESSAGE_TOO_LONG"),
            (
                {
                    "results": [
                        ARTICLE | {"reply_markup": {"inline_keyboard": [[{"text": "a", "callback_data": "a" * 65}]]}}
                    ]
                },
                "BUTTON_DATA_INVALID",
            ),
            ({"next_offset": "a" * 65}, "NEXT_OFFSET_INVALID"),
            ({"button": {"text": "a", "start_parameter": "có dấu"}}, "START_PARAM_INVALID"),
            ({"button": {"text": "a", "start_parameter": "a" * 65}}, "START_PARAM_TOO_LONG"),
        ],
    )
    async def test_bad_answers_are_refused(self, call, an, change, refusal):
        query = an.inline("đất hiếm")
        fields = {"inline_query_id": query.id, "results": [ARTICLE], **change}
        assert await call("answerInlineQuery", **fields) == (400, f"Bad Request: {refusal}")
        assert not query.answered

    async def test_one_answer_is_all(self, call, an):
        query = an.inline("đất hiếm")
        assert await call("answerInlineQuery", inline_query_id=query.id, results=[]) == (200, True)
        assert (await call("answerInlineQuery", inline_query_id=query.id, results=[]))[0] == 400

    async def test_an_answer_that_does_not_come_is_missed(self, an):
        query = an.inline("đất hiếm")
        with pytest.raises(TimeoutError, match="has not answered"):
            await query.answer(within=0)

    async def test_inline_mode_can_be_off(self, server, an):
        server.world.inline = False
        with pytest.raises(ValueError, match="inline mode is off"):
            an.inline("a")


class TestProfile:
    async def test_menus_are_kept_by_scope_and_language(self, server, bot):
        await bot.set_my_commands([("hoi", "Hỏi")], language_code="vi")
        await bot.set_my_commands([("ask", "Ask")], scope={"type": "all_private_chats"})
        assert server.world.profile.commands(language_code="vi") == [{"command": "hoi", "description": "Hỏi"}]
        assert [command.command for command in await bot.get_my_commands({"type": "all_private_chats"})] == ["ask"]
        assert await bot.get_my_commands() == ()
        await bot.delete_my_commands(language_code="vi")
        assert server.world.profile.commands(language_code="vi") == []

    @pytest.mark.parametrize(
        ("fields", "refusal"),
        [
            ({"commands": [{"command": "Hoi", "description": "a"}]}, "BOT_COMMAND_INVALID"),
            ({"commands": [{"command": "hỏi", "description": "a"}]}, "BOT_COMMAND_INVALID"),
            ({"commands": [{"command": "a" * 33, "description": "a"}]}, "BOT_COMMAND_INVALID"),
            ({"commands": [{"command": "hoi", "description": " "}]}, "BOT_COMMAND_DESCRIPTION_INVALID"),
            ({"commands": [{"command": "hoi", "description": "a" * 257}]}, "BOT_COMMAND_DESCRIPTION_INVALID"),
            ({"commands": [{"command": "hoi", "description": "a"}] * 101}, "BOT_COMMANDS_TOO_MUCH"),
            ({"commands": [{"command": "hoi"}]}, 'can\'t find field "description"'),
            ({"language_code": "vie"}, "LANG_CODE_INVALID"),
            ({"scope": {"type": "chat", "chat_id": 12}}, "chat not found"),
            ({"scope": {"type": "nobody"}}, "can't parse BotCommandScope: Unsupported type specified"),
        ],
    )
    async def test_bad_menus_are_refused(self, call, fields, refusal):
        assert await call("setMyCommands", **fields) == (400, f"Bad Request: {refusal}")

    async def test_descriptions_fall_back_to_the_default_language(self, bot):
        await bot.set_my_description("Hỏi đáp")
        await bot.set_my_short_description("Hỏi", language_code="vi")
        await bot.set_my_name("Ask", language_code="en")
        assert (await bot.get_my_description("en")).description == "Hỏi đáp"
        assert (await bot.get_my_short_description()).short_description == ""
        assert [(await bot.get_my_name(code)).name for code in ("en", "vi")] == ["Ask", "Hỏi tài liệu"]

    @pytest.mark.parametrize(
        ("method", "field", "limit"),
        [
            ("setMyName", "name", 64),
            ("setMyDescription", "description", 512),
            ("setMyShortDescription", "short_description", 120),
        ],
    )
    async def test_they_have_their_limits(self, call, method, field, limit):
        assert (await call(method, **{field: "a" * limit}))[0] == 200
        assert (await call(method, **{field: "a" * (limit + 1)}))[0] == 400


class TestFiles:
    async def test_a_document_goes_there_and_back(self, server, bot, an):
        sent = await bot.send_document(
            an.id, b"noi dung", filename="bao cao.txt", caption="<b>đây</b>", parse_mode="HTML"
        )
        assert sent.document.file_name == "bao cao.txt"
        assert an.chat.bot_messages[0].marked("bold") == ["đây"]
        file = await bot.get_file(sent.document.file_id)
        assert bytes(await file.download_as_bytearray()) == b"noi dung"
        again = await bot.send_document(an.id, sent.document.file_id)
        assert again.document == sent.document

    async def test_what_a_person_sends_can_be_fetched(self, bot, an):
        an.send_document(an.chat, b"%PDF", "luật.pdf", caption="đọc đi", mime_type="application/pdf")
        [update] = await bot.get_updates()
        document = update.message.document
        assert (document.file_name, update.message.caption) == ("luật.pdf", "đọc đi")
        assert bytes(await (await document.get_file()).download_as_bytearray()) == b"%PDF"

    async def test_linked_words_come_with_their_addresses(self, server, bot, an):
        group = server.supergroup("Nhóm", owner=an, bot="administrator")
        an.send(group, "🎉 xem bài này", text_links={"bài này": "https://example.vn/"})
        [update] = await bot.get_updates()
        [(entity, words)] = update.message.parse_entities().items()
        assert (entity.url, words) == ("https://example.vn/", "bài này")

    async def test_what_people_send_has_the_name_of_its_file(self, bot, an):
        an.send_audio(an.chat, "nhạc.mp3", caption="nghe đi")
        an.send_video(an.chat, "núi.mp4")
        an.send_video(an.chat)
        an.send_animation(an.chat)
        audio, named, nameless, moving = [update.message for update in await bot.get_updates()]
        assert (audio.audio.file_name, audio.caption) == ("nhạc.mp3", "nghe đi")
        assert (named.video.file_name, nameless.video.file_name) == ("núi.mp4", None)
        assert moving.animation.file_name == moving.document.file_name

    async def test_over_20_megabytes_cannot_be_fetched(self, bot, an):
        an.send_document(an.chat, bytes(20_000_001), "to.bin")
        [update] = await bot.get_updates()
        with pytest.raises(BadRequest, match="File is too big"):
            await update.message.document.get_file()

    async def test_what_is_not_there_is_refused(self, server, call):
        assert await call("getFile") == (400, "Bad Request: file_id not specified")
        assert await call("getFile", file_id="x") == (400, "Bad Request: invalid file_id")
        assert (await call.client.get(f"{server.base_file_url}{server.token}/documents/x")).status_code == 404

    @pytest.mark.parametrize(
        ("fields", "refusal"),
        [
            ({}, "there is no document in the request"),
            ({"document": "x"}, "wrong file identifier/HTTP URL specified"),
            ({"document": "https://example.vn/a.pdf"}, "failed to get HTTP URL content"),
            ({"document": "x", "caption": "a" * 1025}, "message caption is too long"),
        ],
    )
    async def test_bad_documents_are_refused(self, call, an, fields, refusal):
        assert await call("sendDocument", chat_id=an.id, **fields) == (400, f"Bad Request: {refusal}")

    async def test_an_empty_file_is_refused(self, server, call, an):
        response = await call.client.post(
            f"{server.base_url}{server.token}/sendDocument", data={"chat_id": an.id}, files={"document": ("a.txt", b"")}
        )
        assert response.json()["description"] == "Bad Request: file must be non-empty"


class TestFaults:
    async def test_a_flood_wait_strikes_so_many_requests(self, server, bot, an, monkeypatch):
        monkeypatch.setenv("PTB_TIMEDELTA", "1")
        fault = server.faults.flood("sendMessage", retry_after=7)
        with pytest.raises(RetryAfter) as told:
            await bot.send_message(an.id, "a")
        assert told.value.retry_after == timedelta(seconds=7)
        await bot.send_message(an.id, "a")
        assert [request["text"] for request in fault.hits] == ["a"]
        assert not server.refusals

    async def test_trouble_may_be_one_chats(self, server, bot, an):
        binh = server.user("Bình")
        binh.write("/start")
        server.faults.forbid("sendMessage", chat=an.chat, times=None)
        await bot.send_message(binh.id, "a")
        for _ in range(2):
            with pytest.raises(Forbidden, match="bot was blocked by the user"):
                await bot.send_message(an.id, "a")
        server.faults.clear()
        await bot.send_message(an.id, "a")

    async def test_a_chat_may_seem_migrated(self, server, bot, an):
        group, large = server.group("Nhóm", owner=an), server.supergroup("Nhóm", owner=an)
        server.faults.migrate(group, large)
        with pytest.raises(ChatMigrated):
            await bot.send_message(group.id, "a")
        assert not server.refusals

    @pytest.mark.parametrize("carried_out", [False, True])
    async def test_a_proxy_may_answer_instead(self, server, bot, an, carried_out):
        server.faults.bad_gateway("sendMessage", carried_out=carried_out)
        with pytest.raises(NetworkError, match="Bad Gateway"):
            await bot.send_message(an.id, "a")
        assert bool(an.chat.bot_messages) is carried_out

    @pytest.mark.parametrize("carried_out", [False, True])
    async def test_the_connection_may_be_cut(self, server, bot, an, carried_out):
        server.faults.drop("sendMessage", carried_out=carried_out)
        with pytest.raises(NetworkError, match="RemoteProtocolError"):
            await bot.send_message(an.id, "a")
        assert bool(an.chat.bot_messages) is carried_out

    async def test_any_refusal_can_be_had(self, server, call):
        server.faults.refuse(400, "Bad Request: PEER_FLOOD", "getMe")
        assert await call("getMe") == (400, "Bad Request: PEER_FLOOD")

    async def test_a_request_can_be_held_back(self, server, bot, an):
        fault = server.faults.hold("sendMessage")
        sending = asyncio.create_task(bot.send_message(an.id, "một"))
        await server.wait_for(lambda: fault.hits)
        await bot.send_message(an.id, "hai")
        fault.cancel()
        await sending
        assert [message.text for message in an.chat.bot_messages] == ["hai", "một"]

    async def test_a_request_can_be_late(self, server, bot, an):
        fault = server.faults.delay(0.001, times=2)
        await bot.send_message(an.id, "một")
        assert len(fault.hits) == 1


class TestServer:
    async def test_a_wait_in_vain_tells_what_the_bot_did(self, server, bot, an):
        await bot.send_message(an.id, "nhầm")
        with pytest.raises(TimeoutError, match=r"2 messages of the bot's did not come(.|\n)*sendMessage.*nhầm"):
            await server.bot_messages(an.chat, 2, within=0)

    async def test_requests_are_kept_in_order(self, server, bot, an):
        await bot.send_chat_action(an.id, "typing")
        await bot.send_message(an.id, "a", reply_markup=KEYBOARD)
        assert [request.method for request in server.calls(chat=an.chat)] == ["sendChatAction", "sendMessage"]
        request = await server.called("sendMessage")
        assert request.json("reply_markup") == KEYBOARD.to_dict()

    async def test_it_can_be_out_of_reach_for_a_while(self, server, bot, an):
        await server.stop()
        with pytest.raises(NetworkError):
            await bot.send_message(an.id, "a")
        await server.start()
        await bot.send_message(an.id, "a")
        assert len(an.chat.bot_messages) == 1

    async def test_a_stop_ends_polls(self, server, bot):
        poll = asyncio.create_task(bot.get_updates(timeout=20))
        await server.wait_for(lambda: server.calls("getUpdates"))
        await server.stop()
        with pytest.raises(NetworkError):
            await poll

    async def test_the_settings_for_a_bot_of_its_own_process(self, server):
        assert server.environment["TELEGRAM_BASE_URL"] == f"http://127.0.0.1:{server.port}/bot"

    async def test_message_ids_are_each_large_chats_own(self, server, an):
        one, other = (server.supergroup(title, owner=an) for title in "ab")
        assert an.send(one, "a").id == an.send(other, "b").id
        assert an.write("c").id < an.send(server.group("c", owner=an), "d").id

    def test_it_runs_on_a_thread_for_code_that_is_not_asynchronous(self):
        with server_in_thread(username="bot_khac") as thread:
            server = thread.server
            an = thread.call(server.user, "An")
            question = thread.call(an.write, "chào")
            fields = {"chat_id": an.id, "text": "chào bạn"}
            url = f"{server.base_url}{server.token}/sendMessage"
            httpx.post(url, json=fields, verify=NO_CERTIFICATES).raise_for_status()
            answer = thread.wait(server.bot_message(an.chat, after=question))
            assert answer.text == "chào bạn"


class TestApplication:
    """A whole bot on python-telegram-bot, polling."""

    @pytest.fixture
    async def application(self, server):
        async def answer(update, _context):
            await update.effective_message.reply_text("<b>Trả lời</b>", parse_mode="HTML", reply_markup=KEYBOARD)

        async def press(update, _context):
            await update.callback_query.edit_message_text("Trang 2")
            await update.callback_query.answer()

        async def offer(update, _context):
            content = InputTextMessageContent(update.inline_query.query)
            await update.inline_query.answer([InlineQueryResultArticle("1", "Một", content)])

        application = Application.builder().bot(make_bot(server)).build()
        application.add_handler(MessageHandler(filters.TEXT, answer))
        application.add_handler(CallbackQueryHandler(press))
        application.add_handler(InlineQueryHandler(offer))
        async with application:
            await application.updater.start_polling(poll_interval=0, timeout=20)
            await application.start()
            yield application
            await application.updater.stop()
            await application.stop()

    async def test_questions_buttons_and_inline_queries_go_round(self, server, application, an):
        question = an.write("chào")
        message = await server.bot_message(an.chat, after=question)
        press = an.press(message, "Tiếp")
        await press.answer()
        assert [version.content.text for version in message.versions] == ["Trả lời", "Trang 2"]
        assert (await an.inline("đất hiếm").answer()).titles == ["Một"]
        assert not server.refusals

    async def test_polling_outlives_trouble(self, server, application, an):
        server.faults.drop("getUpdates", carried_out=True)
        an.write("một")
        await server.bot_messages(an.chat, 1)
        an.write("hai")
        await server.bot_messages(an.chat, 2)
        assert not server.refusals
