"""What was more than usual, day by day, and who dismissed it why."""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "alert_day",
        sa.Column("district_code", sa.Text(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.Column("compared", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["district_code"], ["district.code"], name=op.f("alert_day_district_code_fkey")
        ),
        sa.PrimaryKeyConstraint("district_code", "day", name=op.f("alert_day_pkey")),
    )
    op.create_table(
        "alert",
        sa.Column("district_code", sa.Text(), nullable=False),
        sa.Column("no", sa.BigInteger(), sa.Identity(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("days", sa.Integer(), nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("scope", "code")),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("name", "name_en")),
        sa.Column("cases", sa.Integer(), nullable=False),
        sa.Column("usual", sa.Float(), nullable=False),
        sa.Column("most", sa.Integer(), nullable=False),
        sa.Column("p", sa.Float(), nullable=False),
        sa.Column("q", sa.Float(), nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.Column("dismissed_at", MOMENT, nullable=True),
        sa.Column("dismissed_by", sa.Uuid(), nullable=True),
        sa.Column("dismissed_name", sa.Text(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("covered_by", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["district_code"], ["district.code"], name=op.f("alert_district_code_fkey")
        ),
        sa.PrimaryKeyConstraint("district_code", "no", name=op.f("alert_pkey")),
    )
    op.create_index(
        "alert_subject_key",
        "alert",
        ["district_code", "day", "scope", "code", "days"],
        unique=True,
    )


def downgrade() -> None:
    op.drop_table("alert")
    op.drop_table("alert_day")
