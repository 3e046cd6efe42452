"""Cases that were found to be one matter with another."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    op.add_column("case_", sa.Column("merged_into", sa.Text(), nullable=True))
    op.create_index(
        "case_merged_idx",
        "case_",
        ["district_code", "merged_into"],
        postgresql_where=sa.text("merged_into IS NOT NULL"),
    )


def downgrade() -> None:
    op.drop_index("case_merged_idx", table_name="case_")
    op.drop_column("case_", "merged_into")
