"""A link for every reporter, and what reporters think of the answer."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    op.add_column("report", sa.Column("token", sa.Text(), nullable=True))
    op.create_index(
        "report_token_key",
        "report",
        ["token"],
        unique=True,
        postgresql_where=sa.text("token IS NOT NULL"),
    )
    op.create_table(
        "feedback",
        sa.Column("district_code", sa.Text(), nullable=False),
        sa.Column("report_no", sa.Text(), nullable=False),
        sa.Column("case_no", sa.Text(), nullable=False),
        sa.Column("satisfied", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["district_code", "report_no"],
            ["report.district_code", "report.report_no"],
            name=op.f("feedback_district_code_report_no_fkey"),
        ),
        sa.PrimaryKeyConstraint("district_code", "report_no", name=op.f("feedback_pkey")),
    )
    op.create_index("feedback_given_idx", "feedback", ["district_code", "given_at"])


def downgrade() -> None:
    op.drop_table("feedback")
    op.drop_index("report_token_key", table_name="report")
    op.drop_column("report", "token")
