"""The index, kept by the database itself: FTS5 over the token columns on SQLite, tsvectors and GIN on PostgreSQL.

Tokens come ready-made from portal.search.tokens, so the databases only split at spaces. A later migration that
alters search_searchentry on SQLite makes the table anew and thereby drops these triggers: it must call
`make_index` and rebuild; tests/search/test_index.py fails when they are missing.
"""

from django.db import migrations

COLUMNS = ["title_words", "body_words", "title_exact", "body_exact"]
NAMES = ", ".join(COLUMNS)
OLD = ", ".join(f"old.{name}" for name in COLUMNS)
NEW = ", ".join(f"new.{name}" for name in COLUMNS)
FORGET = f"INSERT INTO search_index(search_index, rowid, {NAMES}) VALUES ('delete', old.id, {OLD});"
ADD = f"INSERT INTO search_index(rowid, {NAMES}) VALUES (new.id, {NEW});"

SQLITE = [
    f"""CREATE VIRTUAL TABLE search_index USING fts5({NAMES}, content='search_searchentry', content_rowid='id',
        tokenize="ascii tokenchars './-'", prefix='2 3')""",
    f"CREATE TRIGGER search_entry_added AFTER INSERT ON search_searchentry BEGIN {ADD} END",
    f"CREATE TRIGGER search_entry_removed AFTER DELETE ON search_searchentry BEGIN {FORGET} END",
    f"CREATE TRIGGER search_entry_changed AFTER UPDATE ON search_searchentry BEGIN {FORGET} {ADD} END",
    "INSERT INTO search_index(search_index) VALUES ('rebuild')",
]
SQLITE_BACK = [
    "DROP TRIGGER IF EXISTS search_entry_added",
    "DROP TRIGGER IF EXISTS search_entry_removed",
    "DROP TRIGGER IF EXISTS search_entry_changed",
    "DROP TABLE search_index",
]
# Positions of the body begin after those of any title, so that no phrase runs from one into the other.
POSTGRESQL = [
    """CREATE FUNCTION search_tokens(stream text, first integer, importance "char") RETURNS tsvector
        LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
        SELECT coalesce(setweight(string_agg(token || ':' || (place + first), ' ')::tsvector, importance), '')
        FROM unnest(string_to_array(stream, ' ')) WITH ORDINALITY AS list(token, place) $$""",
    *[
        f"""ALTER TABLE search_searchentry ADD COLUMN {stream} tsvector GENERATED ALWAYS AS (
        search_tokens(title_{stream}, 0, 'A') || search_tokens(body_{stream}, 1500, 'C')) STORED"""
        for stream in ("words", "exact")
    ],
    "CREATE INDEX search_entry_words ON search_searchentry USING gin (words)",
    "CREATE INDEX search_entry_exact ON search_searchentry USING gin (exact)",
]
POSTGRESQL_BACK = [
    "ALTER TABLE search_searchentry DROP COLUMN words, DROP COLUMN exact",
    'DROP FUNCTION search_tokens(text, integer, "char")',
]
STATEMENTS = {"sqlite": (SQLITE, SQLITE_BACK), "postgresql": (POSTGRESQL, POSTGRESQL_BACK)}


def make_index(apps, schema_editor):
    for statement in STATEMENTS[schema_editor.connection.vendor][0]:
        schema_editor.execute(statement)


def drop_index(apps, schema_editor):
    for statement in STATEMENTS[schema_editor.connection.vendor][1]:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("search", "0001_initial")]

    operations = [migrations.RunPython(make_index, drop_index)]
