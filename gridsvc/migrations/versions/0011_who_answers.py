"""Tables of responsibility in versions, kinds of community in their rows, and precedence."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0011"
down_revision = "0010"

FIRST = sa.text("""
    INSERT INTO rule_table (district_code, no, title, staged_by, staged_at, published_by,
        published_at)
    SELECT DISTINCT district_code, 1, '职责表', 'import', now(), 'import', now()
    FROM responsibility
""")
# Rows of other versions have no place in the former table.
LAST = sa.text("""
    DELETE FROM responsibility held USING (
        SELECT DISTINCT ON (district_code) district_code, no FROM rule_table
        WHERE published_at IS NOT NULL
        ORDER BY district_code, coalesce(holds_from, '-infinity') DESC, no DESC) newest
    WHERE held.district_code = newest.district_code AND held.table_no <> newest.no
""")


def upgrade() -> None:
    op.create_table(
        "rule_table",
        sa.Column("district_code", sa.Text(), nullable=False),
        sa.Column("no", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("staged_by", sa.Text(), nullable=False),
        sa.Column("staged_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("tried", JSONB(), nullable=True),
        sa.Column("published_by", sa.Text(), nullable=True),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("holds_from", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["district_code"], ["district.code"], name=op.f("rule_table_district_code_fkey")
        ),
        sa.PrimaryKeyConstraint("district_code", "no", name=op.f("rule_table_pkey")),
    )
    op.create_table(
        "precedence",
        sa.Column("district_code", sa.Text(), nullable=False),
        sa.Column("matter", sa.Text(), nullable=False),
        sa.Column("first_owner", sa.Text(), nullable=False),
        sa.Column("basis", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["district_code"], ["district.code"], name=op.f("precedence_district_code_fkey")
        ),
        sa.PrimaryKeyConstraint("district_code", "matter", name=op.f("precedence_pkey")),
    )
    op.execute(FIRST)
    op.add_column(
        "responsibility", sa.Column("table_no", sa.Integer(), nullable=False, server_default="1")
    )
    op.alter_column("responsibility", "table_no", server_default=None)
    op.add_column("responsibility", sa.Column("community_kind", sa.Text(), nullable=True))
    op.add_column("responsibility", sa.Column("conditions", sa.Text(), nullable=True))
    op.drop_constraint("responsibility_pkey", "responsibility")
    op.drop_constraint("responsibility_district_code_fkey", "responsibility")
    op.create_primary_key(
        "responsibility_pkey", "responsibility", ["district_code", "table_no", "no"]
    )
    op.create_foreign_key(
        "responsibility_district_code_fkey",
        "responsibility",
        "rule_table",
        ["district_code", "table_no"],
        ["district_code", "no"],
    )


def downgrade() -> None:
    op.execute(LAST)
    op.drop_constraint("responsibility_district_code_fkey", "responsibility")
    op.drop_constraint("responsibility_pkey", "responsibility")
    for column in ("conditions", "community_kind", "table_no"):
        op.drop_column("responsibility", column)
    op.create_primary_key("responsibility_pkey", "responsibility", ["district_code", "no"])
    op.create_foreign_key(
        "responsibility_district_code_fkey",
        "responsibility",
        "district",
        ["district_code"],
        ["code"],
    )
    op.drop_table("precedence")
    op.drop_table("rule_table")
