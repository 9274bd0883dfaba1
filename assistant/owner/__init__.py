"""The owner's web desk: what the phone brought today, what is promised, what is left to do.

Read with a thumb, on a telephone, between two guests: plain pages from the server, no script, no account.
What the pages show is the shop's own SQLite file; nothing is kept here.
"""

from assistant.owner.pages import owner_pages

__all__ = ["owner_pages"]
