import gzip
import itertools

import httpx
import pytest

from index.readers import Reason, Unreadable
from index.web import Fetched, Fetcher, NotModified, Reach, Validators
from index.web.fetching import Limits
from index.web.politeness import Politeness

PAGE = "<html><p>Chợ họp sớm.</p></html>"


async def refusal(fetcher, address, validators=None):
    with pytest.raises(Unreadable) as caught:
        await fetcher.fetch(address, validators)
    return caught.value


def limited(site, reach=None, **limits):
    return Fetcher(reach or site.reach(), Limits(**limits), Politeness(pause=0))


async def test_what_is_at_an_address_is_fetched(site, fetcher):
    site.add(
        "/a", PAGE, Content_Type="Text/HTML; charset=UTF-8", ETag='"7"', Last_Modified="Wed, 12 Feb 2025 00:00:00 GMT"
    )
    fetched = await fetcher.fetch(site.url("/a#phan-2"))
    assert fetched == Fetched(
        site.url("/a"),
        site.url("/a"),
        PAGE.encode(),
        "text/html",
        "utf-8",
        Validators('"7"', "Wed, 12 Feb 2025 00:00:00 GMT"),
    )


async def test_it_says_who_asks_and_whom(site, fetcher):
    site.add("/a", PAGE)
    await fetcher.fetch(site.url("/a"))
    _, headers = site.asked[-1]
    assert headers["host"] == f"cho.example:{site.port}"
    assert headers["user-agent"].startswith("hoi-tai-lieu/")
    assert "cookie" not in headers


async def test_what_has_not_changed_is_not_sent_again(site, fetcher):
    site.add("/a", PAGE, ETag='"7"')
    fetched = await fetcher.fetch(site.url("/a"))
    again = await fetcher.fetch(site.url("/a"), fetched.validators)
    assert again == NotModified(site.url("/a"), Validators('"7"'))
    site.add("/a", PAGE, ETag='"8"')
    changed = await fetcher.fetch(site.url("/a"), fetched.validators)
    assert changed.validators == Validators('"8"')


async def test_redirects_are_followed_to_where_they_lead(site, fetcher):
    site.add("/cu", status=301, Location="/moi")
    site.add("/moi", status=302, Location=site.url("/a"))
    site.add("/a", PAGE)
    fetched = await fetcher.fetch(site.url("/cu"))
    assert (fetched.address, fetched.location, fetched.data) == (site.url("/cu"), site.url("/a"), PAGE.encode())


async def test_a_ring_of_redirects_ends(site, fetcher):
    site.add("/a", status=302, Location="/a")
    error = await refusal(fetcher, site.url("/a"))
    assert (error.reason, error.detail) == (Reason.REFUSED, "more than 5 redirects")


@pytest.mark.parametrize(
    "target",
    [
        "http://10.0.0.1/",
        "http://[::ffff:169.254.169.254]/",
        "file:///etc/passwd",
        "http://noi-bo.example/",
        "http://a:b@cho.example/",
    ],
)
async def test_a_redirect_into_a_private_network_is_not_followed(site, target):
    site.add("/a", status=302, Location=target)
    async with limited(site, site.reach(noi_bo_example=["192.168.1.1"])) as fetcher:
        assert (await refusal(fetcher, site.url("/a"))).reason in {Reason.ADDRESS, Reason.UNREACHABLE}
    assert site.paths == ["/robots.txt", "/a"]


@pytest.mark.parametrize("location", ["", "http://[", "http://\ud7ff:x/"])
async def test_a_redirect_to_no_address_is_refused(site, fetcher, location):
    site.add("/a", status=302, Location=location.encode("ascii", "replace").decode())
    assert (await refusal(fetcher, site.url("/a"))).reason in {Reason.REFUSED, Reason.ADDRESS}


async def test_this_machine_is_refused_unless_it_is_allowed(site):
    site.add("/a", PAGE)
    async with Fetcher(Reach(ports=frozenset({site.port}))) as fetcher:
        for host in ("127.0.0.1", "[::1]", "localhost", "127.1", "2130706433", "[::ffff:127.0.0.1]"):
            assert (await refusal(fetcher, site.url("/a", host))).reason == Reason.ADDRESS
    assert site.asked == []


async def test_the_connection_is_made_to_the_address_that_was_checked():
    answers = itertools.chain(["93.184.216.34", "93.184.216.34"], itertools.repeat("127.0.0.1"))
    sent = []

    async def rebinding(host, port):
        return [next(answers)]

    async def body():
        yield PAGE.encode()

    def travel(request):
        sent.append(request)
        return httpx.Response(404 if request.url.path == "/robots.txt" else 200, content=body())

    async with Fetcher(
        Reach(resolver=rebinding), politeness=Politeness(0), transport=httpx.MockTransport(travel)
    ) as fetcher:
        await fetcher.fetch("https://example.org/a")
        assert (await refusal(fetcher, "https://example.org/a")).reason == Reason.ADDRESS
    assert [(one.url.host, one.headers["host"], one.extensions["sni_hostname"]) for one in sent] == [
        ("93.184.216.34", "example.org", "example.org")
    ] * 2


async def test_the_next_address_of_a_host_is_tried_when_one_does_not_answer(site):
    site.add("/a", PAGE)
    async with limited(site, site.reach(hai_example=["127.0.0.2", "127.0.0.1"])) as fetcher:
        fetched = await fetcher.fetch(site.url("/a", "hai.example"))
    assert fetched.data == PAGE.encode()


async def test_a_host_that_does_not_answer_is_named(site, fetcher):
    error = await refusal(fetcher, "http://khong-co.example/")
    assert (error.reason, error.detail) == (Reason.UNREACHABLE, "khong-co.example: Name or service not known")
    assert (await refusal(fetcher, "http://cho.example/a")).reason == Reason.UNREACHABLE  # no one listens at port 80


@pytest.mark.parametrize(
    ("status", "detail"),
    [(404, "404 Not Found"), (500, "500 Internal Server Error"), (599, "599"), (304, "304 Not Modified")],
)
async def test_an_error_is_given_as_the_server_says_it(site, fetcher, status, detail):
    site.add("/a", PAGE, status=status)
    error = await refusal(fetcher, site.url("/a"))
    assert (error.reason, error.detail) == (Reason.REFUSED, detail)


async def test_what_says_that_it_is_too_large_is_not_awaited(site):
    site.add("/a", b"x" * 2000)
    async with limited(site, size=1000) as fetcher:
        error = await refusal(fetcher, site.url("/a"))
    assert (error.reason, error.detail) == (Reason.TOO_LARGE, "2,000 bytes, 1,000 at most")


async def test_what_does_not_say_so_is_cut_off(site):
    site.add("/a", b"x" * 200_000, Content_Length=None)
    async with limited(site, size=1000) as fetcher:
        assert (await refusal(fetcher, site.url("/a"))).reason == Reason.TOO_LARGE


async def test_packed_bytes_are_unpacked_within_the_limit(site):
    site.add("/a", gzip.compress(PAGE.encode()), Content_Encoding="gzip")
    site.add("/bom", gzip.compress(b"\0" * 50_000_000), Content_Encoding="gzip")
    site.add("/cut", gzip.compress(PAGE.encode())[:-9], Content_Encoding="gzip")
    site.add("/lie", PAGE, Content_Encoding="gzip")
    site.add("/br", PAGE, Content_Encoding="br")
    async with limited(site, size=1_000_000) as fetcher:
        assert (await fetcher.fetch(site.url("/a"))).data == PAGE.encode()
        assert (await refusal(fetcher, site.url("/bom"))).reason == Reason.TOO_LARGE
        for path in ("/cut", "/lie", "/br"):
            assert (await refusal(fetcher, site.url(path))).reason == Reason.BROKEN


async def test_pictures_and_films_are_not_fetched(site, fetcher):
    site.add("/a", b"x", Content_Type="image/png")
    error = await refusal(fetcher, site.url("/a"))
    assert (error.reason, error.detail) == (Reason.BINARY, "image/png")


async def test_a_server_that_is_too_slow_is_left(site):
    site.silent.add("/a")
    async with limited(site, seconds=0.2) as fetcher:
        error = await refusal(fetcher, site.url("/a"))
    assert (error.reason, error.detail) == (Reason.UNREACHABLE, "cho.example: more than 0.2 seconds")


async def test_a_server_that_speaks_something_else_is_not_reached(site, fetcher):
    site.add("/a", b"x", Content_Length="7")  # promises more than it sends
    assert (await refusal(fetcher, site.url("/a"))).reason == Reason.UNREACHABLE


async def test_validators_that_cannot_stand_in_a_head_are_not_sent(site, fetcher):
    site.add("/a", PAGE)
    assert await fetcher.fetch(site.url("/a"), Validators("ngắt\r\ndòng", "a\r\nCookie: b"))
    assert site.asked[-1][1].keys().isdisjoint({"if-none-match", "if-modified-since", "cookie"})
