import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.documents import Digest, Length, Post, Shared
from index.talk import digest
from index.terms import idf

START = dt.datetime(2025, 5, 1, 8, tzinfo=dt.UTC)
WORDS = (
    "mai họp lúc mấy giờ phòng tầng 5 không nhé ạ chốt 18h30 Hoa Bình An ơi @an haha ok 👍 https://a.vn/b?c=1 thang máy "
    "hỏng ai có cho hỏi ? ! … , : 500k hôm nào the nao nop tien quy lop deadline build fail please review /tomtat"
).split(" ")


def weight(field, term):
    return idf(100, 0)


texts = st.one_of(
    st.lists(st.sampled_from(WORDS), max_size=12).map(" ".join),
    st.text(max_size=60),
    st.sampled_from(["", "haha", "👍", "?", "a" * 500, "không " * 200, "https://a.vn/x", "ai cũng " * 100]),
)


@st.composite
def talks(draw):
    """Posts of a few people, at equal times or years apart, that may reply to later, missing and their own posts."""
    count = draw(st.integers(0, 14))
    people = draw(st.sampled_from([["An"], ["Hoa", "Bình", "An", "Mẹ", ""]]))
    return [
        Post(
            key=str(number),
            person=(author := draw(st.sampled_from(people))),
            author=author,
            sent=START + dt.timedelta(seconds=draw(st.sampled_from([0, 0, 1, 60, 3600, 10**8])) * number),
            text=draw(texts),
            reply_to=draw(st.none() | st.integers(-1, count + 1).map(str)),
            shared=draw(st.sampled_from([(), (Shared("Bảng giá.xlsx"),), (Shared("a", "http://[::1"),)])),
        )
        for number in range(count)
    ]


def quoted(found):
    return [remark for thread in found.threads for remark in thread.remarks]


def said_in(remark):
    """Whether all of a remark stands in its post, but for "…" where something was left out."""
    place = 0
    for part in remark.text.split("…"):
        place = remark.post.text.find(part.strip(), place)
        if place < 0:
            return False
    return True


@settings(max_examples=60, deadline=None)
@given(posts=talks(), length=st.sampled_from(Length))
def test_any_talk_makes_a_digest_that_quotes_each_post_once_as_it_was_said(posts, length):
    found = digest(posts, length, weight)

    assert found.posts <= len(posts)
    assert found.people <= len({post.person for post in posts})
    remarks = [*quoted(found), *found.questions]
    assert len({remark.post.key for remark in remarks}) == len(remarks)
    assert all(remark.text.strip() and said_in(remark) for remark in remarks)
    assert all(thread.remarks and len(thread.remarks) <= thread.posts for thread in found.threads)
    assert all(thread.people <= thread.posts for thread in found.threads)


@settings(max_examples=30, deadline=None)
@given(posts=talks())
def test_remarks_of_a_thread_and_questions_stand_in_the_order_they_were_sent(posts):
    found = digest(posts, Length.LONG, weight)

    for remarks in (*(thread.remarks for thread in found.threads), found.questions):
        assert [remark.post.sent for remark in remarks] == sorted(remark.post.sent for remark in remarks)


def at(texts, people=("An", "Bình", "Chi")):
    return [
        Post(str(number), person := people[number % len(people)], person, START + dt.timedelta(minutes=number), text)
        for number, text in enumerate(texts)
    ]


def test_a_post_said_two_thousand_times_is_quoted_once():
    found = digest(at(["Mai 8h cắt điện toà B để sửa trạm biến áp"] * 2000), Length.LONG, weight)

    assert found.posts == 2000
    assert len(quoted(found)) == 1


@pytest.mark.parametrize("text", ["😂😂", "haha", "👍", "hihi :))", "."])
def test_a_talk_of_nothing_but_laughter_is_empty(text):
    assert digest(at([text] * 40), Length.NORMAL, weight) == Digest(posts=0, people=0)


def test_a_talk_of_nothing_but_links_tells_the_links():
    posts = [
        Post(
            str(number), "a", "An", START, f"https://example.vn/{number}", shared=(Shared("x", f"example.vn/{number}"),)
        )
        for number in range(4)
    ]
    found = digest(posts, Length.NORMAL, weight)

    assert (found.posts, found.threads, len(found.shared)) == (4, (), 4)


def test_replies_to_each_other_end(said):
    posts = said(
        "08:00 #2 An: Mai họp tổ dân phố lúc 8h\n08:01 #1 Bình: Họp ở nhà văn hoá\n08:02 #9 Chi: Nhớ mang ghế nhựa nhé"
    )

    assert {remark.post.key for remark in quoted(digest(posts, Length.NORMAL, weight))} == {"1", "2", "3"}


def test_english_is_told_as_well():
    found = digest(
        at([
            "Deploy to production is scheduled for Friday 18h, please merge before noon",
            "ok",
            "Does the payment service need a migration script?",
            "Yes, migration script for payment service is in pull request 41",
        ]),
        Length.NORMAL,
        weight,
    )  # fmt: skip

    assert "0" in {remark.post.key for remark in quoted(found)}
    assert found.posts == 3


@pytest.mark.parametrize(
    "unit", ["ai có ", "a?", "không biết ", "hay ", "hahaha", "@a ", "mai 8h ", "một hai ", "=)", "ai ơi, "]
)
def test_a_post_of_one_thing_over_and_over_is_cut_to_length(unit):
    found = digest(at([(unit * 4096)[:4096], "Mai 8h cắt điện toà B để sửa trạm biến áp"]), Length.SHORT, weight)

    assert all(len(remark.text) <= 1.2 * 140 + 1 for remark in [*quoted(found), *found.questions])


def test_people_called_like_common_words_do_not_hide_what_is_said():
    names = ("Hoa", "Bình", "An")
    found = digest(
        at(["Hoa tươi giao trước 8h sáng mai ở hội trường", "Bình nước để tầng 2", "ok"], names), Length.NORMAL, weight
    )

    assert {remark.post.key for remark in quoted(found)} == {"0", "1"}
