"""Events are append-only and chained: who changes the past is found out."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"

# Whoever adds an event, by whatever road, leaves it waiting for its place in the record.
WAIT = """
    CREATE FUNCTION event_waits() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        INSERT INTO event_waiting (district_code, at, case_no, seq)
        SELECT district_code, at, case_no, seq FROM added;
        RETURN NULL;
    END $$;
    CREATE TRIGGER event_waits AFTER INSERT ON case_event
        REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION event_waits();
"""
REFUSE = """
    CREATE FUNCTION append_only() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        RAISE EXCEPTION '% is append-only: % is refused', TG_TABLE_NAME, TG_OP
            USING ERRCODE = 'restrict_violation';
    END $$;
"""
APPEND_ONLY = """
    CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {table}
        FOR EACH STATEMENT EXECUTE FUNCTION append_only();
"""
NOTHING = sa.text("decode(repeat('00', 32), 'hex')")
TABLES = ("case_event", "record_line")


def upgrade() -> None:
    op.create_table(
        "event_waiting",
        sa.Column("district_code", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("case_no", sa.Text(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint(
            "district_code", "at", "case_no", "seq", name=op.f("event_waiting_pkey")
        ),
    )
    op.create_table(
        "record_line",
        sa.Column("district_code", sa.Text(), nullable=False),
        sa.Column("feed_no", sa.BigInteger(), nullable=False),
        sa.Column("case_no", sa.Text(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["district_code", "case_no", "seq"],
            ["case_event.district_code", "case_event.case_no", "case_event.seq"],
            name=op.f("record_line_district_code_case_no_seq_fkey"),
        ),
        sa.PrimaryKeyConstraint("district_code", "feed_no", name=op.f("record_line_pkey")),
    )
    op.create_index(
        "record_line_event_idx", "record_line", ["district_code", "case_no", "seq"], unique=True
    )
    op.add_column("case_event", sa.Column("by_address", sa.Text(), nullable=True))
    op.add_column(
        "feed_head",
        sa.Column(
            "last_hash",
            sa.LargeBinary(),
            server_default=NOTHING,
            nullable=False,
        ),
    )
    op.alter_column("feed_head", "last_hash", server_default=None)
    # The relay chains the old events anew; there are as many numbers as before.
    op.execute("INSERT INTO event_waiting SELECT district_code, at, case_no, seq FROM case_event")
    op.execute("UPDATE feed_head SET last_no = 0")
    op.drop_index("case_event_feed_idx", table_name="case_event")
    op.drop_index("case_event_unfed_idx", table_name="case_event")
    op.drop_column("case_event", "feed_no")
    op.execute(WAIT)
    op.execute(REFUSE)
    for table in TABLES:
        op.execute(APPEND_ONLY.format(table=table))


def downgrade() -> None:
    for table in TABLES:
        op.execute(f"DROP TRIGGER append_only ON {table}")
    op.execute("DROP TRIGGER event_waits ON case_event")
    op.execute("DROP FUNCTION append_only")
    op.execute("DROP FUNCTION event_waits")
    op.add_column("case_event", sa.Column("feed_no", sa.BigInteger(), nullable=True))
    op.execute("""
        UPDATE case_event event SET feed_no = line.feed_no FROM record_line line
        WHERE (line.district_code, line.case_no, line.seq)
            = (event.district_code, event.case_no, event.seq)
    """)
    op.create_index("case_event_feed_idx", "case_event", ["district_code", "feed_no"], unique=True)
    op.create_index(
        "case_event_unfed_idx",
        "case_event",
        ["district_code", "at"],
        postgresql_where=sa.text("feed_no IS NULL"),
    )
    op.drop_column("case_event", "by_address")
    op.drop_column("feed_head", "last_hash")
    op.drop_table("record_line")
    op.drop_table("event_waiting")
