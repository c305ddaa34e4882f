"""The schema of what is kept, by versions.

A ``place`` is a chat, with its topic where it has them, as :func:`bot.chats.turns.place_of` writes it. Times are in
seconds since 1970.
"""

VERSION_1 = """
CREATE TABLE updates (
    id INTEGER PRIMARY KEY,
    state INTEGER NOT NULL,
    content TEXT NOT NULL,
    changed REAL NOT NULL
);
CREATE INDEX updates_by_state ON updates (state, id);
CREATE TABLE chats (
    id INTEGER PRIMARY KEY,
    kind TEXT,
    state TEXT NOT NULL DEFAULT 'reachable',
    language TEXT,
    settings TEXT NOT NULL DEFAULT '{}'
);
CREATE TABLE moves (old INTEGER PRIMARY KEY, new INTEGER NOT NULL);
CREATE TABLE turns (
    chat INTEGER NOT NULL,
    place TEXT NOT NULL,
    person TEXT NOT NULL,
    turn TEXT NOT NULL,
    kept REAL NOT NULL,
    PRIMARY KEY (place, person)
) WITHOUT ROWID;
CREATE INDEX turns_by_chat ON turns (chat);
CREATE INDEX turns_by_person ON turns (person);
CREATE TABLE answers (
    chat INTEGER NOT NULL,
    message INTEGER NOT NULL,
    question INTEGER,
    person TEXT NOT NULL,
    turn TEXT,
    kept REAL NOT NULL,
    PRIMARY KEY (chat, message)
) WITHOUT ROWID;
CREATE INDEX answers_by_question ON answers (chat, question);
CREATE INDEX answers_by_person ON answers (person);
CREATE INDEX answers_by_time ON answers (kept);
CREATE TABLE votes (
    chat INTEGER NOT NULL,
    message INTEGER NOT NULL,
    person TEXT NOT NULL,
    vote INTEGER NOT NULL,
    question TEXT NOT NULL,
    changed REAL NOT NULL,
    PRIMARY KEY (chat, message, person)
) WITHOUT ROWID;
CREATE INDEX votes_by_person ON votes (person);
CREATE TABLE unanswered (
    folded TEXT PRIMARY KEY,
    question TEXT NOT NULL,
    times INTEGER NOT NULL,
    latest REAL NOT NULL
) WITHOUT ROWID;
"""

VERSION_2 = """
CREATE TABLE messages (
    chat INTEGER NOT NULL,
    message INTEGER NOT NULL,
    topic INTEGER,
    person TEXT NOT NULL,
    author TEXT NOT NULL,
    sent REAL NOT NULL,
    text TEXT NOT NULL,
    reply_to INTEGER,
    link TEXT,
    shared TEXT NOT NULL,
    PRIMARY KEY (chat, message)
);
CREATE INDEX messages_by_place ON messages (chat, topic, sent);
CREATE INDEX messages_by_person ON messages (person);
CREATE INDEX messages_by_time ON messages (sent);
CREATE TABLE digests (
    chat INTEGER NOT NULL,
    place TEXT PRIMARY KEY,
    until REAL NOT NULL,
    posted REAL NOT NULL,
    link TEXT
) WITHOUT ROWID;
CREATE TABLE schedules (
    chat INTEGER NOT NULL,
    place TEXT PRIMARY KEY,
    minute INTEGER NOT NULL,
    handled TEXT NOT NULL,
    person TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE requests (
    token TEXT PRIMARY KEY,
    chat INTEGER NOT NULL,
    place TEXT NOT NULL,
    person TEXT NOT NULL,
    since REAL NOT NULL,
    until REAL NOT NULL,
    length TEXT NOT NULL,
    kept REAL NOT NULL
) WITHOUT ROWID;
"""

VERSION_3 = """
CREATE TABLE counts (
    day TEXT PRIMARY KEY,
    questions INTEGER NOT NULL,
    answered INTEGER NOT NULL,
    slowest REAL NOT NULL
) WITHOUT ROWID;
"""

MIGRATIONS = (VERSION_1, VERSION_2, VERSION_3)
"""What takes the schema from each version to the next; ``PRAGMA user_version`` counts those done."""

TALK_TABLES = ("messages", "digests", "schedules", "requests")
"""Those that hold what was said in chats, or what is done with it; each has a column ``chat``."""
