import re
from dataclasses import fields
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import pytest

from bot.commands import COMMANDS
from bot.texts import TEXTS, Language, Texts
from index.documents import Outcome
from index.readers import Reason

VI, EN = TEXTS[Language.VI], TEXTS[Language.EN]

MORNING, EVENING = datetime(2025, 2, 5, 8, 5, tzinfo=UTC), datetime(2025, 2, 6, 20, 30, tzinfo=UTC)
ARGUMENTS = {
    "day": [(date(2025, 2, 5),)],
    "too_long": [(10_000, 1000)],
    "unknown_command": [("/abc", "/xyz"), ("/abc", None)],
    "page": [(1, 2)],
    "sorry": [(True,), (False,)],
    "size": [(1, 9), (1234, 123_456)],
    "about_subject": [("đất hiếm",)],
    "unknown_subject": [("đất hiếm",)],
    "overview": [(1, True), (1, False), (1234, True), (1234, False)],
    "choose_summary": [(1, True), (1, False), (1234, True), (1234, False)],
    "unmentioned": [(("Úc",),), (("Úc", "Ấn Độ", "Nhật Bản"),)],
    "said_by": [("An", MORNING, False), ("An", MORNING, True)],
    "talk": [(1, 1, MORNING, EVENING, None), (0, 0, MORNING, EVENING, None), (1234, 9, MORNING, EVENING, 2000)],
    "thread": [(1, 1), (1234, 9)],
    "nothing_said": [(MORNING, None), (MORNING, EVENING)],
    "pause": [(MORNING, "https://t.me/c/1/2", 1), (MORNING, None, 90)],
    "scheduled": [(time(8), True), (time(20, 30), False)],
    "schedule_is": [(time(8),)],
    "understood": [("câu hỏi?",)],
    "kept": [(1, 2, 3, 4, 7), (1, 2, 3, 0, 0)],
    "report": [(1, 2)],
    "chart": [(0, 0, 0.0, date(2025, 2, 5)), (1234, 87, 1.25, date(2025, 2, 5))],
    "chart_title": [(0, 0), (1, 100), (1234, 87)],
    "day_count": [(1, 0, 0.5), (1234, 87, 1.5)],
    "times": [("câu hỏi?", 1), ("câu hỏi?", 1234)],
    "joined_group": [("@bot", True), ("@bot", False)],
    "wrong_choice": [("NAME", "value", ["one", "two"])],
    "no_such_folder": [("NAME", "folder")],
    "not_a_folder": [("NAME", "folder")],
    "empty_folder": [("folder",)],
    "damaged": [("reason",)],
    "system_error": [("reason", "path"), ("reason", "")],
    "not_watched": [("folder", "reason")],
    "replaced_document": [("Giá gạo",), ("",)],
    "several_added": [("tin.jsonl", {Outcome.ADDED: 1, Outcome.DUPLICATE: 1234}), ("tin.jsonl", {})],
    "not_added": [("a.pdf", "quá lớn"), ("", "quá lớn")],
    "no_such_file": [("a.txt",)],
    "file_not_fetched": [("a.pdf",)],
    "reading_document": [(0, 0), (1, 1234)],
    "too_many_to_undo": [("telegram/tin.jsonl",)],
    "undone": [("Giá gạo", True), ("Giá gạo", False)],
    "remove_which": [("gạo",), ("",)],
    "none_to_remove": [("gạo",)],
    "wrong_names": [("NAME", "path", 3, "Mỹ", 8), ("NAME", "path", 0, "reason", 8)],
    "not_a_token": [("NAME",)],
    "not_an_address": [("NAME", "value", "https://…")],
    "not_an_ip_address": [("NAME", "value")],
    "not_a_time_zone": [("NAME", "value", "Asia/Ho_Chi_Minh")],
    "not_in_range": [("NAME", "value", 1, 2)],
    "otherwise": [(True,), (False,), (None,)],
    "not_numbers": [("NAME", "value")],
    "unreachable": [("reason",)],
    "refused": [("reason",)],
    "cannot_listen": [("127.0.0.1", 80, "reason")],
    "already_running": [("folder",)],
    "chats_damaged": [("reason",)],
    "collection_set_aside": [("reason", Path("aside"))],
    "disk_full": [("reason",)],
    "cannot_write": [("reason",)],
    "database_held": [("reason",)],
    "disk_failing": [("reason",)],
    "newer_data": [("reason",)],
    "not_alive": [(None,), (100,)],
    "backed_up": [(Path("backup.zip"), 1, 1_234_567), (Path("backup.zip"), 12, 0)],
    "database_damaged": [("chats.sqlite3", "reason")],
    "not_a_backup": [(Path("backup.zip"), "reason")],
    "restored": [(1, Path("data"), None), (12, Path("data"), Path("data/aside"))],
    "started": [("name", 1), ("name", 1234)],
}


def sentences(texts: Texts) -> list[str]:
    """Everything that a catalogue can say, with a number where one is needed."""
    said: list[str] = []
    for field in fields(Texts):
        value = getattr(texts, field.name)
        if isinstance(value, str):
            said.append(value)
        elif callable(value):
            said += [value(*arguments) for arguments in ARGUMENTS.get(field.name, [(0,), (1,), (1234,)])]
        else:
            said += value.values()
    return said


@pytest.mark.parametrize("language", Language)
def test_every_sentence_says_something(language):
    assert all(sentence.strip() for sentence in sentences(TEXTS[language]))


@pytest.mark.parametrize("language", Language)
def test_only_commands_of_the_language_are_named(language):
    known = {command.typed(language) for command in COMMANDS} | {"/abc", "/xyz"}
    named = {name for sentence in sentences(TEXTS[language]) for name in re.findall(r"(?<!\S)/[a-z]+", sentence)}
    assert named <= known


def test_the_same_reasons_are_worded_in_every_language():
    assert VI.skip_reasons.keys() == EN.skip_reasons.keys()
    assert VI.add_reasons.keys() == EN.add_reasons.keys()
    assert VI.add_reasons.keys() <= VI.skip_reasons.keys()


def test_every_reason_that_a_reader_gives_is_worded():
    assert set(Reason) <= VI.skip_reasons.keys()


def test_numbers_are_written_as_in_the_language():
    assert (VI.number(1234567), EN.number(1234567)) == ("1.234.567", "1,234,567")


def test_dates_are_written_as_in_the_language():
    day = date(2025, 2, 5)
    assert (VI.day(day), EN.day(day)) == ("5/2/2025", "5 Feb 2025")


def test_english_has_plurals():
    assert EN.added(1) == "1 document added"
    assert EN.added(2) == "2 documents added"
    assert EN.skipped(1) == "Skipped 1 file"
    assert "about 1 second before" in EN.too_many_questions(1)
    assert "1 recent question," in EN.kept(1, 1, 1, 1, 1)
    assert "2 recent questions," in EN.kept(2, 1, 1, 1, 1)
    assert "1 message of yours in groups, for digests (deleted after 1 day)" in EN.kept(2, 1, 1, 1, 1)
    assert "for 7 days" in EN.kept_for_digests(7)


@pytest.mark.parametrize("language", Language)
def test_what_is_kept_stands_in_a_list_and_messages_of_groups_only_where_they_are_kept(language):
    with_groups, without = (TEXTS[language].kept(1, 2, 3, 0, days).splitlines() for days in (7, 0))
    assert [line for line in with_groups if line not in without] == [with_groups[4]]
    assert all(line.startswith("• ") for line in with_groups[1:-2])
    assert [line[:4] for line in with_groups[1:4]] == ["• 1 ", "• 2 ", "• 3 "]


def test_vietnamese_counts_without_plurals():
    assert VI.added(1) == "thêm 1 tài liệu"
    assert VI.added(1234) == "thêm 1.234 tài liệu"


def test_a_digest_tells_from_when_to_when_it_is():
    noon = MORNING + timedelta(hours=4)
    assert VI.talk(132, 9, MORNING, noon, None) == "Tóm tắt 132 tin của 9 người, từ 8:05 đến 12:05 ngày 5/2"
    assert VI.talk(3, 1, MORNING, EVENING, None) == "Tóm tắt 3 tin, từ 8:05 ngày 5/2 đến 20:30 ngày 6/2"
    assert EN.talk(132, 9, MORNING, noon, None) == "132 messages by 9 people, 5 Feb, 8:05 to 12:05"
    assert EN.talk(1, 1, MORNING, EVENING, None) == "1 message, 5 Feb, 8:05 to 6 Feb, 20:30"


def test_a_digest_of_files_alone_counts_no_messages():
    assert VI.talk(0, 0, MORNING, EVENING, None) == "Tóm tắt từ 8:05 ngày 5/2 đến 20:30 ngày 6/2"
    assert EN.talk(0, 0, MORNING, EVENING, None) == "5 Feb, 8:05 to 6 Feb, 20:30"


def test_a_digest_of_the_latest_messages_alone_says_so():
    assert VI.talk(1900, 9, MORNING, EVENING, 2000).endswith("(nhiều quá nên mình chỉ đọc 2.000 tin gần nhất)")
    assert EN.talk(1900, 9, MORNING, EVENING, 2000).endswith("so I read only the latest 2,000 messages)")


def test_one_person_is_not_counted():
    assert (VI.thread(3, 1), VI.thread(3, 2)) == ("3 tin", "3 tin, 2 người")
    assert (EN.thread(3, 1), EN.thread(3, 2)) == ("3 messages", "3 messages, 2 people")


def test_who_has_no_name_is_told_by_the_time_alone():
    assert (VI.said_by("", MORNING, False), VI.said_by("", MORNING, True)) == ("8:05", "5/2 8:05")
    assert (EN.said_by("", MORNING, False), EN.said_by("", MORNING, True)) == ("8:05", "5 Feb, 8:05")


def test_who_said_something_is_told_with_the_time_and_the_day_where_it_matters():
    assert (VI.said_by("An", MORNING, False), VI.said_by("An", MORNING, True)) == ("An, 8:05", "An, 5/2 8:05")
    assert (EN.said_by("An", MORNING, False), EN.said_by("An", MORNING, True)) == ("An, 8:05", "An, 5 Feb, 8:05")
