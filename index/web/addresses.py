"""Which addresses are fetched: http(s) in public networks, and nothing on or behind this machine.

A name is resolved and all that it resolves to is checked; the connection is then made to what was checked, never to the name,
which might resolve to something else a moment later (DNS rebinding).
"""

import asyncio
import ipaddress
import re
import socket
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

import httpx

from index.readers.errors import Reason, Unreadable

IPAddress = ipaddress.IPv4Address | ipaddress.IPv6Address
Resolver = Callable[[str, int], Awaitable[Sequence[str]]]
"""Gives the IP addresses of a host; raises ``OSError`` where there are none."""

_LONGEST = 2_000
"""Characters of an address."""
_PORTS = {"http": 80, "https": 443}
_LOCAL_NAMES = ("localhost", "local", "internal", "intranet", "lan", "home", "corp", "private", "home.arpa")
_NUMBER = re.compile(r"(?:\d+|0x[\da-f]*)", re.IGNORECASE)
_HOST = re.compile(rb"[a-z\d._-]+|[\da-f:.]+")
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
"""IPv6 addresses that lead to the IPv4 address in their last 32 bits (RFC 6052)."""


def is_public(address: IPAddress) -> bool:
    """Whether an IP address is one of the public internet, and so is every IPv4 address that is wrapped in it."""
    if isinstance(address, ipaddress.IPv6Address) and (inner := _wrapped(address)) is not None:
        return is_public(inner)
    is_site_local = isinstance(address, ipaddress.IPv6Address) and address.is_site_local
    return address.is_global and not (
        address.is_multicast or address.is_reserved or address.is_private or address.is_link_local or is_site_local
    )


def _wrapped(address: ipaddress.IPv6Address) -> ipaddress.IPv4Address | None:
    """The IPv4 address that an IPv6 address leads to."""
    if address in _NAT64:
        return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    if address.teredo is not None:
        return address.teredo[1]
    return address.ipv4_mapped or address.sixtofour


async def resolve(host: str, port: int) -> Sequence[str]:
    """The IP addresses of a host, as the system knows them.

    Raises:
        OSError: There are none.
    """
    answers = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(answer[4][0]) for answer in answers))


@dataclass(frozen=True, slots=True)
class Reach:
    """What may be reached.

    Attributes:
        allows: Whether an IP address may be connected to.
        ports: The ports that may be connected to.
        resolver: How names are resolved.
    """

    allows: Callable[[IPAddress], bool] = is_public
    ports: frozenset[int] = frozenset(_PORTS.values())
    resolver: Resolver = resolve

    def parse(self, address: str) -> httpx.URL:
        """The address in its normal form, without a fragment.

        Raises:
            Unreadable: It is none that may be fetched (``address``).
        """
        try:
            url = httpx.URL(address.strip()).copy_with(fragment=None) if len(address) <= _LONGEST else None
        except (httpx.InvalidURL, ValueError, UnicodeError) as error:
            raise Unreadable(Reason.ADDRESS, str(error)) from None
        if url is None:
            raise Unreadable(Reason.ADDRESS, f"longer than {_LONGEST:,} characters")
        if url.scheme not in _PORTS or not url.host:
            raise Unreadable(Reason.ADDRESS, "neither http:// nor https://")
        if url.userinfo:
            raise Unreadable(Reason.ADDRESS, "with a user name in it")
        if port_of(url) not in self.ports:
            raise Unreadable(Reason.ADDRESS, f"port {port_of(url)}")
        if not _HOST.fullmatch(url.raw_host):
            raise Unreadable(Reason.ADDRESS, "no name of a host")
        if _is_local_name(url.host):
            raise Unreadable(Reason.ADDRESS, f"{url.host} is no host of the public internet")
        return url

    async def locate(self, url: httpx.URL) -> Sequence[IPAddress]:
        """The checked IP addresses of a parsed address's host, at least one.

        Raises:
            Unreadable: One of them may not be reached (``address``), or there is none (``unreachable``).
        """
        literal = _ip_address(url.host)
        if literal is None:
            try:
                names = await self.resolver(url.raw_host.decode("ascii"), port_of(url))
            except (OSError, UnicodeError) as error:
                detail = getattr(error, "strerror", None) or str(error)
                raise Unreadable(Reason.UNREACHABLE, f"{url.host}: {detail}") from None
            found = [_ip_address(name) for name in names]
        else:
            found = [literal]
        located = [one for one in found if one is not None]
        if not located:
            raise Unreadable(Reason.UNREACHABLE, f"{url.host}: no address")
        if len(located) < len(found) or not all(map(self.allows, located)):
            raise Unreadable(Reason.ADDRESS, f"{url.host} is in a private or local network")
        return located


def port_of(url: httpx.URL) -> int:
    """The port of an address, that of its scheme where it names none."""
    return url.port or _PORTS[url.scheme]


def _ip_address(text: str) -> IPAddress | None:
    try:
        return ipaddress.ip_address(text)
    except ValueError:
        return None


def _is_local_name(host: str) -> bool:
    """Whether a host is named as those of a local network are, or is a number in a form that only some programs read."""
    if _ip_address(host) is not None:
        return False
    labels = host.rstrip(".").lower().split(".")
    if len(labels) < 2 or _NUMBER.fullmatch(labels[-1]):
        return True
    return any(f".{'.'.join(labels)}".endswith(f".{name}") for name in _LOCAL_NAMES)
