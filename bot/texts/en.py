"""English: short and kind."""

from bot.texts.catalogue import Texts


def _number(value: int) -> str:
    return f"{value:,}"


def _counted(count: int, thing: str) -> str:
    return f"{_number(count)} {thing if count == 1 else f'{thing}s'}"


def _documents(count: int) -> str:
    return _counted(count, "document")


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
    # What cannot be read as a question
    empty="There is nothing to look up yet. Please type a question; Vietnamese without diacritics is fine too.",
    no_words="I see no words to look up. Please ask in words; Vietnamese without diacritics is fine too.",
    too_long=lambda length, limit: (
        f"The question is {_number(length)} characters long, and I read up to {_number(limit)}. "
        "Please send a shorter one."
    ),
    unknown_command=lambda command, nearest: (
        f"There is no command {command}. Did you mean {nearest}?"
        if nearest
        else f"There is no command {command}. Type /help to see the commands."
    ),
    # Questions and answers
    likely="The answer may well be here:",
    unsure="I am not sure, but this comes nearest:",
    refusal="I could not find an answer in the documents.",
    covered="The documents are about:",
    try_asking="Try asking:",
    no_documents=_NO_DOCUMENTS,
    nothing_asked="There is nothing to continue. Ask a question first.",
    no_more_answers=lambda count: (
        "That was the only answer I found." if count == 1 else f"That was all, I found {_number(count)} answers."
    ),
    nothing_to_widen="There is no answer to show more of. Ask a question first.",
    nothing_wider="The passage above is already the whole document.",
    next="more",
    wider="wider context",
    # Commands
    help="Just type a question; Vietnamese without diacritics is fine too. There are also these commands:",
    documents=lambda count: f"I have {_documents(count)}. Add a number, as in /documents 1, for a summary:",
    page=lambda page, pages: f"page {_number(page)}/{_number(pages)}",
    no_more_documents="That was the whole list. Type /documents to see it from the start.",
    choose_document=lambda count: (
        "There is only one document; type /documents 1."
        if count == 1
        else f"There are {_documents(count)}; choose a number from 1 to {_number(count)}, as in /documents 1."
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
    kept=lambda questions, answers, votes: (
        f"About you I keep: {_counted(questions, 'last question')}, to read follow-ups (for an hour), "
        f"{_number(answers)} of my messages to you, so that buttons work (for 90 days), {_counted(votes, 'vote')} 👍 👎 "
        "(for a year), the language you chose, if you did, and the number of our chat, to know whether I can still "
        "write to you. Questions without an answer are noted without the name of who asked.\n"
        "Type /forget to delete it."
    ),
    nothing_kept=(
        "I keep nothing about you but the number of our chat, to know whether I can still write to you. Questions "
        "without an answer are noted without the name of who asked, so that the owner can add documents."
    ),
    forget="Shall I delete what I keep? The buttons below earlier answers will stop working.",
    forget_mine="Delete what is yours",
    forget_group="Delete everybody's here",
    forget_nothing="Leave it",
    forgotten="Done, it is deleted.",
    not_forgotten="All right, I leave it as it is.",
    # The owner
    owners_only="This command is for the bot's owner only.",
    in_private_only="Please send me this command in a private chat.",
    report=lambda up, down: f"Votes on answers: 👍 {_number(up)}, 👎 {_number(down)}.",
    report_unanswered="Questions without an answer:",
    report_disliked="Questions whose answers got 👎:",
    times=lambda question, count: question if count == 1 else f"{question} ({_number(count)} times)",
    # Telegram
    reads_text_only="I can only read text. Please type your question; Vietnamese without diacritics is fine too.",
    gone="This answer is too old for me to open again. Please ask again.",
    not_yours="This button is for the person who typed the command.",
    voted_up="Thank you.",
    voted_down="Thank you, I noted it for the owner.",
    joined_group=lambda name, hears_all: (
        f"Hello everyone. To find something in the documents, type /ask with a question, mention {name}, or reply to a "
        "message of mine. "
        + (
            "I see all messages here, but I only answer those."
            if hears_all
            else "Telegram shows me only those messages; I cannot read anything else here."
        )
    ),
    joined_channel="Hello. Post /ask with a question, and I look it up in the documents and answer in the channel.",
    how_to_ask="How to ask me",
    none_found="Nothing found, ask me in private",
    ask_more="Ask more",
    profile="Answers from Vietnamese documents: word for word, with the source.",
    introduction=(
        "I answer questions by quoting documents word for word, with the source so that you can check. What they do not "
        "say, I do not make up.\n\nJust type a question; Vietnamese without diacritics is fine too."
    ),
    # The terminal
    placeholder="Type a question, or /help",
    press_again="Press Ctrl-C again to leave",
    indexing="Reading documents",
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
    },
    stopped="Stopped. The documents read so far are kept.",
    # What stops the program
    settings_file="The file .env cannot be read: it must be UTF-8 text, one NAME=value a line.",
    wrong_choice=lambda variable, value, allowed: f"{variable}={value}: it may only be {' or '.join(allowed)}.",
    no_such_folder=lambda variable, folder: (
        f"{variable}={folder}: there is no such folder; it must be the path of a folder of .txt or .md files."
    ),
    not_a_folder=lambda variable, path: f"{variable}={path}: this is a file; it must be the path of a folder.",
    empty_folder=lambda folder: (
        f"The folder {folder} holds no readable document yet. Add .txt or .md files to it, or set DOCUMENTS_DIR to "
        "another folder."
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
        f"The chat history in DATA_DIR cannot be used ({reason}). Check that the disk has room, and start again; "
        "otherwise move the file chats.sqlite3 elsewhere first: the documents are untouched."
    ),
    # What the owner is told while it runs
    started=lambda name, count: f"@{name} is running, answering from {_documents(count)}. Press Ctrl-C to stop.",
    reopened=lambda count: f"Going on with {_counted(count, 'message')} left from the last run.",
    elsewhere="This bot is also running elsewhere; a token serves one place only. Please stop one of them.",
    # Said instead of an answer
    not_allowed=lambda number: (
        f"This bot is for certain people only. To use it, send your number {number} to its owner."
    ),
    too_many_questions=lambda seconds: (
        f"That is faster than I can follow. Please wait about {_counted(seconds, 'second')} before the next question."
    ),
    went_wrong="Something went wrong, and I could not answer. Please try again later.",
)
