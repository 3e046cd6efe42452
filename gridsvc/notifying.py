"""What is told although no event of a case makes it: an approval about to lapse (domain rule 30), a
document that was made (rule 27), more cases than usual. Each is told once: its origin says what it
is about."""

from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Row, text
from sqlalchemy.orm import Session

from gridsvc import messages, rulereader, snapshot
from gridsvc.recipients import INBOX, Recipient
from gridsvc.tables.grid import District

CENTRE, ASSESSOR, STREET = "grid_center_operator", "coordination_assessor", "street_party_secretary"

LAPSING = text("""
    SELECT 'lapse:' || no || ':' || ends AS origin, title, ends FROM admission_item item
    WHERE district_code = :district AND state = 'approved' AND ends BETWEEN :today AND :until
      AND NOT EXISTS (SELECT FROM message WHERE message.district_code = :district
                      AND origin = 'lapse:' || item.no || ':' || item.ends)
    ORDER BY ends, no
""")
MADE = text("""
    SELECT 'circular:' || no AS origin, title, nullif(unit_code, '') AS unit FROM circular kept
    WHERE district_code = :district
      AND NOT EXISTS (SELECT FROM message WHERE message.district_code = :district
                      AND origin = 'circular:' || kept.no)
    ORDER BY no
""")

UNUSUAL = text("""
    SELECT 'unusual:' || no AS origin, name, name_en, cases, usual FROM alert
    WHERE district_code = :district AND dismissed_at IS NULL AND covered_by IS NULL
      AND day >= :today - 7
      AND NOT EXISTS (SELECT FROM message WHERE message.district_code = :district
                      AND origin = 'unusual:' || alert.no)
    ORDER BY no
""")


def tell(session: Session, district: str, now: datetime) -> int:
    """Tell what has not been told. Returns how many messages."""
    zone = snapshot.rules(session, district).calendar.zone
    today = now.astimezone(zone).date()
    told = 0
    for row in _lapsing(session, district, today):
        values = {"subject": row.title, "due": str(row.ends)}
        to = Recipient(INBOX, post=CENTRE)
        told += messages.write(session, district, "lapsing", values, to, row.origin, now)
    for row in session.execute(MADE, {"district": district}).all():
        units = [row.unit] if row.unit else None
        to = Recipient(INBOX, post=STREET if row.unit else ASSESSOR, units=units)
        values = {"subject": row.title}
        told += messages.write(session, district, "circular", values, to, row.origin, now)
    language = session.get_one(District, district).language
    for row in session.execute(UNUSUAL, {"district": district, "today": today}).all():
        values = {
            "subject": row.name_en if language == "en" else row.name,
            "count": str(row.cases),
            "usual": f"{row.usual:.1f}",
        }
        to = Recipient(INBOX, post=CENTRE)
        told += messages.write(session, district, "unusual", values, to, row.origin, now)
    return told


def _lapsing(session: Session, district: str, today: date) -> list[Row[Any]]:
    days = rulereader.settings(session, district)["admission_notice_days"]
    asked = {"district": district, "today": today, "until": today + timedelta(days=days)}
    return list(session.execute(LAPSING, asked))
