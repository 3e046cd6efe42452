"""Settings, read once from GRIDSVC_* variables. Each is described in README.md."""

import os
from pathlib import Path

DATABASE_URL = os.environ.get("GRIDSVC_DATABASE_URL", "postgresql+psycopg2:///gridsvc")
# Who answers when a request names no account: the district whose public layers are shown.
DISTRICT = os.environ.get("GRIDSVC_DISTRICT", "")
SESSION_HOURS = int(os.environ.get("GRIDSVC_SESSION_HOURS", "12"))
# Behind TLS the cookie must not travel in clear; the demo on loopback has no TLS.
COOKIE_SECURE = os.environ.get("GRIDSVC_COOKIE_SECURE", "false").lower() == "true"
CONSOLE_DIR = Path(
    os.environ.get("GRIDSVC_CONSOLE_DIR")
    or Path(__file__).resolve().parent.parent / "maps" / "console" / "dist"
)
# Photos, as files that never change. Every API process must see the same folder.
MEDIA_DIR = Path(os.environ.get("GRIDSVC_MEDIA_DIR") or ".local/media")
# Where the record's signed heads go every day, and the key that signs them; empty: none are made.
ANCHOR_FILE = os.environ.get("GRIDSVC_ANCHOR_FILE", "")
ANCHOR_KEY = os.environ.get("GRIDSVC_ANCHOR_KEY", "")
ANCHOR_WEBHOOK = os.environ.get("GRIDSVC_ANCHOR_WEBHOOK", "")
ANCHOR_EMAIL = os.environ.get("GRIDSVC_ANCHOR_EMAIL", "")
# Where people reach this service from outside, for the links in messages.
PUBLIC_URL = os.environ.get("GRIDSVC_PUBLIC_URL", "").rstrip("/")
# smtp://user:password@host:587 (STARTTLS where it is offered) or smtps://…; empty: no e-mail.
SMTP_URL = os.environ.get("GRIDSVC_SMTP_URL", "")
MAIL_FROM = os.environ.get("GRIDSVC_MAIL_FROM", "gridsvc@localhost")
DB_POOL = int(os.environ.get("GRIDSVC_DB_POOL", "8"))
