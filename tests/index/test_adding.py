import datetime as dt
import json

import pytest

from index.adding import Page, Web, add_address, add_bytes, add_file, add_post, normal_address, read_again
from index.documents import Document, Outcome
from index.readers import Contents, Reason, Unreadable
from index.web import Fetched, NotModified, Validators

HOUR = 3600.0
FEED = "https://bao.vn/rss"
RICE = "Giá gạo xuất khẩu của các tỉnh đồng bằng tăng 5% trong tháng qua, theo hiệp hội lương thực."
RESTS = "Giá gạo xuất khẩu của các tỉnh đồng bằng đứng yên trong tháng qua, theo hiệp hội lương thực."


class Site:
    """An address whose entries change; asks are kept with the stamps that came with them."""

    def __init__(self, **entries):
        self.entries = entries
        self.version = 1
        self.fails = False
        self.asked = []

    async def __call__(self, address, stamp):
        self.asked.append((address, stamp))
        if self.fails:
            raise Unreadable(Reason.UNREADABLE, "503")
        if stamp == str(self.version):
            return None
        documents = (Document(f"{address}#{name}", name, text) for name, text in self.entries.items())
        return Page(address, Contents(tuple(documents)), str(self.version))


@pytest.fixture
def site():
    return Site(a=f"Một. {RICE}", b=f"Hai. {RICE}")


async def keys(collection):
    return sorted(await collection.keys())


async def test_the_bytes_of_a_file_are_added_with_where_and_when_they_were_posted(collection):
    link, day = "https://t.me/bao/1", dt.date(2025, 2, 5)
    addition = await add_bytes(collection, f"Giá gạo\n\n{RICE}".encode(), "telegram/a.txt", link=link, day=day)
    (added,) = addition.added
    assert (added.entry.source.url, added.entry.source.date) == (link, day)
    assert added.entry.origin == "sent://telegram/a.txt"


async def test_what_a_file_says_of_itself_goes_before(collection):
    text = f"Giá gạo\n\n{RICE}\n\nNguồn: https://bao.vn/gao"
    addition = await add_bytes(collection, text.encode(), "telegram/a.txt", link="https://t.me/bao/1")
    assert addition.added[0].entry.source.url == "https://bao.vn/gao"


async def test_a_file_of_this_machine_is_added_by_its_name(collection, tmp_path):
    (tmp_path / "gao.txt").write_text(RICE, encoding="utf-8")
    assert (await add_file(collection, tmp_path / "gao.txt")).key == "added/gao.txt"
    assert await keys(collection) == ["added/gao.txt"]


async def test_a_post_is_cited_by_its_own_link_whatever_it_links_to(collection):
    link, day = "https://t.me/bao/1", dt.date(2025, 2, 5)
    text = f"GIÁ GẠO TĂNG\n{RICE}\nhttps://bao.vn/gao"
    await add_post(collection, text, link, link=link, day=day, publisher="Báo Gạo")
    (source,) = await collection.documents()
    assert (source.url, source.date, source.title) == (link, day, "GIÁ GẠO TĂNG – Báo Gạo")


async def test_what_is_not_there_any_more_stays_and_what_is_new_or_changed_is_taken_in(collection, site):
    await add_address(collection, FEED, site, now=0)
    site.entries = {"b": f"Hai. {RESTS}", "c": f"Ba. {RICE}"}
    site.version = 2

    (addition,) = await read_again(collection, site, now=12 * HOUR)

    assert [added.outcome for added in addition.added] == [Outcome.REPLACED, Outcome.ADDED]
    assert await keys(collection) == [f"{FEED}#{name}" for name in "abc"]
    assert "đứng yên" in (await collection.document(f"{FEED}#b")).text


async def test_an_address_is_read_again_when_its_time_comes_with_what_tells_whether_it_changed(collection, site):
    await add_address(collection, FEED, site, now=0)
    assert await read_again(collection, site, now=4 * HOUR) == ()
    assert len(site.asked) == 1
    assert await read_again(collection, site, now=8 * HOUR) == ()
    assert site.asked[1:] == [(FEED, "1")]
    assert await read_again(collection, site, now=9 * HOUR) == ()
    assert len(site.asked) == 2


async def test_an_address_that_fails_loses_nothing_and_is_tried_when_its_time_comes_next(collection, site):
    await add_address(collection, FEED, site, now=0)
    site.fails = True
    assert await read_again(collection, site, now=8 * HOUR) == ()
    assert len(await keys(collection)) == 2
    site.fails, site.version = False, 2
    assert await read_again(collection, site, now=9 * HOUR) == ()
    assert len(await read_again(collection, site, now=17 * HOUR)) == 1


async def test_what_was_removed_by_hand_stays_out_when_its_address_is_read_again(collection, site):
    await add_address(collection, FEED, site, now=0)
    await collection.remove([f"{FEED}#a"])
    site.entries, site.version = {"a": f"Một. {RESTS}", "b": f"Hai. {RESTS}"}, 2
    await read_again(collection, site, now=8 * HOUR)
    assert await keys(collection) == [f"{FEED}#b"]
    site.entries, site.version = {"b": f"Hai. {RICE}"}, 3
    await read_again(collection, site, now=16 * HOUR)
    assert "tăng 5%" in (await collection.document(f"{FEED}#b")).text


async def test_addresses_are_not_all_read_at_once(collection, site):
    for number in range(20):
        site.entries = {"a": f"{number}. {RICE}"}
        await add_address(collection, f"https://bao.vn/{number}", site, now=0)
    await read_again(collection, site, now=6 * HOUR)
    assert 3 < len(site.asked) - 20 < 17


async def test_an_address_that_was_put_back_is_read_at_once(collection, site):
    await add_address(collection, FEED, site, now=0)
    removed = await collection.remove(await collection.keys_of(FEED))
    assert await collection.addresses() == []
    await collection.undo([one.replacement for one in removed])
    assert [json.loads(origin.stamp or "null") for origin in await collection.addresses()] == [None]
    await read_again(collection, site, now=HOUR)
    assert site.asked[-1] == (FEED, "")


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("bao.vn/a", "https://bao.vn/a"),
        (" http://bao.vn/a#b ", "http://bao.vn/a"),
        ("HTTPS://bao.vn", "HTTPS://bao.vn"),
    ],
)
def test_an_address_is_kept_with_its_scheme_and_without_a_place_in_the_page(typed, address):
    assert normal_address(typed) == address


class Fetching:
    """Fetches a page that says the same as long as its validators do."""

    def __init__(self):
        self.closed = False

    async def fetch(self, address, validators=None):
        if validators == Validators("1"):
            return NotModified(address, validators)
        return Fetched(
            "https://bao.vn/gao", "https://bao.vn/gao", RICE.encode(), "text/plain", "utf-8", Validators("1")
        )

    async def __aexit__(self, *_):
        self.closed = True


async def test_the_web_tells_what_is_at_an_address_and_whether_it_changed():
    fetching = Fetching()
    async with Web(fetching) as web:
        page = await web.read("https://BAO.vn/gao", "")
        assert page.address == "https://bao.vn/gao"
        assert page.contents.document.text == RICE
        assert await web.read("https://bao.vn/gao", page.stamp) is None
    assert fetching.closed
