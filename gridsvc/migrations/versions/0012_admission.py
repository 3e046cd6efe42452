"""The admission register and its history."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    moment = sa.DateTime(timezone=True)
    op.create_table(
        "admission_item",
        sa.Column("district_code", sa.Text(), nullable=False),
        sa.Column("no", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("category_code", sa.Text(), nullable=False),
        sa.Column("unit_code", sa.Text(), nullable=True),
        sa.Column("authority", sa.Text(), nullable=True),
        sa.Column("object", sa.Text(), nullable=True),
        sa.Column("power", sa.Text(), nullable=True),
        sa.Column("funds", sa.Text(), nullable=True),
        sa.Column("exemption", sa.Text(), nullable=True),
        sa.Column("basis", sa.Text(), nullable=False),
        sa.Column("starts", sa.Date(), nullable=False),
        sa.Column("ends", sa.Date(), nullable=True),
        sa.Column("applied_by", sa.Text(), nullable=False),
        sa.Column("applied_at", moment, nullable=False),
        sa.Column("review_due", moment, nullable=True),
        sa.ForeignKeyConstraint(
            ["district_code"], ["district.code"], name=op.f("admission_item_district_code_fkey")
        ),
        sa.PrimaryKeyConstraint("district_code", "no", name=op.f("admission_item_pkey")),
    )
    op.create_table(
        "admission_event",
        sa.Column("district_code", sa.Text(), nullable=False),
        sa.Column("item_no", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("at", moment, nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("by_name", sa.Text(), nullable=False),
        sa.Column("by_post", sa.Text(), nullable=False),
        sa.Column("detail", JSONB(), nullable=False),
        sa.ForeignKeyConstraint(
            ["district_code", "item_no"],
            ["admission_item.district_code", "admission_item.no"],
            name=op.f("admission_event_district_code_fkey"),
        ),
        sa.PrimaryKeyConstraint(
            "district_code", "item_no", "seq", name=op.f("admission_event_pkey")
        ),
    )


def downgrade() -> None:
    op.drop_table("admission_event")
    op.drop_table("admission_item")
