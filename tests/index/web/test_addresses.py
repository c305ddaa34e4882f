import ipaddress

import pytest

from index.readers import Reason, Unreadable
from index.web.addresses import Reach, is_public, resolve

PUBLIC = ["93.184.216.34", "8.8.8.8", "2606:2800:220:1::1", "::ffff:8.8.8.8", "64:ff9b::808:808", "2002:808:808::1"]
PRIVATE = [
    "127.0.0.1", "127.9.9.9", "10.0.0.1", "172.16.5.4", "192.168.1.1", "169.254.169.254", "0.0.0.0",  # noqa: S104
    "100.64.0.1",
    "224.0.0.1", "239.255.255.250", "240.0.0.1", "255.255.255.255", "192.0.2.1", "198.18.0.1", "::1", "::", "fe80::1",
    "fe80::1%eth0", "fc00::1", "fd12:3456::1", "fec0::1", "ff02::1", "2001:db8::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1",
    "64:ff9b::7f00:1", "64:ff9b:1::1", "2002:7f00:1::1", "2001:0:1:1:1:1:80ff:fffe", "::127.0.0.1",
]  # fmt: skip


def answering(*addresses):
    async def resolver(host, port):
        if not addresses:
            raise OSError(-2, "Name or service not known")
        return addresses

    return Reach(resolver=resolver)


def refused(address, reach=None):
    with pytest.raises(Unreadable) as caught:
        (reach or Reach()).parse(address)
    return caught.value


@pytest.mark.parametrize("address", PUBLIC)
def test_addresses_of_the_internet_are_public(address):
    assert is_public(ipaddress.ip_address(address))


@pytest.mark.parametrize("address", PRIVATE)
def test_addresses_of_this_machine_and_its_network_are_not(address):
    assert not is_public(ipaddress.ip_address(address))


@pytest.mark.parametrize(
    "address",
    [
        "ftp://example.org/a", "file:///etc/passwd", "javascript:alert(1)", "example.org/a", "//example.org/a", "", "http://",
        "https:///a", "http://[::1", "http://exa mple.org/", "https://user@example.org/", "https://user:secret@example.org/",
        "http://example.org:22/", "http://example.org:8080/", "https://example.org:6379/", "http://localhost/",
        "http://localhost./", "http://a.localhost/", "http://printer/", "http://printer.local/", "http://wiki.internal/",
        "http://router.home.arpa/", "http://2130706433/", "http://0x7f000001/", "http://017700000001/", "http://0x7f.1/",
        "http://127.1/", "http://0177.0.0.1/", "http://1.2.3.0x4/", f"https://example.org/{'a' * 3000}", "http://example.org:99999/",
        "https://xn--\ud800.org/", "http://example.org\x00.evil.org/",
    ],
)  # fmt: skip
def test_what_is_no_address_of_the_public_web_is_refused(address):
    assert refused(address).reason == Reason.ADDRESS


def test_an_address_is_brought_into_its_normal_form():
    assert str(Reach().parse(" HTTPS://Example.ORG:443/Bài viết?q=chợ#phần-2 ")) == (
        "https://example.org/B%C3%A0i%20vi%E1%BA%BFt?q=ch%E1%BB%A3"
    )
    assert str(Reach().parse("http://chợ.vn/a")).startswith("http://xn--")


@pytest.mark.parametrize("address", PRIVATE)
async def test_a_name_that_leads_to_a_private_address_is_refused(address):
    reach = answering("93.184.216.34", address)
    with pytest.raises(Unreadable) as caught:
        await reach.locate(reach.parse("https://example.org/"))
    assert caught.value.reason == Reason.ADDRESS


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "[::1]", "[::ffff:127.0.0.1]", "169.254.169.254", "10.1.2.3", "[fe80::1]"]
)
async def test_a_private_address_itself_is_refused_without_asking_anyone(host):
    reach = answering("93.184.216.34")
    with pytest.raises(Unreadable) as caught:
        await reach.locate(reach.parse(f"http://{host}/"))
    assert caught.value.reason == Reason.ADDRESS


async def test_all_that_a_public_name_leads_to_is_given():
    reach = answering("93.184.216.34", "2606:2800:220:1::1")
    located = await reach.locate(reach.parse("https://example.org/"))
    assert list(map(str, located)) == ["93.184.216.34", "2606:2800:220:1::1"]


@pytest.mark.parametrize("reach", [answering(), answering("không phải địa chỉ")])
async def test_a_name_that_leads_nowhere_is_not_reached(reach):
    with pytest.raises(Unreadable) as caught:
        await reach.locate(reach.parse("https://example.org/"))
    assert caught.value.reason == Reason.UNREACHABLE


async def test_the_system_resolves_names():
    assert "127.0.0.1" in await resolve("127.0.0.1", 80)
