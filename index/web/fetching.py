"""Fetching what is at an address: within limits of size and time, and only where it may be reached."""

import asyncio
import zlib
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass
from email.message import Message
from http import HTTPStatus
from types import TracebackType
from typing import Self

import httpx

from index.readers import LARGEST, Reason, Unreadable
from index.web.addresses import IPAddress, Reach
from index.web.politeness import NAME, Politeness

USER_AGENT = f"{NAME}/0.1 (a bot that quotes documents; it reads the pages that its owner adds)"
_ACCEPT = (
    "text/html,application/xhtml+xml,application/pdf,application/rss+xml,application/atom+xml,text/plain,text/markdown,"
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document,application/xml;q=0.9,*/*;q=0.5"
)
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_UNREAD = ("image/", "audio/", "video/", "font/")
"""Media types that no reader takes."""
_CHUNK = 1 << 16
_MOST_ADDRESSES = 3
"""IP addresses of a host that are tried one after the other."""
_LONGEST_VALIDATOR = 1_000


@dataclass(frozen=True, slots=True)
class Validators:
    """What a server said of the version that it gave, to be sent when asking again.

    Attributes:
        etag: ``ETag``, as it was written.
        last_modified: ``Last-Modified``, as it was written.
    """

    etag: str | None = None
    last_modified: str | None = None


@dataclass(frozen=True, slots=True)
class Fetched:
    """What was found at an address.

    Attributes:
        address: The address that was asked for, in its normal form.
        location: Where redirects led.
        data: The bytes, unpacked.
        media_type: As the server calls it, in lower case, as ``text/html``; may be empty.
        charset: The encoding that the server names, or ``None``.
        validators: To be sent when asking again.
    """

    address: str
    location: str
    data: bytes
    media_type: str = ""
    charset: str | None = None
    validators: Validators = Validators()


@dataclass(frozen=True, slots=True)
class NotModified:
    """Nothing has changed since an address was last fetched."""

    address: str
    validators: Validators


@dataclass(frozen=True, slots=True)
class Limits:
    """What fetching one address may cost.

    Attributes:
        size: Bytes, unpacked.
        robots_size: Bytes of a robots.txt; the rest of it is not read.
        redirects: Redirects in a row.
        seconds: Seconds for each request, from looking up its host to the last byte.
        idle_seconds: Seconds without a byte.
    """

    size: int = LARGEST
    robots_size: int = 500_000
    redirects: int = 5
    seconds: float = 60.0
    idle_seconds: float = 20.0


@dataclass(frozen=True, slots=True)
class _Response:
    """An answer that was received whole, or as far as it was wanted."""

    url: httpx.URL
    status: int
    headers: httpx.Headers
    data: bytes


class Fetcher:
    """Fetches addresses. To be used as an asynchronous context, which closes its connections.

    Args:
        reach: What may be reached.
        limits: What an address may cost.
        politeness: Turns at hosts.
        transport: How requests travel, in the place of the network.
    """

    def __init__(
        self,
        reach: Reach | None = None,
        limits: Limits | None = None,
        politeness: Politeness | None = None,
        transport: httpx.AsyncBaseTransport | None = None,
    ) -> None:
        self._reach = reach or Reach()
        self._limits = limits or Limits()
        self._politeness = politeness or Politeness()
        self._client = httpx.AsyncClient(
            transport=transport,
            headers={"User-Agent": USER_AGENT, "Accept": _ACCEPT, "Accept-Encoding": "gzip"},
            timeout=self._limits.idle_seconds,
            # A connection belongs to the host whose certificate was checked, not to all that share its IP address.
            limits=httpx.Limits(max_keepalive_connections=0),
            follow_redirects=False,
            trust_env=False,  # a proxy would look the host up again
        )

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        await self._client.aclose()

    async def fetch(self, address: str, validators: Validators | None = None) -> Fetched | NotModified:
        """What is at an address, or that it is what it was when it gave these validators.

        Raises:
            Unreadable: It may not be fetched (``address``, ``robots``), does not answer (``unreachable``) or with an error
                (``refused``), or what it gives is ``too_large``, ``binary`` or ``broken``.
        """
        asked = url = self._reach.parse(address)
        for _ in range(self._limits.redirects + 1):
            async with self._politeness.turn(url, self._robots) as allowed:
                if not allowed:
                    raise Unreadable(Reason.ROBOTS, url.host)
                response = await self._get(url, _conditions(validators), self._limits.size)
            if response.status not in _REDIRECTS:
                return self._result(str(asked), response, validators)
            url = self._next(response)
        raise Unreadable(Reason.REFUSED, f"more than {self._limits.redirects} redirects")

    def _result(self, asked: str, response: _Response, validators: Validators | None) -> Fetched | NotModified:
        if response.status == HTTPStatus.NOT_MODIFIED and validators:
            return NotModified(asked, validators)
        if response.status != HTTPStatus.OK:
            raise Unreadable(Reason.REFUSED, _status(response.status))
        media_type, charset = _content_type(response.headers)
        return Fetched(asked, str(response.url), response.data, media_type, charset, _validators(response.headers))

    async def _robots(self, url: httpx.URL) -> str:
        """The text of a robots.txt; empty where there is none, which allows everything (RFC 9309, 2.3.1)."""
        for _ in range(self._limits.redirects + 1):
            response = await self._get(url, {}, self._limits.robots_size, is_cut=True)
            if response.status in _REDIRECTS:
                url = self._next(response)
            elif response.status == HTTPStatus.OK:
                return response.data.decode("utf-8", "replace")
            elif response.status >= HTTPStatus.INTERNAL_SERVER_ERROR:
                raise Unreadable(Reason.REFUSED, f"robots.txt: {_status(response.status)}")
            else:
                break
        return ""

    def _next(self, response: _Response) -> httpx.URL:
        """Where a redirect leads, which is checked as the first address was."""
        try:
            return self._reach.parse(str(response.url.join(response.headers.get("location", ""))))
        except (httpx.InvalidURL, ValueError) as error:
            raise Unreadable(Reason.REFUSED, f"a redirect to no address: {error}") from None

    async def _get(self, url: httpx.URL, headers: Mapping[str, str], size: int, *, is_cut: bool = False) -> _Response:
        """The answer to one request; of one that is ``is_cut``, the first ``size`` bytes are enough."""
        try:
            async with asyncio.timeout(self._limits.seconds):
                return await self._get_located(url, await self._reach.locate(url), headers, size, is_cut=is_cut)
        except TimeoutError:
            raise Unreadable(Reason.UNREACHABLE, f"{url.host}: more than {self._limits.seconds:g} seconds") from None
        except (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError) as error:
            raise Unreadable(Reason.UNREACHABLE, f"{url.host}: {error or type(error).__name__}"[:200]) from None

    async def _get_located(
        self, url: httpx.URL, addresses: Sequence[IPAddress], headers: Mapping[str, str], size: int, *, is_cut: bool
    ) -> _Response:
        """The answer of the first of a host's IP addresses that can be connected to."""
        *others, last = addresses[:_MOST_ADDRESSES]
        for address in others:
            try:
                return await self._get_from(url, address, headers, size, is_cut=is_cut)
            except (httpx.ConnectError, httpx.ConnectTimeout):
                continue
        return await self._get_from(url, last, headers, size, is_cut=is_cut)

    async def _get_from(
        self, url: httpx.URL, address: IPAddress, headers: Mapping[str, str], size: int, *, is_cut: bool
    ) -> _Response:
        """The answer from one IP address, which is told and must prove to be the host of the URL."""
        host = url.raw_host.decode("ascii")
        request = self._client.build_request(
            "GET",
            url.copy_with(host=str(address)),
            headers={"Host": url.netloc.decode("ascii"), **headers},
            extensions={"sni_hostname": host},
        )
        response = await self._client.send(request, stream=True)
        try:
            is_wanted = response.status_code == HTTPStatus.OK
            if is_wanted and not is_cut:
                _check_head(response.headers, size)
            data = await _body(response, size, is_cut=is_cut) if is_wanted else b""
        finally:
            await response.aclose()
        return _Response(url, response.status_code, response.headers, data)


def _check_head(headers: httpx.Headers, size: int) -> None:
    """Refuse what its head says cannot be read, before it is sent."""
    length = headers.get("content-length", "")
    if length.isdecimal() and int(length[:20]) > size:
        raise Unreadable(Reason.TOO_LARGE, f"{int(length[:20]):,} bytes, {size:,} at most")
    media_type, _ = _content_type(headers)
    if media_type.startswith(_UNREAD):
        raise Unreadable(Reason.BINARY, media_type)


async def _body(response: httpx.Response, size: int, *, is_cut: bool) -> bytes:
    """The bytes of an answer, unpacked as they come in, so that no more than the limit is ever held."""
    data = bytearray()
    async for piece in _unpacked(response):
        data += piece
        if len(data) > size and is_cut:
            break
        if len(data) > size:
            raise Unreadable(Reason.TOO_LARGE, f"more than {size:,} bytes")
    return bytes(data[:size])


async def _unpacked(response: httpx.Response) -> AsyncIterator[bytes]:
    encoding = response.headers.get("content-encoding", "identity").strip().lower()
    if encoding in {"", "identity"}:
        async for piece in response.aiter_raw(_CHUNK):
            yield piece
        return
    if encoding not in {"gzip", "x-gzip"}:
        raise Unreadable(Reason.BROKEN, f"packed in a way that was not asked for: {encoding[:40]}")
    unpacking = zlib.decompressobj(wbits=16 + zlib.MAX_WBITS)
    async for piece in response.aiter_raw(_CHUNK):
        packed = piece
        while packed:
            try:
                yield unpacking.decompress(packed, _CHUNK)
            except zlib.error as error:
                raise Unreadable(Reason.BROKEN, str(error)) from None
            if unpacking.eof:
                return
            packed = unpacking.unconsumed_tail
    raise Unreadable(Reason.BROKEN, "the end is missing")


def _conditions(validators: Validators | None) -> dict[str, str]:
    if validators is None:
        return {}
    headers = {"If-None-Match": validators.etag, "If-Modified-Since": validators.last_modified}
    return {name: value for name, value in headers.items() if value and _is_sendable(value)}


def _validators(headers: httpx.Headers) -> Validators:
    etag, modified = headers.get("etag"), headers.get("last-modified")
    return Validators(
        etag if etag and _is_sendable(etag) else None,
        modified if modified and _is_sendable(modified) else None,
    )


def _is_sendable(value: str) -> bool:
    """Whether a value may stand in a head."""
    return len(value) <= _LONGEST_VALIDATOR and value.isascii() and value.isprintable()


def _content_type(headers: httpx.Headers) -> tuple[str, str | None]:
    """The media type and the charset of a head."""
    message = Message()
    message["Content-Type"] = headers.get("content-type", "")[:200]
    named = headers.get("content-type", "").strip()
    return (message.get_content_type() if named else ""), message.get_content_charset()


def _status(code: int) -> str:
    try:
        return f"{code} {HTTPStatus(code).phrase}"
    except ValueError:
        return str(code)
