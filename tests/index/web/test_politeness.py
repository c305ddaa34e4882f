import asyncio

import httpx
import pytest

from index.readers import Reason, Unreadable
from index.web import Fetcher
from index.web import politeness as module
from index.web.politeness import Politeness


class Clock:
    """Time that passes while one waits, and at no other moment."""

    def __init__(self):
        self.now = 100.0
        self.waits = []

    def __call__(self):
        return self.now

    async def sleep(self, seconds):
        self.waits.append(seconds)
        self.now += seconds
        await asyncio.sleep(0)


def polite(pause=1.0):
    clock = Clock()
    return Politeness(pause, clock, clock.sleep), clock


async def refusal(fetcher, address):
    with pytest.raises(Unreadable) as caught:
        await fetcher.fetch(address)
    return caught.value


async def test_one_request_at_a_time_goes_to_a_host_with_a_pause_between(site):
    politeness, clock = polite()
    for number in range(5):
        site.add(f"/{number}", "Chợ.")
    async with Fetcher(site.reach(), politeness=politeness) as fetcher:
        await asyncio.gather(*(fetcher.fetch(site.url(f"/{number}")) for number in range(5)))
    assert site.busiest == 1
    assert clock.waits == [1.0] * 4
    assert site.paths.count("/robots.txt") == 1


async def test_what_robots_txt_forbids_is_not_fetched(site, fetcher):
    site.add(
        "/robots.txt",
        "User-agent: *\nDisallow: /rieng/\nAllow: /rieng/chung\n\nUser-agent: hoi-tai-lieu\nDisallow: /may\n",
    )
    site.add("/may/a", "Chợ.")
    site.add("/rieng/a", "Chợ.")
    error = await refusal(fetcher, site.url("/may/a"))
    assert (error.reason, error.detail) == (Reason.ROBOTS, "cho.example")
    await fetcher.fetch(site.url("/rieng/a"))  # the rules for us go before those for all
    assert site.paths == ["/robots.txt", "/rieng/a"]


async def test_where_a_redirect_leads_robots_txt_is_asked_too(site, fetcher):
    site.add("/robots.txt", "User-agent: *\nDisallow: /cam")
    site.add("/a", status=302, Location="/cam")
    assert (await refusal(fetcher, site.url("/a"))).reason == Reason.ROBOTS


async def test_a_longer_pause_is_kept_where_a_site_asks_for_it(site):
    politeness, clock = polite()
    site.add("/robots.txt", "User-agent: *\nCrawl-delay: 7")
    site.add("/a", "Chợ.")
    async with Fetcher(site.reach(), politeness=politeness) as fetcher:
        await fetcher.fetch(site.url("/a"))
        await fetcher.fetch(site.url("/a"))
    assert clock.waits == [7.0]


async def test_robots_txt_is_read_again_after_a_day(site):
    politeness, clock = polite()
    site.add("/a", "Chợ.")
    async with Fetcher(site.reach(), politeness=politeness) as fetcher:
        await fetcher.fetch(site.url("/a"))
        clock.now += 90_000
        site.add("/robots.txt", "User-agent: *\nDisallow: /")
        assert (await refusal(fetcher, site.url("/a"))).reason == Reason.ROBOTS


async def test_a_robots_txt_that_fails_closes_the_site_and_one_that_is_missing_opens_it(site, fetcher):
    site.add("/a", "Chợ.")
    site.add("/robots.txt", status=503)
    error = await refusal(fetcher, site.url("/a"))
    assert (error.reason, error.detail) == (Reason.REFUSED, "robots.txt: 503 Service Unavailable")
    site.add("/robots.txt", status=403)
    assert (await fetcher.fetch(site.url("/a"))).data == "Chợ.".encode()


async def test_of_an_endless_robots_txt_the_beginning_is_read(site, fetcher):
    site.add("/robots.txt", "User-agent: *\nDisallow: /cam\n" + "# dài\n" * 300_000)
    site.add("/a", "Chợ.")
    assert await fetcher.fetch(site.url("/a"))
    assert (await refusal(fetcher, site.url("/cam"))).reason == Reason.ROBOTS


async def test_hosts_that_are_long_gone_are_forgotten(monkeypatch):
    monkeypatch.setattr(module, "_MOST_HOSTS", 10)
    politeness, clock = polite()

    async def robots(url):
        return ""

    for number in range(100):
        async with politeness.turn(httpx.URL(f"https://a{number}.example/"), robots):
            clock.now += 5
    assert len(politeness._hosts) <= 11
