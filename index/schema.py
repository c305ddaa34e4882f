"""The schema of the store, by versions.

Documents are cut into sections of passages. ``levels`` holds the totals of both, kept true by triggers, so that mean
lengths are at hand without reading a row of text.
"""

VERSION_1 = """
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
INSERT INTO meta VALUES ('store', lower(hex(randomblob(16)))), ('generation', '0');
CREATE TABLE documents (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    key TEXT NOT NULL UNIQUE,
    digest TEXT NOT NULL,
    stamp TEXT NOT NULL,
    title TEXT NOT NULL,
    url TEXT,
    date TEXT,
    summary TEXT,
    headings TEXT NOT NULL,
    title_syllables TEXT NOT NULL,
    title_words TEXT NOT NULL,
    text TEXT NOT NULL
);
CREATE INDEX documents_by_digest ON documents (digest);
CREATE TABLE sections (
    id INTEGER PRIMARY KEY,
    document INTEGER NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
    syllables INTEGER NOT NULL,
    bigrams INTEGER NOT NULL,
    words INTEGER NOT NULL
);
CREATE INDEX sections_by_document ON sections (document);
CREATE TABLE passages (
    id INTEGER PRIMARY KEY,
    section INTEGER NOT NULL REFERENCES sections (id) ON DELETE CASCADE,
    number INTEGER NOT NULL,
    start INTEGER NOT NULL,
    sentences TEXT NOT NULL,
    heading TEXT,
    text TEXT NOT NULL,
    term_syllables TEXT NOT NULL,
    term_words TEXT NOT NULL,
    syllables INTEGER NOT NULL,
    bigrams INTEGER NOT NULL,
    words INTEGER NOT NULL
);
CREATE INDEX passages_by_section ON passages (section);
CREATE TABLE levels (
    level TEXT PRIMARY KEY,
    units INTEGER NOT NULL,
    syllables INTEGER NOT NULL,
    bigrams INTEGER NOT NULL,
    words INTEGER NOT NULL
) WITHOUT ROWID;
INSERT INTO levels VALUES ('passages', 0, 0, 0, 0), ('sections', 0, 0, 0, 0);

CREATE TRIGGER sections_added AFTER INSERT ON sections BEGIN
    UPDATE levels SET units = units + 1, syllables = syllables + new.syllables,
        bigrams = bigrams + new.bigrams, words = words + new.words WHERE level = 'sections';
END;
CREATE TRIGGER sections_removed AFTER DELETE ON sections BEGIN
    UPDATE levels SET units = units - 1, syllables = syllables - old.syllables,
        bigrams = bigrams - old.bigrams, words = words - old.words WHERE level = 'sections';
END;

CREATE TRIGGER passages_added AFTER INSERT ON passages BEGIN
    UPDATE levels SET units = units + 1, syllables = syllables + new.syllables,
        bigrams = bigrams + new.bigrams, words = words + new.words WHERE level = 'passages';
END;
CREATE TRIGGER passages_removed AFTER DELETE ON passages BEGIN
    UPDATE levels SET units = units - 1, syllables = syllables - old.syllables,
        bigrams = bigrams - old.bigrams, words = words - old.words WHERE level = 'passages';
END;
"""

VERSION_2 = """
CREATE TABLE origins (key TEXT PRIMARY KEY, stamp TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE skipped (
    origin TEXT NOT NULL REFERENCES origins (key) ON DELETE CASCADE,
    key TEXT NOT NULL,
    reason TEXT NOT NULL,
    detail TEXT NOT NULL
);
CREATE INDEX skipped_by_origin ON skipped (origin);
INSERT INTO origins SELECT key, stamp FROM documents WHERE stamp != '';
ALTER TABLE documents ADD COLUMN origin TEXT NOT NULL DEFAULT '';
UPDATE documents SET origin = key WHERE stamp != '';
ALTER TABLE documents DROP COLUMN stamp;
ALTER TABLE documents ADD COLUMN analysis TEXT NOT NULL DEFAULT '';
UPDATE documents SET analysis = (SELECT value FROM meta WHERE name = 'analysis')
    WHERE EXISTS (SELECT value FROM meta WHERE name = 'analysis');
DELETE FROM meta WHERE name = 'analysis';
ALTER TABLE documents ADD COLUMN added TEXT NOT NULL DEFAULT '';
CREATE INDEX documents_by_origin ON documents (origin);
CREATE TABLE removed (
    key TEXT PRIMARY KEY,
    at TEXT NOT NULL,
    origin TEXT NOT NULL,
    digest TEXT NOT NULL,
    title TEXT,
    url TEXT,
    date TEXT,
    summary TEXT,
    headings TEXT,
    text TEXT
) WITHOUT ROWID;
"""
"""Where documents came from is noted apart from them: a file may hold many, and one may come by itself. What was removed
by hand stays out while its file is the same, and can be put back for a while."""

VERSION_3 = """
ALTER TABLE passages ADD COLUMN content INTEGER;
CREATE INDEX passages_by_content ON passages (content) WHERE content IS NOT NULL;
CREATE TABLE kept_terms (
    content INTEGER PRIMARY KEY,
    at TEXT NOT NULL,
    syllables TEXT NOT NULL,
    words TEXT NOT NULL
);
CREATE INDEX documents_by_date ON documents (date DESC, id DESC);
CREATE INDEX documents_by_analysis ON documents (analysis);
"""
"""Passages are found by what they hold, so that nothing is segmented twice; what was removed by hand keeps its terms for a
while. The newest documents are found without sorting all of them."""

MIGRATIONS = (VERSION_1, VERSION_2, VERSION_3)
"""What takes the schema from each version to the next; ``PRAGMA user_version`` counts those done."""
