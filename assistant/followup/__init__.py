"""After the call: what the outbox holds goes out, by text, by messenger, to other programs.

The rows are there already, written with the turn that made them true (`assistant/notes`). Here they are only sent: each
way is a `Notifier` of its own, and the courier sees to it that each note goes out once.
"""

from assistant.followup.courier import Courier

__all__ = ["Courier"]
