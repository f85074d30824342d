"""The index on PostgreSQL: pieces of phrases as lexemes of their own, without places. docs/decisions/0029.

A GIN does not know where a lexeme stands. So two neighbouring words are one lexeme more (`+end+use`), and so are
four characters of a Chinese run (`+=出口管制`), or the last three of it, each with the marks of its stream.
adapters/postgresql.py asks for them. The lexemes stand in the index alone; an entry keeps its tokens.
Nothing of this is altered where the table is: `_index.drop` and `make` are of the states before.
"""

from portal.search.migrations import _index as index

# Tokens of two characters that follow one another are of one run: after the last of them stands one character.
TOKENS = """CREATE OR REPLACE FUNCTION search_tokens(stream text) RETURNS tsvector
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
DECLARE
    tokens text[] := string_to_array(stream, ' ');
    pieces text[] := ARRAY(
        SELECT CASE
            WHEN strpos(one, '=') = 0 THEN '+' || one || '+' || two
            WHEN three LIKE '%=__' THEN '+' || one || right(two, 1) || right(three, 1)
            ELSE '+' || one || right(two, 1) END
        FROM unnest(tokens, tokens[2:], tokens[3:]) AS list(one, two, three)
        WHERE strpos(one, '=') + strpos(two, '=') = 0 OR one LIKE '%=__' AND two LIKE '%=__');
BEGIN
    RETURN array_to_tsvector(array_remove(tokens || pieces, ''));
END $$"""
# lz4 is unpacked three times as fast, where PostgreSQL was built with it; rows that are there are packed anew.
LZ4 = """DO $$ BEGIN
    IF EXISTS (SELECT FROM pg_settings WHERE name = 'default_toast_compression' AND 'lz4' = ANY (enumvals)) THEN
        ALTER TABLE search_searchentry ALTER COLUMN tokens SET COMPRESSION lz4;
    END IF;
END $$"""
AGAIN = "UPDATE search_searchentry SET tokens = tokens || ''"
GIN = "CREATE INDEX search_entry_tokens ON search_searchentry USING gin (search_tokens(tokens))"
# Or each ANALYZE would make the vectors of many rows anew; the planner is told what to do in any case.
NO_STATISTICS = "ALTER INDEX search_entry_tokens ALTER COLUMN 1 SET STATISTICS 0"
WITH_PIECES = [
    "DROP INDEX search_entry_vector",
    "ALTER TABLE search_searchentry DROP COLUMN vector",
    "DROP FUNCTION search_tokens(text)",
    TOKENS,
    LZ4,
    AGAIN,
    GIN,
    NO_STATISTICS,
]
WITHOUT = ["DROP INDEX search_entry_tokens", "DROP FUNCTION search_tokens(text)", *index.POSTGRESQL[1:4]]


def make(apps, schema_editor):
    _run(schema_editor, WITH_PIECES)


def back(apps, schema_editor):
    _run(schema_editor, WITHOUT)


def _run(schema_editor, statements):
    for statement in statements if schema_editor.connection.vendor == "postgresql" else ():
        schema_editor.execute(statement, params=None)
