"""The index, kept by the database itself: FTS5 over the tokens on SQLite, a tsvector and GIN on PostgreSQL.

Tokens come ready-made from portal.search.tokens, so the databases only split at spaces. A later migration that
alters search_searchentry on SQLite makes the table anew and thereby drops the triggers and search_entry_facts: it
must call `drop` before and `make` after; tests/search/test_index.py fails when they are missing.
"""

from importlib import import_module

FORGET = "INSERT INTO search_index(search_index, rowid, tokens) VALUES ('delete', old.id, old.tokens);"
ADD = "INSERT INTO search_index(rowid, tokens) VALUES (new.id, new.tokens);"
# The facts have an index of their own: the table is wide, and counting reads one row for each answer.
FACTS = "CREATE INDEX search_entry_facts ON search_searchentry (id, fold, profile, language, date, since)"
NEWEST = "CREATE INDEX search_entry_newest ON search_searchentry (date DESC{nulls}, fold)"
SINCE = "CREATE INDEX search_entry_since ON search_searchentry (since DESC, id)"
TABLE = """CREATE VIRTUAL TABLE search_index USING fts5(tokens, content='search_searchentry', content_rowid='id',
    tokenize="ascii tokenchars './-=^!#_'", prefix='2 3')"""
TRIGGERS = [
    f"CREATE TRIGGER search_entry_added AFTER INSERT ON search_searchentry BEGIN {ADD} END",
    f"CREATE TRIGGER search_entry_removed AFTER DELETE ON search_searchentry BEGIN {FORGET} END",
    f"CREATE TRIGGER search_entry_changed AFTER UPDATE OF id, tokens ON search_searchentry BEGIN {FORGET} {ADD} END",
]
REBUILD = "INSERT INTO search_index(search_index) VALUES ('rebuild')"
DROP_TRIGGERS = [f"DROP TRIGGER IF EXISTS search_entry_{name}" for name in ("added", "removed", "changed")]
DROP_INDEXES = [f"DROP INDEX IF EXISTS search_entry_{name}" for name in ("facts", "newest", "since")]
SQLITE = [FACTS, NEWEST.format(nulls=""), SINCE, TABLE, *TRIGGERS, REBUILD]
SQLITE_BACK = [*DROP_TRIGGERS, "DROP TABLE search_index", *DROP_INDEXES]
# The smallest target puts texts and vectors beside the table, so that counting reads a narrow one.
POSTGRESQL = [
    "ALTER TABLE search_searchentry SET (toast_tuple_target = 128)",
    """CREATE FUNCTION search_tokens(stream text) RETURNS tsvector LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
        SELECT coalesce(string_agg(token || ':' || place, ' ')::tsvector, '')
        FROM unnest(string_to_array(stream, ' ')) WITH ORDINALITY AS list(token, place) $$""",
    """ALTER TABLE search_searchentry
        ADD COLUMN vector tsvector GENERATED ALWAYS AS (search_tokens(tokens)) STORED""",
    "CREATE INDEX search_entry_vector ON search_searchentry USING gin (vector)",
    NEWEST.format(nulls=" NULLS LAST"),
    SINCE,
]
POSTGRESQL_BACK = [
    *DROP_INDEXES,
    "ALTER TABLE search_searchentry DROP COLUMN vector",
    "DROP FUNCTION search_tokens(text)",
    "ALTER TABLE search_searchentry RESET (toast_tuple_target)",
]
STATEMENTS = {"sqlite": (SQLITE, SQLITE_BACK), "postgresql": (POSTGRESQL, POSTGRESQL_BACK)}


def make(apps, schema_editor):
    _run(schema_editor, STATEMENTS[schema_editor.connection.vendor][0])


def drop(apps, schema_editor):
    _run(schema_editor, STATEMENTS[schema_editor.connection.vendor][1])


def make_old(apps, schema_editor):
    import_module("portal.search.migrations.0002_index").make_index(apps, schema_editor)


def drop_old(apps, schema_editor):
    import_module("portal.search.migrations.0002_index").drop_index(apps, schema_editor)


def _run(schema_editor, statements):
    for statement in statements:
        schema_editor.execute(statement)
