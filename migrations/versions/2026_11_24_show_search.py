"""Shows by words: a weighted document a show, a table of all words to put typing errors right, and their indexes."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "show_search"
down_revision = "0002_first_tables"
branch_labels = None
depends_on = None

# Case, accents and punctuation do not matter. Normalisation is in every PostgreSQL, so that documents fold alike
# wherever a dump is read again; the letters that do not decompose are spelt out.
_SEARCHABLE = r"""
CREATE FUNCTION searchable(words text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $body$
    SELECT btrim(regexp_replace(regexp_replace(
        replace(replace(replace(
            translate(
                lower(regexp_replace(normalize(words, NFKD), U&'[\0300-\036f]', '', 'g')),
                U&'\00f8\0142\0111\00f0\0131', 'oldoi'
            ),
            U&'\00df', 'ss'), U&'\00e6', 'ae'), U&'\0153', 'oe'),
        U&'[''\2019\02bc]', '', 'g'),
        U&'[\0001-/:-@[-`{-\00bf\2000-\206f\3000-\303f]+', ' ', 'g'))
$body$
"""

# All words must be there; of the last one the beginning does, because it may still be being typed.
_SEARCH_QUERY = """
CREATE FUNCTION search_query(words text) RETURNS tsquery LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $body$
    SELECT CASE searchable(words) WHEN '' THEN NULL
        ELSE to_tsquery('simple', replace(searchable(words), ' ', ' & ') || ':*') END
$body$
"""

_SHOW_DOCUMENT = """
CREATE FUNCTION show_document(show shows) RETURNS tsvector LANGUAGE sql STABLE AS $body$
    SELECT setweight(to_tsvector('simple', searchable(concat_ws(' ', show.title, show.series_title))), 'A')
        || setweight(to_tsvector('simple',
            searchable(array_to_string(show."cast" || show.directors, ' '))), 'B')
        || setweight(to_tsvector('simple', searchable(array_to_string(show.genres || show.tags, ' '))), 'C')
        || setweight(to_tsvector('simple', searchable(show.synopsis)), 'D')
$body$
"""

_KEEP_DOCUMENT = """
CREATE FUNCTION keep_show_document() RETURNS trigger LANGUAGE plpgsql AS $body$
BEGIN
    NEW.search := show_document(NEW);
    RETURN NEW;
END
$body$
"""

# In order, so that two shows that are saved at one instant never wait for each other in a circle.
_KEEP_WORDS = """
CREATE FUNCTION keep_show_words() RETURNS trigger LANGUAGE plpgsql AS $body$
BEGIN
    INSERT INTO search_words (word)
    SELECT lexeme FROM unnest(NEW.search)
    WHERE length(lexeme) BETWEEN 3 AND 40
        AND NOT EXISTS (SELECT FROM search_words WHERE word = lexeme)
    ORDER BY lexeme
    ON CONFLICT DO NOTHING;
    RETURN NULL;
END
$body$
"""

_WATCHED = 'title, series_title, synopsis, "cast", directors, genres, tags'

_SIMILAR_BY_TRIGRAMS = """
CREATE FUNCTION similar_words(typed text) RETURNS TABLE (word text, likeness real) LANGUAGE sql STABLE AS $body$
    SELECT known.word, similarity(known.word, typed) FROM search_words known
    WHERE known.word % typed ORDER BY 2 DESC, 1 LIMIT 20
$body$
"""

# Without pg_trgm nothing is put right; everything else of the search works.
_NOTHING_SIMILAR = """
CREATE FUNCTION similar_words(typed text) RETURNS TABLE (word text, likeness real) LANGUAGE sql STABLE AS $body$
    SELECT NULL::text, NULL::real WHERE false
$body$
"""

_LISTED = sa.text("deleted_at IS NULL")
_LISTED_AND_AVAILABLE = sa.text("state = 'available' AND deleted_at IS NULL")


def upgrade() -> None:
    op.create_table(
        "search_words",
        sa.Column("word", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("word", name=op.f("pk_search_words")),
    )
    for function in (_SEARCHABLE, _SEARCH_QUERY, _SHOW_DOCUMENT):
        op.execute(function)
    op.add_column("shows", sa.Column("search", postgresql.TSVECTOR(), nullable=True))
    op.execute("UPDATE shows SET search = show_document(shows)")
    op.execute(
        "INSERT INTO search_words SELECT DISTINCT lexeme FROM shows, unnest(search)"
        " WHERE length(lexeme) BETWEEN 3 AND 40"
    )
    op.alter_column("shows", "search", nullable=False)
    for function in (_KEEP_DOCUMENT, _KEEP_WORDS):
        op.execute(function)
    op.execute(
        f"CREATE TRIGGER keep_show_document BEFORE INSERT OR UPDATE OF {_WATCHED} ON shows"
        " FOR EACH ROW EXECUTE FUNCTION keep_show_document()"
    )
    op.execute(
        f"CREATE TRIGGER keep_show_words AFTER INSERT OR UPDATE OF {_WATCHED} ON shows"
        " FOR EACH ROW EXECUTE FUNCTION keep_show_words()"
    )
    _similar_words()
    _indexes()


def _similar_words() -> None:
    trigrams = sa.text("SELECT EXISTS (SELECT FROM pg_available_extensions WHERE name = 'pg_trgm')")
    if op.get_bind().scalar(trigrams):
        op.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
        op.execute("CREATE INDEX ix_search_words_trigrams ON search_words USING gin (word gin_trgm_ops)")
        op.execute(_SIMILAR_BY_TRIGRAMS)
    else:
        op.execute(_NOTHING_SIMILAR)


def _indexes() -> None:
    op.create_index("ix_shows_search", "shows", ["search"], postgresql_using="gin")
    for name in ("ix_shows_title", "ix_shows_duration"):
        op.drop_index(name, table_name="shows")
    sorts = {
        "title": ["lower(title)", "id"],
        "duration": ["coalesce(duration_seconds, 0) DESC", "id DESC"],
        "created": ["created_at DESC", "id DESC"],
    }
    for sort, columns in sorts.items():
        expressions: list[sa.ColumnElement[object]] = [sa.literal_column(column) for column in columns]
        op.create_index(f"ix_shows_state_{sort}", "shows", ["state", *expressions], postgresql_where=_LISTED)
        if sort != "created":
            op.create_index(f"ix_shows_{sort}", "shows", expressions, postgresql_where=_LISTED)
    series = ["lower(series_title)", "series_title", "coalesce(season, 0)", "coalesce(episode, 0)", "id"]
    op.create_index(
        "ix_shows_series",
        "shows",
        [sa.literal_column(column) for column in series],
        postgresql_where=sa.text("series_title IS NOT NULL AND deleted_at IS NULL"),
    )


def downgrade() -> None:
    for name in ("series", "duration", "title", "state_created", "state_duration", "state_title", "search"):
        op.drop_index(f"ix_shows_{name}", table_name="shows")
    op.create_index(
        "ix_shows_title",
        "shows",
        [sa.literal_column("lower(title)"), sa.literal_column("id")],
        postgresql_where=_LISTED_AND_AVAILABLE,
    )
    op.create_index(
        "ix_shows_duration",
        "shows",
        [sa.literal_column("coalesce(duration_seconds, 0) DESC"), sa.literal_column("id DESC")],
        postgresql_where=_LISTED_AND_AVAILABLE,
    )
    op.execute("DROP TRIGGER keep_show_words ON shows")
    op.execute("DROP TRIGGER keep_show_document ON shows")
    op.execute("DROP FUNCTION keep_show_words()")
    op.execute("DROP FUNCTION keep_show_document()")
    op.execute("DROP FUNCTION similar_words(text)")
    op.execute("DROP FUNCTION search_query(text)")
    op.execute("DROP FUNCTION show_document(shows)")
    op.execute("DROP FUNCTION searchable(text)")
    op.drop_column("shows", "search")
    op.drop_table("search_words")
