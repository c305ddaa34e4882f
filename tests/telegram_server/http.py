"""The Bot API over HTTP: requests read as Telegram reads them, answers written as it writes them."""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING, Any

from tornado.web import Application, RequestHandler

from tests.telegram_server.faults import BAD_GATEWAY
from tests.telegram_server.parameters import Parameters, Upload

if TYPE_CHECKING:
    from tornado.httputil import HTTPServerRequest

    from tests.telegram_server.server import TelegramServer


def make_application(server: TelegramServer) -> Application:
    """The routes of api.telegram.org."""
    given = {"server": server}
    return Application(
        [
            (r"/bot([^/]+)/(\w+)", _Method, given),
            (r"/file/bot([^/]+)/(.+)", _File, given),
            (r".*", _Nothing, given),
        ],
        log_function=lambda _handler: None,
    )


class _Handler(RequestHandler):
    def initialize(self, server: TelegramServer) -> None:
        self.server = server
        self.gone: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    def on_connection_close(self) -> None:
        if not self.gone.done():
            self.gone.set_result(None)

    def say(self, status: int, body: dict[str, Any] | str) -> None:
        self.set_status(status)
        if isinstance(body, str):
            self.set_header("Content-Type", "text/html")
            self.write(body)
        else:
            self.set_header("Content-Type", "application/json")
            self.write(json.dumps(body, ensure_ascii=False))


class _Method(_Handler):
    async def post(self, token: str, method: str) -> None:
        """Carry out a method."""
        with self.server.in_flight():
            answer = await self.server.answer(token, method, read_parameters(self.request), self.gone)
            if answer is None:
                self.detach().close()
            elif not self.gone.done():
                status, body = answer
                self.say(status, body if body is not None else BAD_GATEWAY)

    get = post


class _File(_Handler):
    def get(self, token: str, path: str) -> None:
        """Hand out a file."""
        content = self.server.file_content(token, path)
        if content is None:
            self.say(404, {"ok": False, "error_code": 404, "description": "Not Found"})
        else:
            self.set_header("Content-Type", "application/octet-stream")
            self.write(content)


class _Nothing(_Handler):
    def prepare(self) -> None:
        """No such address."""
        self.say(404, {"ok": False, "error_code": 404, "description": "Not Found"})
        self.finish()


def read_parameters(request: HTTPServerRequest) -> Parameters:
    """Fields from the address and the body, whichever of the three encodings it has; files from multipart."""
    fields = {name: values[-1].decode() for name, values in request.query_arguments.items()}
    fields |= {name: values[-1].decode() for name, values in request.body_arguments.items()}
    flaw = ""
    if request.headers.get("Content-Type", "").startswith("application/json") and request.body:
        try:
            fields |= _as_text(json.loads(request.body))
        except (ValueError, AttributeError):
            flaw = "can't parse request body JSON object"
    files = {
        name: Upload(parts[-1].filename, parts[-1].body, parts[-1].content_type)
        for name, parts in request.files.items()
    }
    return Parameters(fields, files, flaw)


def _as_text(given: dict[str, Any]) -> dict[str, str]:
    return {
        name: value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
        for name, value in given.items()
        if value is not None
    }
