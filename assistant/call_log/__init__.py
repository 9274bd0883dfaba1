"""The shop's SQLite file: every call, every turn and every promise, as it happens.

One file per shop is the wall between tenants. Columns are there to be read, with any SQLite tool; the JSON beside
them is there to resume a call from. What to say is decided elsewhere; here it is only kept.
"""

from assistant.call_log.file import LogUnavailable
from assistant.call_log.ledger import CallLine, Found, Ledger
from assistant.call_log.log import SqliteCallLog

__all__ = ["CallLine", "Found", "Ledger", "LogUnavailable", "SqliteCallLog"]
