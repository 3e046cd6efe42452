"""Who is told of what, in which words and by which channel; the outbox and the inbox."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"

MOMENT = sa.DateTime(timezone=True)


def _table(name: str, keys: list[tuple[str, Any]], *columns: tuple[str, Any, bool]) -> None:
    op.create_table(
        name,
        *(sa.Column(key, kind, nullable=False) for key, kind in keys),
        *(sa.Column(column, kind, nullable=empty) for column, kind, empty in columns),
        sa.ForeignKeyConstraint(
            ["district_code"], ["district.code"], name=op.f(f"{name}_district_code_fkey")
        ),
        sa.PrimaryKeyConstraint(*(key for key, _ in keys), name=op.f(f"{name}_pkey")),
    )


DISTRICT = ("district_code", sa.Text())


def upgrade() -> None:
    _table(
        "notice",
        [DISTRICT, ("no", sa.Integer())],
        ("event", sa.Text(), False),
        ("whistle_kind", sa.Text(), True),
        ("post", sa.Text(), True),
        ("channel", sa.Text(), False),
        ("template", sa.Text(), False),
        ("basis", sa.Text(), False),
    )
    _table(
        "template",
        [DISTRICT, ("code", sa.Text()), ("language", sa.Text())],
        ("subject", sa.Text(), False),
        ("body", sa.Text(), False),
    )
    _table(
        "endpoint",
        [DISTRICT, ("no", sa.Integer())],
        ("kind", sa.Text(), False),
        ("name", sa.Text(), False),
        ("url", sa.Text(), False),
        ("secret", sa.Text(), True),
        ("post", sa.Text(), True),
        ("unit_code", sa.Text(), True),
        ("department_code", sa.Text(), True),
        ("active", sa.Boolean(), False),
    )
    _table("feed_reader", [DISTRICT, ("name", sa.Text())], ("last_no", sa.BigInteger(), False))
    _message()
    # What has been is not told anew.
    op.execute(
        "INSERT INTO feed_reader (district_code, name, last_no) "
        "SELECT district_code, 'messages', last_no FROM feed_head"
    )
    op.add_column(
        "account", sa.Column("read_up_to", sa.BigInteger(), server_default="0", nullable=False)
    )
    op.alter_column("account", "read_up_to", server_default=None)


def _message() -> None:
    op.create_table(
        "message",
        sa.Column("id", sa.BigInteger(), sa.Identity(), nullable=False),
        sa.Column("district_code", sa.Text(), nullable=False),
        sa.Column("origin", sa.Text(), nullable=False),
        sa.Column("case_no", sa.Text(), nullable=True),
        sa.Column("template", sa.Text(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("post", sa.Text(), nullable=True),
        sa.Column("units", sa.ARRAY(sa.Text()), nullable=True),
        sa.Column("departments", sa.ARRAY(sa.Text()), nullable=True),
        sa.Column("recipient", sa.Text(), nullable=True),
        sa.Column("endpoint_no", sa.Integer(), nullable=True),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.Column("next_at", MOMENT, nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("trouble", sa.Text(), nullable=True),
        sa.Column("sent_at", MOMENT, nullable=True),
        sa.Column("dead_at", MOMENT, nullable=True),
        sa.Column("settled_by", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["district_code"], ["district.code"], name=op.f("message_district_code_fkey")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("message_pkey")),
    )
    op.create_index("message_origin_key", "message", ["district_code", "origin"], unique=True)
    partial: tuple[tuple[str, list[str], str], ...] = (
        ("message_due_idx", ["next_at"], "sent_at IS NULL AND dead_at IS NULL"),
        ("message_dead_idx", ["district_code", "id"], "dead_at IS NOT NULL"),
        ("message_inbox_idx", ["district_code", "post", "id"], "channel = 'inbox'"),
    )
    for name, columns, where in partial:
        op.create_index(name, "message", columns, postgresql_where=sa.text(where))
    op.create_index("message_case_idx", "message", ["district_code", "case_no"])


def downgrade() -> None:
    op.drop_column("account", "read_up_to")
    for name in ("message", "feed_reader", "endpoint", "template", "notice"):
        op.drop_table(name)
