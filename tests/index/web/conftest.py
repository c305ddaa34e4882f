import pytest

from index.web import Fetcher
from index.web.politeness import Politeness
from tests.index.web.site import opened


@pytest.fixture
async def site():
    async with opened() as one:
        yield one


@pytest.fixture
async def fetcher(site):
    async with Fetcher(site.reach(), politeness=Politeness(pause=0)) as one:
        yield one
