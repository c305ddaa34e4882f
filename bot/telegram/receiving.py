"""Updates as Telegram gives them: one that the library cannot read is passed over, so that it keeps back no other.

The library reads all updates of a response at once. Where one cannot be read, as from a Bot API server older or newer than
the library, it asks for the same again, without end.
"""

import json
import logging
from typing import Any

from telegram import Bot, Update
from telegram.request import BaseRequest, HTTPXRequest, RequestData

_LOGGER = logging.getLogger(__name__)

_Limit = Any
"""Seconds, or what the library has for those that are not given."""


def read_update(content: dict[str, Any], bot: Bot | None) -> Update | None:
    """An update; ``None`` where it cannot be read, which is logged without a word of what it holds."""
    try:
        return Update.de_json(content, bot)
    except (TypeError, ValueError, KeyError, AttributeError) as error:
        kinds = ", ".join(sorted(content.keys() - {"update_id"}))
        _LOGGER.error("update %s (%s) cannot be read: %s", content.get("update_id"), kinds, type(error).__name__)  # noqa: TRY400
        return None


class Receiving(HTTPXRequest):
    """Asks for updates."""

    async def do_request(  # noqa: PLR0913, PLR0917  # The library's signature.
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: _Limit = BaseRequest.DEFAULT_NONE,
        write_timeout: _Limit = BaseRequest.DEFAULT_NONE,
        connect_timeout: _Limit = BaseRequest.DEFAULT_NONE,
        pool_timeout: _Limit = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        """Make a request; gives the status, and the body without what cannot be read."""
        status, body = await super().do_request(
            url, method, request_data, read_timeout, write_timeout, connect_timeout, pool_timeout
        )
        return status, legible(body)


def legible(body: bytes) -> bytes:
    """The body of a response, in which updates that cannot be read are empty."""
    try:
        response = json.loads(body)
    except ValueError:
        return body
    updates = response.get("result") if isinstance(response, dict) else None
    if not isinstance(updates, list) or not all(isinstance(one, dict) and "update_id" in one for one in updates):
        return body
    kept = [one if read_update(one, None) else {"update_id": one["update_id"]} for one in updates]
    return body if kept == updates else json.dumps(response | {"result": kept}).encode()
