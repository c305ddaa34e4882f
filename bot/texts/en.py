"""English: short and kind."""

from collections.abc import Mapping
from datetime import datetime, time

from bot.texts.catalogue import Texts, quoted, rounded
from index.documents import Length, Outcome

_MINUTE = 60
_MEGABYTE = 1_000_000


def _number(value: int) -> str:
    return f"{value:,}"


def _counted(count: int, thing: str) -> str:
    return f"{_number(count)} {thing if count == 1 else f'{thing}s'}"


def _size(size: int) -> str:
    return f"{_number(-(-size // 1000))} kB" if size < _MEGABYTE else f"{size / _MEGABYTE:.1f} MB"


def _documents(count: int) -> str:
    return _counted(count, "document")


def _people(count: int) -> str:
    return f"{_number(count)} {'person' if count == 1 else 'people'}"


def _time(time_of_day: time) -> str:
    return f"{time_of_day:%H:%M}"


def _wait(seconds: int) -> str:
    return _counted(seconds, "second") if seconds < _MINUTE else _counted(-(-seconds // _MINUTE), "minute")


def _hour(moment: datetime) -> str:
    return f"{moment.hour}:{moment.minute:02}"


def _day_and_hour(moment: datetime) -> str:
    return f"{moment.day} {moment:%b}, {_hour(moment)}"


def _period(since: datetime, until: datetime) -> str:
    end = _hour(until) if since.date() == until.date() else _day_and_hour(until)
    return f"{_day_and_hour(since)} to {end}"


def _said_by(name: str, moment: datetime, with_day: bool) -> str:  # noqa: FBT001  # As the catalogue calls it.
    when = _day_and_hour(moment) if with_day else _hour(moment)
    return f"{name}, {when}" if name else when


def _talk(posts: int, people: int, since: datetime, until: datetime, most: int | None) -> str:
    by = f" by {_people(people)}" if people > 1 else ""
    counted = f"{_counted(posts, 'message')}{by}, " if posts else ""
    latest = f" (there was too much, so I read only the latest {_number(most)} messages)" if most else ""
    return f"{counted}{_period(since, until)}{latest}"


def _nothing_said(since: datetime, until: datetime | None) -> str:
    if until:
        return (
            f"There is nothing to tell of here from {_period(since, until)}. Try another time, as in /summary 2 days."
        )
    return (
        f"There is nothing to tell of here since {_day_and_hour(since)}. To look further back, type something like "
        "/summary 2 days."
    )


def _first_summary(in_private: bool) -> str:  # noqa: FBT001  # As the catalogue calls it.
    return "/summary 1" if in_private else "/summary documents 1"


def _several_added(name: str, counts: Mapping[Outcome, int]) -> str:
    words = {
        Outcome.ADDED: "added",
        Outcome.REPLACED: "updated",
        Outcome.REMOVED: "taken out",
        Outcome.UNCHANGED: "unchanged",
        Outcome.DUPLICATE: "left out, for their content was here already",
    }
    told = ", ".join(f"{_number(counts[outcome])} {word}" for outcome, word in words.items() if counts.get(outcome))
    return f"Documents in {name}: {told or 'none'}."


_MAKE_ME_ADMIN = (
    "For digests of what is said here (/summary), an admin opens the group's info, taps edit (✎), then Administrators › "
    "Add Admin, and chooses me."
)
_AGE = {True: "A newer", False: "An older", None: "Another"}
_NO_DOCUMENTS = "There are no documents yet, so I cannot answer."

ENGLISH = Texts(
    number=_number,
    day=lambda day: f"{day.day} {day:%b} {day.year}",
    # Small talk
    welcome=lambda count: (
        f"Hello. Ask a question, and I look it up in {_documents(count)} and quote the answer word for word, with its "
        "source.\nType /help to see the commands."
        if count
        else f"Hello, I answer questions about documents. {_NO_DOCUMENTS}"
    ),
    about=lambda count: (
        f"I am a bot that answers from {_documents(count) if count else 'documents'}, word for word and with the "
        "source, so that you can check. What they do not say, I do not make up.\nType /help to see the commands."
    ),
    greeting="Hello. What would you like to find in the documents?",
    thanks="You are welcome. Just ask if there is anything else.",
    goodbye="Goodbye, see you again.",
    agreement="All right. Just ask if there is anything else.",
    go_ahead="Go ahead, I will look it up.",
    sorry=lambda more: (
        f"Sorry, that missed your point. Try other words{', or type /next for another answer' if more else ''}."
    ),
    # What cannot be read as a question
    empty="There is nothing to look up yet. Please type a question in Vietnamese, with or without diacritics.",
    no_words="I see no words to look up. Please ask in Vietnamese words, with or without diacritics.",
    too_long=lambda length, limit: (
        f"The question is {_number(length)} characters long, and I read up to {_number(limit)}. "
        "Please send a shorter one; to have that message summarised, reply to it with /summary."
    ),
    unknown_command=lambda command, nearest: (
        f"There is no command {command}. Did you mean {nearest}?"
        if nearest
        else f"There is no command {command}. Type /help to see the commands."
    ),
    # Questions and answers
    likely="The answer may well be here:",
    unsure="I am not sure, but this comes nearest:",
    otherwise=lambda newer: f"{_AGE[newer]} document says otherwise:",
    refusal="I could not find an answer in the documents. Try asking in other words.",
    unmentioned=lambda names: f"The documents do not mention {quoted(names, 'or')}, so I have no answer.",
    covered="I have documents such as:",
    try_asking="Try asking about:",
    no_documents=_NO_DOCUMENTS,
    nothing_asked="There is nothing to continue. Ask a question first.",
    no_more_answers=lambda count: (
        "That was the only answer I found." if count == 1 else f"That was all, I found {_number(count)} answers."
    ),
    nothing_to_widen="There is no answer to show more of. Ask a question first.",
    nothing_wider="The passage above is already the whole document.",
    no_wider="This is as much as I quote. The document goes on; read it at its source:",
    next="more",
    wider="wider context",
    # Commands
    help="Just type a question in Vietnamese, with or without diacritics. There are also these commands:",
    help_in_group="Here, type /ask with a question, mention me, or reply to a message of mine. The commands:",
    documents=lambda count: f"I have {_documents(count)}. Add a number, as in /documents 1, for a summary:",
    size=lambda passages, syllables: f"{_counted(passages, 'passage')}, about {_counted(rounded(syllables), 'word')}",
    page=lambda page, pages: f"page {_number(page)}/{_number(pages)}",
    no_more_documents="That was the whole list. Type /documents to see it from the start.",
    choose_document=lambda count: (
        "There is only one document; type /documents 1."
        if count == 1
        else f"There are {_documents(count)}; choose a number from 1 to {_number(count)}, as in /documents 1."
    ),
    # Summaries
    overview=lambda count, in_private: (
        f"I have one document. Type {_first_summary(in_private)} to see more of it:"
        if count == 1
        else f"I have {_documents(count)}, the newest first. "
        f"Add a number or a subject, as in {_first_summary(in_private)}, to see more:"
    ),
    no_more_summaries="Those were all the documents. Type /summary page 1 to see them from the start.",
    choose_summary=lambda count, in_private: (
        f"There is only one document; type {_first_summary(in_private)}."
        if count == 1
        else f"There are {_documents(count)}; choose a number from 1 to {_number(count)}, as in {_first_summary(in_private)}."
    ),
    document_gone="This document is no longer here. Type /documents to see what there is.",
    longer_summary="longer summary",
    other_documents="other documents",
    lengths={Length.SHORT: "Short", Length.NORMAL: "Normal", Length.LONG: "Long"},
    about_subject=lambda subject: f"What the documents say about “{subject}”:",
    unknown_subject=lambda subject: f"I see no document about “{subject}”.",
    sources="Sources:",
    sources_above="The source of each is given right there, above.",
    about_text="The message in short:",
    too_short_to_summarise="That message is short already, reading it is quickest.",
    text_not_kept="I do not keep that message. Please reply to it with /summary long, or /summary short.",
    said_by=_said_by,
    talk=_talk,
    thread=lambda posts, people: _counted(posts, "message") + (f", {_people(people)}" if people > 1 else ""),
    open_questions="Still without an answer:",
    shared="Shared:",
    # Digests of talk
    help_with_talk=(
        "Digests of what is said here:\n"
        "/summary – since the last one\n"
        "/summary 50, /summary 6h, /summary 2 days, /summary yesterday – so many messages, or that time\n"
        "/summary private – I send it to you alone\n"
        "/summary documents – the documents instead"
    ),
    talk_of=lambda title: f"What was said in “{title}”:",
    nothing_said=_nothing_said,
    nothing_said_at_all="There is nothing to tell of here yet. Once people have talked, type /summary again.",
    talk_gone="I do not keep these messages any more, so I cannot summarise them again.",
    kept_only=lambda days: f"I keep messages for {_counted(days, 'day')} only, so this goes back no further.",
    cannot_hear="Telegram does not show me the messages of this group.",
    nothing_to_tell_of="That has to be more than 0, as in /summary 50 or /summary 6h.",
    too_many_posts=lambda most: f"I can summarise up to {_number(most)} messages at a time; please choose fewer.",
    still_ahead="That time has not come yet. Try /summary today.",
    unclear_period=lambda typed: (
        f"I did not understand “{typed}”. Type something like /summary 50 (messages), /summary 6h, /summary 2 days or "
        f"/summary yesterday; for what the documents say, /summary documents {typed}"
    ),
    pause=lambda last, link, seconds: (
        f"There was a digest here just now, at {_hour(last)}{f' ({link})' if link else ''}. Please wait about "
        f"{_wait(seconds)}; to see one at once, have it sent to you privately."
    ),
    send_privately="Send it to me",
    sent_privately="I have sent it to you privately.",
    open_privately="Open our private chat with the button below, and I send it at once.",
    open_here="Read it privately",
    not_in_private="The bot's owner lets me answer here only, so I cannot send it to you privately.",
    who_asks="You are anonymous here, so I do not know whom to send it to. Please press the button below.",
    request_gone=(
        "This link cannot be opened: it may be more than a day old, or somebody else's. Type /summary private in the "
        "group for a new one."
    ),
    not_a_member=(
        "I can send this only to members of that group or channel, and I do not see you there. If the group hides its "
        "members, please ask one of its admins to make me an admin."
    ),
    scheduled=lambda at, today: (
        f"All right, I send a digest here every day at {_time(at)}, beginning {'today' if today else 'tomorrow'}. When "
        "there is nothing new, I stay silent. To end it: /schedule off."
    ),
    schedule_is=lambda at: (
        f"I send a digest here every day at {_time(at)}. To change that: /schedule 08:00; to end it: /schedule off."
    ),
    no_schedule="No digest is scheduled here. Admins set one with a time of day, as in /schedule 08:00.",
    schedule_ended="No more scheduled digests here.",
    wrong_time=lambda typed: (
        f"I did not understand the time “{typed}”. Type something like /schedule 08:00, /schedule 8:30 pm or /schedule off."
    ),
    # Follow-ups and prompts
    understood=lambda question: f"I read this as: {question}",
    what_to_ask="What would you like to look up? Please reply to this message with your question.",
    your_question="Your question",
    # Choices
    back="back",
    narrower="less",
    all_documents="all documents",
    choose_language="Which language shall I speak?",
    language_chosen="From now on I speak English.",
    admins_only="Only admins can do this.",
    # What is stored
    kept=lambda questions, answers, votes, messages, days: (
        "About you I keep:\n"
        f"• {_counted(questions, 'recent question')}, to read follow-ups (deleted after an hour)\n"
        f"• {_number(answers)} of my messages to you, so that buttons work (deleted after 90 days)\n"
        f"• {_counted(votes, 'vote')} 👍 👎 (deleted after a year)\n"
        + (
            f"• {_counted(messages, 'message')} of yours in groups, for digests (deleted after {_counted(days, 'day')})\n"
            if days
            else ""
        )
        + "• digests you asked for in private (deleted after a day)\n"
        "• the language you chose, if you did\n"
        "• the number of our chat, to know whether I can still write to you\n"
        "Questions without an answer, or whose answer got 👎, can be read by the owner, without the name of who asked. "
        "The questions of a day are counted; who asked what is not noted.\n"
        "Type /forget to delete it."
    ),
    nothing_kept=(
        "I keep nothing about you but the number of our chat, to know whether I can still write to you. Questions "
        "without an answer, or whose answer got 👎, are noted without the name of who asked, so that the owner can read them "
        "and add documents. The questions of a day are counted; who asked what is not noted."
    ),
    becomes_documents=(
        "Posts of channels with /source on, and what the owner sends to be a document, can be seen by whoever asks me; a "
        "message of a person's that is forwarded is added without their name."
    ),
    forget=(
        "Shall I delete what I keep, messages in groups that are kept for digests included? The buttons below earlier "
        "answers will stop working."
    ),
    forget_mine="Delete what is yours",
    forget_group="Delete everybody's here",
    forget_nothing="Leave it",
    forgotten="Done, it is deleted.",
    not_forgotten="All right, I leave it as it is.",
    kept_for_digests=lambda days: (
        f"I keep the messages here for {_counted(days, 'day')}, only to summarise them (/summary), then erase them. Admins "
        "turn this off with /keep off; to have your own erased, type /forget."
    ),
    not_kept_for_digests="I keep no messages here, so I cannot summarise them. Admins turn it on with /keep on.",
    never_kept_for_digests="The bot's owner chose that no messages are kept, so I cannot summarise a group's talk.",
    keep_talk="Keep them for digests",
    stop_keeping_talk="Stop and erase",
    talk_erased="I erased the messages that I had kept, and keep no more from now on. Turn it on again with /keep on.",
    how_to_hear=(
        f"{_MAKE_ME_ADMIN} Or the bot's owner sends “/setprivacy” to @BotFather and chooses me, then Disable; after that, "
        "remove me from the group and add me again."
    ),
    make_me_admin=_MAKE_ME_ADMIN,
    in_groups_only="This command is for groups and channels.",
    in_telegram_only="This command is for Telegram only.",
    # The owner
    how_to_add=(
        "Send me a file or the address of a page, forward a post, or reply to a message with /add, and I add it to the "
        "documents."
    ),
    how_to_add_here="Type /add with the path of a file or the address of a page.",
    no_such_file=lambda name: f"I see no file {name}. Please look at the path again.",
    added_document="Added:",
    replaced_document=lambda title: (
        f"This has taken the place of the earlier “{title}”:"
        if title
        else "This has taken the place of the earlier one:"
    ),
    unchanged_document="This document is here already, unchanged:",
    duplicate_document="The same content is here already, in the document below, so I did not add it again:",
    several_added=_several_added,
    other_many=lambda count: f"and {_counted(count, 'other document')}",
    read_again="I will read this address again now and then, to keep up with it.",
    not_added=lambda name, reason: f"I could not add {name or 'this message'}: {reason}.",
    add_reasons={
        "empty": "I see no words in it that I could read",
        "scanned": "it is a scan, pictures of pages without any text",
        "address": "I read only public addresses on the web, that begin with http or https",
        "robots": "this site asks programs not to read it",
        "unreachable": "the site does not answer, please try again later",
        "refused": "the site answers with an error",
    },
    file_not_fetched=lambda name: f"Telegram could not give me the file {name}. Please send it again.",
    reading_document=lambda done, count: (
        f"Reading: {_number(done)} of {_documents(count)} done…" if count > 1 else "Reading, just a moment…"
    ),
    busy_now="The collection is busy. Please try again in a few minutes.",
    no_room_now=(
        "The bot's disk is full, so nothing was written. Please make room and try again; what was kept before is still there."
    ),
    not_written_now=lambda reason: (
        f"I could not write to the collection ({reason}). Please see to the disk and try again; what was kept before is "
        "still there."
    ),
    offer_adding="Add this message to the documents",
    undo="Undo",
    undone=lambda title, there: (
        f"Undone: “{title}” is as it was before." if there else f"Undone: “{title}” has been taken out."
    ),
    undone_many=lambda count: f"Undone: {_documents(count)} as before.",
    too_many_to_undo=lambda name: f"To take all of them out again, type /remove {name}",
    nothing_to_undo=(
        "There is nothing to undo: nothing was added or removed, it is more than a day ago, or the document has changed since."
    ),
    documents_removed=lambda count: "Removed:" if count == 1 else f"Removed {_documents(count)}:",
    stays_in_folder="The file is still in the folder; I do not use it any more, unless its content changes.",
    remove_it="Remove this document",
    remove_which=lambda typed: (
        f"I am not sure which document “{typed}” is. Please choose:"
        if typed
        else "Which document should be removed? Choose one below, or type /remove with a number of /documents:"
    ),
    none_to_remove=lambda typed: f"I find no document “{typed}”. Type /documents to see the list.",
    publishes=(
        "From now on, what is posted in this channel becomes a document of mine: whoever asks me, anywhere, may see it quoted "
        "with its link. I follow edits, and leave out very short posts. Turn it off with /source off."
    ),
    publish="Make posts documents",
    stop_publishing="Stop",
    does_not_publish=(
        "I do not take posts of this channel as documents. Turn it on with /source on: then whoever asks me may see them."
    ),
    publishes_no_more=lambda count: (
        f"I take no more posts of this channel. {_counted(count, 'post')} taken before can still be found; remove them too?"
        if count
        else "I take no more posts of this channel."
    ),
    remove_posts=lambda count: f"Remove {_counted(count, 'post')}",
    keep_posts="Keep them",
    posts_removed=lambda count: f"Removed {_counted(count, 'post')} of this channel from the documents.",
    posts_kept=lambda count: f"All right, {_counted(count, 'post')} taken before stay.",
    not_trusted=(
        "I take posts only of channels that my owner manages. The owner must be named in ADMIN_IDS and be an admin of this "
        "channel, or name the channel in ALLOWED_CHATS."
    ),
    in_channels_only="Please post this command in a channel, as /source on.",
    owners_only="This command is for the bot's owner only.",
    in_private_only="Please send me this command in a private chat.",
    report=lambda up, down: f"Votes on answers: 👍 {_number(up)}, 👎 {_number(down)}.",
    report_unanswered="Questions without an answer:",
    report_disliked="Questions whose answers got 👎:",
    times=lambda question, count: question if count == 1 else f"{question} ({_number(count)} times)",
    chart=lambda questions, share, slowest, day: (
        f"The last 30 days: {_counted(questions, 'question')}, {share}% answered. The slowest took {slowest:.1f} seconds, on "
        f"{day.day} {day:%b}."
        if questions
        else "No questions in Telegram in the last 30 days."
    ),
    chart_title=lambda questions, share: (
        f"The last 30 days: {_counted(questions, 'question')}" + (f", {share}% answered" if questions else "")
    ),
    chart_answered="answered",
    chart_unanswered="not answered",
    chart_slowest="The slowest reply of the day (seconds)",
    day_count=lambda questions, share, slowest: (
        f"{_counted(questions, 'question')}, {share}% answered, the slowest {slowest:.1f} seconds"
    ),
    # Telegram
    reads_text_only="I can only read text. Please type your question in Vietnamese, with or without diacritics.",
    gone="This answer is too old for me to open again. Please ask again.",
    not_yours="This button is for the person who typed the command.",
    voted_up="Thank you.",
    voted_down="Thank you, I noted it for the owner.",
    joined_group=lambda name, hears_all: (
        f"Hello everyone. To find something in the documents, type /ask with a question, mention {name}, or reply to a "
        "message of mine. "
        + (
            "I see all messages here, but speak only when spoken to."
            if hears_all
            else "I cannot read any other messages here."
        )
    ),
    joined_channel="Hello. Post /ask with a question, and I look it up in the documents and answer in the channel.",
    how_to_ask="How to ask me",
    none_found="Nothing found, ask me in private",
    ask_more="Ask more",
    profile="Answers from Vietnamese documents: word for word, with the source.",
    introduction=(
        "I answer questions by quoting documents word for word, with the source so that you can check. What they do not "
        "say, I do not make up.\n\nJust type a question in Vietnamese, with or without diacritics. For what is in the "
        "documents at a glance, type /summary."
    ),
    # The terminal
    placeholder="Type a question, or /help",
    press_again="Press Ctrl-C again to leave",
    indexing="Reading documents",
    rebuilding="Building the search index again",
    added=lambda count: f"{_documents(count)} added",
    updated=lambda count: f"{_documents(count)} updated",
    removed=lambda count: f"{_documents(count)} removed",
    skipped=lambda count: f"Skipped {_counted(count, 'file')}",
    and_more=lambda count: f"and {_number(count)} more",
    skip_reasons={
        "empty": "empty file",
        "binary": "not text",
        "encoding": "unknown encoding",
        "unreadable": "cannot be opened",
        "too_large": "too large",
        "duplicate": "same content",
        "format": "unknown format",
        "misnamed": "the suffix is not that of the content",
        "broken": "damaged, or wrong for its format",
        "scanned": "a scan: pictures without text",
        "encrypted": "protected by a password",
        "costly": "takes too long or too much memory to read",
        "address": "such addresses are not fetched",
        "robots": "the site asks programs to stay away",
        "unreachable": "cannot be reached",
        "refused": "the site answers with an error",
    },
    not_watched=lambda folder, reason: (
        f"The system does not tell when the folder {folder} changes ({reason}), so I look through it now and then."
    ),
    stopped="Stopped. The documents read so far are kept.",
    # What stops the program
    settings_file="The file .env cannot be read: it must be UTF-8 text, one NAME=value a line.",
    wrong_choice=lambda variable, value, allowed: f"{variable}={value}: it may only be {' or '.join(allowed)}.",
    no_such_folder=lambda variable, folder: (
        f"{variable}={folder}: there is no such folder; it must be the path of a folder of .txt, .md, .pdf, .docx or "
        ".html files."
    ),
    wrong_names=lambda variable, path, line, written, longest: (
        f"{variable}={path}, line {line}: a line holds two or more names, separated by “=”, each of 1 to {longest} "
        f"syllables: {written}"
        if line
        else f"{variable}={path}: this file cannot be read ({written})."
    ),
    not_a_folder=lambda variable, path: f"{variable}={path}: this is a file; it must be the path of a folder.",
    empty_folder=lambda folder: (
        f"The folder {folder} holds no readable document yet. Add .txt, .md, .pdf, .docx or .html "
        "files to it, or set DOCUMENTS_DIR to another folder."
    ),
    busy="Another program is writing to the collection. Please try again in a moment.",
    damaged=lambda reason: (
        f"The collection in DATA_DIR cannot be used ({reason}). Check that the disk has room and that the folder can be "
        "written to; otherwise remove the folder collection in it and start again: the documents are untouched."
    ),
    system_error=lambda reason, path: f"{path} cannot be used: {reason}." if path else f"System error: {reason}.",
    no_bot="There is no Telegram token. Get one from @BotFather and put it into TELEGRAM_BOT_TOKEN in the file .env.",
    not_a_token=lambda variable: (
        f"{variable}: this does not look like a token. One from @BotFather has the form 123456789:AA… ."
    ),
    not_an_address=lambda variable, value, example: (
        f"{variable}={value}: this is not an address; it must have the form {example} ."
    ),
    not_an_ip_address=lambda variable, value: (
        f"{variable}={value}: it must be an IP address, such as 127.0.0.1 or 0.0.0.0."
    ),
    not_a_time_zone=lambda variable, value, example: (
        f"{variable}={value}: there is no such time zone; it must be an IANA name, such as {example}."
    ),
    not_in_range=lambda variable, value, least, most: (
        f"{variable}={value}: it may only be a number from {least} to {most}."
    ),
    not_numbers=lambda variable, value: (
        f"{variable}={value}: it may only be Telegram's numbers, separated by commas, as in 123456789,-1001234567890."
    ),
    unknown_bot="Telegram does not know the token in TELEGRAM_BOT_TOKEN. Please check it with @BotFather.",
    unreachable=lambda reason: (
        f"Telegram cannot be reached ({reason}). Check the network, or set TELEGRAM_PROXY where Telegram is blocked."
    ),
    refused=lambda reason: f"Telegram does not let the bot start: {reason}.",
    no_socks="For the SOCKS proxy in TELEGRAM_PROXY, the package python-telegram-bot[socks] must be installed.",
    cannot_listen=lambda address, port, reason: (
        f"Updates cannot be received at {address}:{port} ({reason}). Set another WEBHOOK_PORT or WEBHOOK_LISTEN."
    ),
    already_running=lambda folder: (
        f"Another bot is running with the folder {folder}. Each DATA_DIR serves one bot only."
    ),
    chats_damaged=lambda reason: (
        f"What is kept of chats is damaged ({reason}). I deleted nothing. Please put the last backup back: python -m bot "
        "restore FILE --replace. Without a backup, move the files chats.sqlite3* in DATA_DIR elsewhere and start again: the "
        "bot begins anew, and the documents are untouched."
    ),
    salvaged=lambda count: (
        f"{_documents(count)} added by hand (/add, Telegram) could be read from the damaged collection; if any is missing, "
        "please restore a backup."
    ),
    collection_set_aside=lambda reason, aside: (
        f"The collection is damaged ({reason}). It is kept in {aside}, and all documents are read again."
    ),
    disk_full=lambda reason: (
        f"The disk is full, so the bot cannot write ({reason}). Please make room and start again; nothing kept is lost."
    ),
    cannot_write=lambda reason: f"The bot cannot write to DATA_DIR ({reason}). Please see to the folder's permissions.",
    database_held=lambda reason: (
        f"Another program holds the data in DATA_DIR ({reason}). Please wait for it or end it, and start again."
    ),
    disk_failing=lambda reason: (
        f"The data in DATA_DIR cannot be read or written ({reason}). Please check the disk and start again."
    ),
    newer_data=lambda reason: (
        f"The data in DATA_DIR were written by a newer version ({reason}). Please upgrade the bot and start again."
    ),
    # What the owner is told while it runs
    started=lambda name, count: f"@{name} is running, answering from {_documents(count)}. Press Ctrl-C to stop.",
    reopened=lambda count: f"Going on with {_counted(count, 'message')} left from the last run.",
    elsewhere="This bot is also running elsewhere; a token serves one place only. Please stop one of them.",
    # Health
    alive=lambda seconds: f"The bot is running; it last said so {_counted(seconds, 'second')} ago.",
    not_alive=lambda seconds: (
        "The bot is not running." if seconds is None else f"The bot has done nothing for {_wait(seconds)}."
    ),
    # Backups
    stopped_here="Stopped; nothing was changed.",
    backing_up="Backing up",
    backed_up=lambda path, files, size: (
        f"Backed up {_counted(files, 'file')} to {path} ({_size(size)}), and read it again to be sure. Keep a copy on "
        "another machine."
    ),
    nothing_to_back_up=lambda folder: f"There is nothing to back up in {folder}.",
    backup_inside=lambda folder: f"A backup cannot be kept in {folder}. Please choose a place outside.",
    database_damaged=lambda name, reason: (
        f"{name} is damaged ({reason}), so I stopped and changed nothing. Please use the last good backup: "
        "python -m bot restore FILE --replace."
    ),
    not_a_backup=lambda path, reason: f"{path} is not a backup, or not a whole one ({reason}). I changed nothing.",
    newer_backup=lambda path: f"{path} was made by a newer version. Please upgrade the bot and try again.",
    restoring="Restoring",
    restored=lambda files, folder, aside: (
        f"Restored {_counted(files, 'file')} to {folder}."
        + (f" What was there before is now in {aside}; delete it when you are sure." if aside else "")
    ),
    data_there=lambda folder: (
        f"There is data in {folder}. Add --replace to have the backup in its place; what is there will be kept aside."
    ),
    # Said instead of an answer
    not_allowed=lambda number: (
        f"This bot is for certain people only. To use it, send your number {number} to its owner."
    ),
    not_for_all="This bot is for certain people only",
    too_many_questions=lambda seconds: (
        f"That is faster than I can follow. Please wait about {_counted(seconds, 'second')} before the next question."
    ),
    went_wrong="Something went wrong, and I could not answer. Please try again later.",
)
