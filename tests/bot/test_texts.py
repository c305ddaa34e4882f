import re
from dataclasses import fields
from datetime import date

import pytest

from bot.commands import COMMANDS
from bot.texts import TEXTS, Language, Texts

VI, EN = TEXTS[Language.VI], TEXTS[Language.EN]

ARGUMENTS = {
    "day": [(date(2025, 2, 5),)],
    "too_long": [(10_000, 1000)],
    "unknown_command": [("/abc", "/xyz"), ("/abc", None)],
    "page": [(1, 2)],
    "understood": [("câu hỏi?",)],
    "kept": [(1, 2, 3)],
    "report": [(1, 2)],
    "times": [("câu hỏi?", 1), ("câu hỏi?", 1234)],
    "joined_group": [("@bot", True), ("@bot", False)],
    "wrong_choice": [("NAME", "value", ["one", "two"])],
    "no_such_folder": [("NAME", "folder")],
    "not_a_folder": [("NAME", "folder")],
    "empty_folder": [("folder",)],
    "damaged": [("reason",)],
    "system_error": [("reason", "path"), ("reason", "")],
    "wrong_names": [("NAME", "path", 3, "Mỹ", 8), ("NAME", "path", 0, "reason", 8)],
    "not_a_token": [("NAME",)],
    "not_an_address": [("NAME", "value", "https://…")],
    "not_an_ip_address": [("NAME", "value")],
    "not_in_range": [("NAME", "value", 1, 2)],
    "not_numbers": [("NAME", "value")],
    "unreachable": [("reason",)],
    "refused": [("reason",)],
    "cannot_listen": [("127.0.0.1", 80, "reason")],
    "already_running": [("folder",)],
    "chats_damaged": [("reason",)],
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
    assert "1 last question," in EN.kept(1, 1, 1)
    assert "2 last questions," in EN.kept(2, 1, 1)


def test_vietnamese_counts_without_plurals():
    assert VI.added(1) == "thêm 1 tài liệu"
    assert VI.added(1234) == "thêm 1.234 tài liệu"
