"""The shape of a catalogue: what the bot says, named by when it says it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum
from pathlib import Path

from index.documents import Length, Outcome


class Language(StrEnum):
    """The languages the bot speaks."""

    VI = "vi"
    EN = "en"


Count = Callable[[int], str]
"""A sentence with a number in it, and the plural that the number needs."""


def quoted(names: Sequence[str], conjunction: str) -> str:
    """Names in quotation marks, the last joined by a word: “A”, “B” or “C”."""
    *others, last = (f"“{name}”" for name in names)
    return f"{', '.join(others)} {conjunction} {last}" if others else last


def rounded(count: int) -> int:
    """A number of which the first two digits are told."""
    return round(count, -max(0, len(str(count)) - 2))


@dataclass(frozen=True, slots=True, kw_only=True)
class Texts:
    """One language's sentences. Commands stand in them under the name they have in that language.

    Attributes:
        number: A whole number as the language writes it.
        day: A date as the language writes it.
        welcome: Said first, with the number of documents.
        about: Who it is and what it can do, with the number of documents.
        go_ahead: To "may I ask something?".
        sorry: To a complaint; whether there is another answer to go on to.
        empty: To a message without anything in it.
        no_words: To a message of emoji, punctuation or control characters.
        too_long: With the length of the question and the longest that is read, in characters.
        unknown_command: With what was typed, and the command that was probably meant.
        likely: Above an answer that may well be right.
        unsure: Above an answer that is only the nearest there is.
        otherwise: Above what another document answers otherwise; whether it is newer, ``None`` where that is not known.
        refusal: The documents hold no answer.
        unmentioned: They do not even mention what the question names.
        covered: Above the titles that come nearest to a question or a subject of which the documents say nothing; where none
            comes near, above the newest.
        try_asking: Above titles that can be asked about.
        no_documents: There is nothing to answer from.
        nothing_asked: To "next" before any question.
        no_more_answers: To "next" after the last answer, with the number of answers.
        nothing_to_widen: To "wider" before any answer.
        nothing_wider: To "wider" where the passage is the whole document.
        no_wider: To "wider" where as much is shown as ever is, above the document.
        next: Names what shows the next answer, or the next page.
        wider: Names what shows an answer in a wider context.
        help: Above the commands.
        documents: Above the list of documents, with their number.
        size: How large a document is, in passages and, about, in syllables.
        page: Which page of how many.
        no_more_documents: To "next" after the last page.
        choose_document: To a number that no document has, with the number of documents.
        overview: Above the collection at a glance, with the number of documents, and whether it is shown in private: elsewhere
            a number alone means messages.
        no_more_summaries: To "next" after its last page.
        choose_summary: To a command to summarise a document by a number that none has, with the same.
        document_gone: To a button or link to a document that was removed.
        longer_summary: Names what shows a longer summary of a document.
        other_documents: Names what leads from a document's summary back to the collection at a glance.
        lengths: Names how much a summary tells.
        about_subject: Above what the documents say about a subject.
        unknown_subject: The documents say nothing about a subject.
        sources: Above the documents that a summary quotes.
        sources_above: To who asks for the source of a list, or of a summary of several documents.
        about_text: Above the summary of a message that somebody sent.
        too_short_to_summarise: To a message of a sentence or two.
        text_not_kept: To "longer" where the message that was summarised is not at hand.
        said_by: Who said something, the moment, and whether its day is to be told.
        talk: Above a digest of talk, with the numbers of messages and of people, its first moment and its last.
        thread: With the numbers of messages and of people in a thread of talk.
        open_questions: Above questions that nobody answered.
        shared: Above the links and files that were shared.
        help_with_talk: Below the commands in a group or channel: how to have its talk summarised.
        talk_of: Above a digest that is sent privately, with the title of the group or channel.
        nothing_said: There is nothing to tell of since a moment.
        nothing_said_at_all: There is nothing to tell of, and nothing from before either.
        talk_gone: To a button of a digest, or a link to one, whose messages are not kept any more.
        kept_only: Below a digest of a longer time than messages are kept, with the days that they are.
        cannot_hear: Telegram hides a group's messages from the bot.
        nothing_to_tell_of: To a number of messages or a time that is zero.
        too_many_posts: With the most messages that can be asked for.
        still_ahead: To a time that has not come.
        unclear_period: With what was typed for a time.
        pause: There was a digest a moment ago: when, the link to it or ``None``, and the seconds to wait for the next.
        send_privately: Names what sends a digest privately.
        sent_privately: It was sent.
        open_privately: It can be had by a link.
        open_here: Names that link.
        who_asks: To a command to send it privately from someone whose account Telegram does not tell.
        request_gone: To a link to a private digest that is too old, or somebody else's, or no link at all.
        not_a_member: To such a link from someone who is not in the group or channel any more.
        scheduled: A digest will come every day at a time of day; whether today already.
        schedule_is: It comes every day at that time.
        no_schedule: It does not.
        schedule_ended: It will not come any more.
        wrong_time: With what was typed for a time of day.
        understood: With the question as it was read: a follow-up in full, slips mended.
        what_to_ask: To a command to ask, without a question.
        your_question: In the empty input line of the reply to that.
        back: Names what shows the answer before.
        narrower: Names what shows an answer without its wider context again.
        all_documents: Names what shows the list of documents.
        choose_language: Above the languages.
        language_chosen: A language was chosen, in that language.
        admins_only: To someone who may not choose for a group or channel.
        kept: What is stored of a person, with the numbers of questions, of messages that answer, of votes and of
            messages in groups and channels, and the days that those are kept.
        nothing_kept: Nothing is stored of a person.
        becomes_documents: Below either: what people write that everybody may see quoted.
        forget: Asks whether to delete it.
        forget_mine: Names what deletes a person's data.
        forget_group: Names what deletes the data of everybody in a group or channel.
        forget_nothing: Names what deletes nothing.
        forgotten: It was deleted.
        not_forgotten: Nothing was deleted.
        kept_for_digests: That messages of a group or channel are kept, with the days: what for, and how to end it.
        not_kept_for_digests: That they are not, by its admins' choice.
        never_kept_for_digests: That they are not, by the owner's choice.
        keep_talk: Names what has them kept.
        stop_keeping_talk: Names what has them erased, and kept no more.
        talk_erased: They were erased, and are kept no more.
        how_to_hear: Where Telegram hides a group's messages: how to change that, for digests.
        in_groups_only: To a command that is for groups and channels.
        in_telegram_only: In the terminal, to one that is for Telegram.
        how_to_add: To a command to add without anything to add: in Telegram; ``how_to_add_here``: in the terminal.
        no_such_file: To a command to add a file that is not there, with what was typed.
        added_document: Above a document that was added.
        replaced_document: Above one that took the place of another, with the title of that.
        unchanged_document: Above one that was there already.
        duplicate_document: Above one whose content was there already.
        several_added: With what several documents came in, and how many of them came out how.
        other_many: After the first few documents, with the number of the others.
        read_again: The address is read again now and then.
        not_added: With what was to be added, which may be empty, and why it was not.
        add_reasons: Why, by ``Unreadable.reason``, where ``skip_reasons`` would say too little.
        file_not_fetched: Telegram did not give the file, with its name.
        reading_document: While something long is read, with how many documents of how many are done; of 0, it is not known.
        busy_now: Another process is writing to the collection.
        no_room_now: The disk is full, and nothing could be written of what somebody wanted.
        not_written_now: The same for another reason, with that.
        offer_adding: Names what adds a message that was taken for a question.
        undo: Names what takes back what was done.
        undone: What was done to a document was taken back, with its title, and whether it is there now.
        undone_many: The same with the number of documents.
        too_many_to_undo: So many documents were added that it takes a command to remove them, with what they came in.
        nothing_to_undo: To a command to take back what cannot be taken back any more.
        documents_removed: Above documents that were removed, with their number.
        stays_in_folder: Below, where their files are still in the folder.
        remove_it: Names what removes a document.
        remove_which: Above documents to choose from, with what was typed, which may be empty.
        none_to_remove: With what was typed, which means no document.
        publishes: That the posts of a channel become documents, which is publishing them: to say there.
        publish: Names what has that begin; ``stop_publishing`` what has it end.
        does_not_publish: That they do not.
        publishes_no_more: That they do not any more, with the number of posts that are documents.
        remove_posts: Names what removes those documents, with their number; ``keep_posts`` what keeps them.
        posts_removed: They were removed, with their number; ``posts_kept``: they were not.
        not_trusted: To a command to publish in a channel that the bot's owner does not manage.
        in_channels_only: To a command that is for channels.
        owners_only: To a command of the owner's from someone else.
        in_private_only: To a command that is for private chats.
        report: How many answers were found good, and how many bad.
        report_unanswered: Above questions without an answer.
        report_disliked: Above questions whose answers were found bad.
        times: A question, and how many times it was asked.
        chart: Below the chart of the last 30 days: the number of questions, the per cent answered, the seconds that the
            slowest reply took, and its day.
        chart_title: Above the chart, with the number of questions and the per cent answered.
        chart_answered: Names the questions that were answered.
        chart_unanswered: Names those that were not.
        chart_slowest: Names the seconds that the slowest reply of a day took.
        day_count: A day's questions, the per cent answered, and the seconds of the slowest reply.
        reads_text_only: To a photo, a voice message and the like.
        gone: To a button whose answer is forgotten.
        not_yours: To a button pressed by someone else than it is for.
        voted_up: To a thumb up.
        voted_down: To a thumb down.
        joined_group: Said once in a new group, with the bot's name, and whether all that is said there reaches it.
        joined_channel: Said once in a new channel.
        how_to_ask: Names what leads from an inline query to a private chat.
        none_found: Names what leads there from an inline query that found nothing.
        ask_more: Names what leads from an answer that was sent inline to a private chat.
        profile: What the bot's profile says, in up to 120 characters.
        introduction: What an empty chat says, in up to 512 characters.
        placeholder: In an empty input line.
        press_again: After the first Ctrl-C.
        indexing: Beside the progress bar.
        rebuilding: The same while the engine's files are built again.
        added: With the number of documents new in the folder; ``updated`` and ``removed`` likewise.
        skipped: Before the names of files that were not indexed, with their number.
        and_more: After the first few names, with the number of the others.
        skip_reasons: Why a file was not indexed, by ``Skipped.reason``.
        not_watched: Changes in the folder are not told by the system; with the folder and the system's reason.
        stopped: After Ctrl-C while documents are read.
        settings_file: The ``.env`` file cannot be read.
        wrong_choice: With the setting, its value, and what it may be.
        no_such_folder: With the setting and its value.
        not_a_folder: With the setting and its value.
        wrong_names: With the setting, its value, the number of the wrong line and what it holds, and how many syllables a
            name may have; where the line is 0, the file cannot be read, and why takes the place of what it holds.
        empty_folder: With the folder that holds no document.
        busy: Another process is writing to the collection.
        damaged: The collection's files cannot be used; with the reason.
        system_error: With the operating system's reason, and the path it concerns.
        not_allowed: In private to who may not use the bot, with their number.
        not_for_all: Names what leads someone who may not use the bot, and tries inline, to where they are told so.
        too_many_questions: To who asks too fast, with the seconds to wait.
        went_wrong: After an error that nobody foresaw.
        no_bot: Telegram was asked for, and there is no token.
        not_a_token: With the setting, whose value stays unsaid.
        not_an_address: With the setting, its value, and how a good one begins.
        not_an_ip_address: With the setting and its value.
        not_a_time_zone: With the setting, its value, and a good one.
        not_in_range: With the setting, its value, the least and the most it may be.
        not_numbers: With the setting and its value, which is to be numbers of people or chats.
        unknown_bot: Telegram does not know the token.
        unreachable: Telegram cannot be reached, with the reason.
        refused: Telegram refuses to let the bot start, with the reason.
        no_socks: The proxy speaks a protocol that nothing installed speaks.
        cannot_listen: With the address and port where updates are to arrive, and the operating system's reason.
        already_running: With the data folder that another bot works in.
        chats_damaged: What is kept of chats is damaged; with the reason.
        salvaged: How many documents that had been added by hand could be put back after that.
        collection_set_aside: With the reason why the collection cannot be used, and where that is now.
        disk_full: With the reason, as of the next ones.
        cannot_write: Files of the data folder cannot be written or opened.
        database_held: Another program holds a database.
        disk_failing: What is there cannot be read or written for another reason.
        newer_data: A database was written by a newer version.
        started: With the bot's username, and the number of documents.
        reopened: With the number of updates left from before that are answered now.
        elsewhere: The same bot is running elsewhere.
        alive: The bot works, with the seconds since it last said so.
        not_alive: It does not, with the seconds since it last did; ``None`` where it was stopped.
        stopped_here: After Ctrl-C while a backup is made or put back.
        backing_up: Beside the progress bar.
        backed_up: With the archive, the number of files in it, and its size in bytes.
        nothing_to_back_up: With the data folder, which is missing or empty.
        backup_inside: With the data folder, in which an archive of it cannot be.
        database_damaged: With the name of a database in the data folder, and the reason.
        not_a_backup: With a file that is no archive, or a damaged one, and the reason.
        newer_backup: With an archive that a newer version made.
        restoring: Beside the progress bar.
        restored: With the number of files, the data folder, and where that is now which was there before, or ``None``.
        data_there: With the data folder, which is not empty.
    """

    number: Count
    day: Callable[[date], str]

    # Small talk
    welcome: Count
    about: Count
    greeting: str
    thanks: str
    goodbye: str
    agreement: str
    go_ahead: str
    sorry: Callable[[bool], str]

    # What cannot be read as a question
    empty: str
    no_words: str
    too_long: Callable[[int, int], str]
    unknown_command: Callable[[str, str | None], str]

    # Questions and answers
    likely: str
    unsure: str
    otherwise: Callable[[bool | None], str]
    refusal: str
    unmentioned: Callable[[Sequence[str]], str]
    covered: str
    try_asking: str
    no_documents: str
    nothing_asked: str
    no_more_answers: Count
    nothing_to_widen: str
    nothing_wider: str
    no_wider: str
    next: str
    wider: str

    # Commands
    help: str
    help_in_group: str
    documents: Count
    size: Callable[[int, int], str]
    page: Callable[[int, int], str]
    no_more_documents: str
    choose_document: Count

    # Summaries
    overview: Callable[[int, bool], str]
    no_more_summaries: str
    choose_summary: Callable[[int, bool], str]
    document_gone: str
    longer_summary: str
    other_documents: str
    lengths: Mapping[Length, str]
    about_subject: Callable[[str], str]
    unknown_subject: Callable[[str], str]
    sources: str
    sources_above: str
    about_text: str
    too_short_to_summarise: str
    text_not_kept: str
    said_by: Callable[[str, datetime, bool], str]
    talk: Callable[[int, int, datetime, datetime, int | None], str]
    thread: Callable[[int, int], str]
    open_questions: str
    shared: str

    # Digests of talk
    help_with_talk: str
    talk_of: Callable[[str], str]
    nothing_said: Callable[[datetime, datetime | None], str]
    nothing_said_at_all: str
    talk_gone: str
    kept_only: Count
    cannot_hear: str
    nothing_to_tell_of: str
    too_many_posts: Count
    still_ahead: str
    unclear_period: Callable[[str], str]
    pause: Callable[[datetime, str | None, int], str]
    send_privately: str
    sent_privately: str
    open_privately: str
    open_here: str
    not_in_private: str
    who_asks: str
    request_gone: str
    not_a_member: str
    scheduled: Callable[[time, bool], str]
    schedule_is: Callable[[time], str]
    no_schedule: str
    schedule_ended: str
    wrong_time: Callable[[str], str]

    # Follow-ups and prompts
    understood: Callable[[str], str]
    what_to_ask: str
    your_question: str

    # Choices
    back: str
    narrower: str
    all_documents: str
    choose_language: str
    language_chosen: str
    admins_only: str

    # What is stored
    kept: Callable[[int, int, int, int, int], str]
    nothing_kept: str
    becomes_documents: str
    forget: str
    forget_mine: str
    forget_group: str
    forget_nothing: str
    forgotten: str
    not_forgotten: str
    kept_for_digests: Count
    not_kept_for_digests: str
    never_kept_for_digests: str
    keep_talk: str
    stop_keeping_talk: str
    talk_erased: str
    how_to_hear: str
    make_me_admin: str
    in_groups_only: str
    in_telegram_only: str

    # The owner
    how_to_add: str
    how_to_add_here: str
    no_such_file: Callable[[str], str]
    added_document: str
    replaced_document: Callable[[str], str]
    unchanged_document: str
    duplicate_document: str
    several_added: Callable[[str, Mapping[Outcome, int]], str]
    other_many: Count
    read_again: str
    not_added: Callable[[str, str], str]
    add_reasons: Mapping[str, str]
    file_not_fetched: Callable[[str], str]
    reading_document: Callable[[int, int], str]
    busy_now: str
    no_room_now: str
    not_written_now: Callable[[str], str]
    offer_adding: str
    undo: str
    undone: Callable[[str, bool], str]
    undone_many: Count
    too_many_to_undo: Callable[[str], str]
    nothing_to_undo: str
    documents_removed: Count
    stays_in_folder: str
    remove_it: str
    remove_which: Callable[[str], str]
    none_to_remove: Callable[[str], str]
    publishes: str
    publish: str
    stop_publishing: str
    does_not_publish: str
    publishes_no_more: Count
    remove_posts: Count
    keep_posts: str
    posts_removed: Count
    posts_kept: Count
    not_trusted: str
    in_channels_only: str
    owners_only: str
    in_private_only: str
    report: Callable[[int, int], str]
    report_unanswered: str
    report_disliked: str
    times: Callable[[str, int], str]
    chart: Callable[[int, int, float, date], str]
    chart_title: Callable[[int, int], str]
    chart_answered: str
    chart_unanswered: str
    chart_slowest: str
    day_count: Callable[[int, int, float], str]

    # Telegram
    reads_text_only: str
    gone: str
    not_yours: str
    voted_up: str
    voted_down: str
    joined_group: Callable[[str, bool], str]
    joined_channel: str
    how_to_ask: str
    none_found: str
    ask_more: str
    profile: str
    introduction: str

    # The terminal
    placeholder: str
    press_again: str
    indexing: str
    rebuilding: str
    added: Count
    updated: Count
    removed: Count
    skipped: Count
    and_more: Count
    skip_reasons: Mapping[str, str]
    not_watched: Callable[[Path, str], str]
    stopped: str

    # What stops the program, each on one line
    settings_file: str
    wrong_choice: Callable[[str, str, Sequence[str]], str]
    no_such_folder: Callable[[str, Path], str]
    not_a_folder: Callable[[str, Path], str]
    wrong_names: Callable[[str, Path, int, str, int], str]
    empty_folder: Callable[[Path], str]
    busy: str
    damaged: Callable[[str], str]
    system_error: Callable[[str, str], str]
    no_bot: str
    not_a_token: Callable[[str], str]
    not_an_address: Callable[[str, str, str], str]
    not_an_ip_address: Callable[[str, str], str]
    not_a_time_zone: Callable[[str, str, str], str]
    not_in_range: Callable[[str, str, int, int], str]
    not_numbers: Callable[[str, str], str]
    unknown_bot: str
    unreachable: Callable[[str], str]
    refused: Callable[[str], str]
    no_socks: str
    cannot_listen: Callable[[str, int, str], str]
    already_running: Callable[[Path], str]
    chats_damaged: Callable[[str], str]
    salvaged: Count
    collection_set_aside: Callable[[str, Path], str]
    disk_full: Callable[[str], str]
    cannot_write: Callable[[str], str]
    database_held: Callable[[str], str]
    disk_failing: Callable[[str], str]
    newer_data: Callable[[str], str]

    # What the program tells its owner while it runs in Telegram
    started: Callable[[str, int], str]
    reopened: Count
    elsewhere: str

    # Health
    alive: Count
    not_alive: Callable[[int | None], str]

    # Backups
    stopped_here: str
    backing_up: str
    backed_up: Callable[[Path, int, int], str]
    nothing_to_back_up: Callable[[Path], str]
    backup_inside: Callable[[Path], str]
    database_damaged: Callable[[str, str], str]
    not_a_backup: Callable[[Path, str], str]
    newer_backup: Callable[[Path], str]
    restoring: str
    restored: Callable[[int, Path, Path | None], str]
    data_there: Callable[[Path], str]

    # What people in Telegram are told instead of an answer
    not_allowed: Callable[[int], str]
    not_for_all: str
    too_many_questions: Count
    went_wrong: str
