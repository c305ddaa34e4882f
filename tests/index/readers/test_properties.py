"""Whatever bytes a reader is given, it ends in documents or in a refusal, within its limits."""

import io
import json
import random
import zipfile
from functools import partial

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from index.documents import Document
from index.readers import SUFFIXES, Unreadable, file_of, read_bytes
from tests.index.readers.pdfs import page, pdf
from tests.index.readers.test_feed import ATOM, FIRST, SECOND, rss
from tests.index.readers.test_html import PAGE
from tests.index.readers.words import rewritten, word

LINES = '{"title": "Chợ", "text": "Chợ họp sớm."}\n{"id": 2, "text": "Chợ tan."}\n'
WORDS = word("Chợ họp sớm.", "Chợ tan.", title="Chợ nổi")
SOUND = {
    ".txt": ["Chợ nổi\n\nChợ họp sớm.\nNguồn: https://example.org/a".encode()],
    ".md": ["# Chợ\n\n* một\n* [hai](https://example.org)\n\n|a|b|\n|-|-|\n|c|d|".encode()],
    ".html": [PAGE.encode()],
    ".pdf": [pdf(page("Chợ họp sớm.", "Chợ tan."), title="Chợ"), pdf(page("Chợ."), password="x")],  # noqa: S106
    ".docx": [WORDS],
    ".rss": [rss(FIRST, SECOND).encode(), ATOM.encode()],
    ".jsonl": [LINES.encode()],
}
checked = partial(settings, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])


def check(data, key):
    """Read bytes; what comes out is whole."""
    try:
        contents = read_bytes(data, key)
    except Unreadable:
        return
    assert contents.documents or contents.skipped
    assert len({document.key for document in contents.documents}) == len(contents.documents)
    for document in contents.documents:
        check_document(document, key)


def check_document(document, key):
    assert isinstance(document, Document)
    assert document.title
    assert document.text.strip()
    assert file_of(document.key) == key
    assert document.url is None or document.url.startswith(("http://", "https://", "HTTP", "Http"))
    assert not set(document.text) & set("\0\r\ufffe\u200b")
    for heading in document.headings:
        assert document.text[heading.start : heading.end].strip()
        assert "\n" not in document.text[heading.start : heading.end]


@pytest.mark.parametrize("suffix", sorted(SUFFIXES))
@checked(max_examples=25)
@given(data=st.binary(max_size=2000) | st.text(max_size=1000).map(lambda text: text.encode(errors="replace")))
def test_any_bytes(suffix, data):
    check(data, f"a{suffix}")


@pytest.mark.parametrize("suffix", sorted(SOUND))
@checked(max_examples=40)
@given(seed=st.integers(0, 2**32), changes=st.integers(1, 30))
def test_sound_files_with_some_bytes_changed_cut_out_or_repeated(suffix, seed, changes):
    chance = random.Random(seed)
    data = bytearray(chance.choice(SOUND[suffix]))
    for _ in range(changes):
        at = chance.randrange(len(data)) if data else 0
        match chance.randrange(4):
            case 0:
                data[at : at + 1] = bytes([chance.randrange(256)])
            case 1:
                del data[at : at + chance.randrange(1, 40)]
            case 2:
                data[at:at] = data[at : at + chance.randrange(1, 200)] * chance.randrange(1, 20)
            case _:
                data[at:at] = chance.choice([b"\0", b"<", b">", b"&", b'"', b"\xff\xfe", b"\n", b"[", b"9999999999"])
    check(bytes(data), f"a{suffix}")


@checked(max_examples=40)
@given(seed=st.integers(0, 2**32))
def test_word_documents_whose_xml_was_changed(seed):
    chance = random.Random(seed)
    name = chance.choice(zipfile.ZipFile(io.BytesIO(WORDS)).namelist())

    def change(content):
        data = bytearray(content)
        for _ in range(chance.randrange(1, 10)):
            at = chance.randrange(len(data))
            data[at : at + chance.randrange(8)] = bytes(chance.randrange(32, 127) for _ in range(chance.randrange(8)))
        return bytes(data)

    check(rewritten(WORDS, name, chance.choice([change, lambda _: None, lambda _: b""])), "a.docx")


@checked(max_examples=60)
@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
        lambda inner: (
            st.lists(inner) | st.dictionaries(st.sampled_from(["title", "text", "url", "date", "id", "x"]), inner)
        ),
        max_leaves=8,
    )
)
def test_any_json(value):

    check(json.dumps(value).encode(), "a.jsonl")
