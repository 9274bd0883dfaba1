"""Keeps what was just understood: a turn is prepared in the caller's pause, and taken on the same words soon after."""

from collections import OrderedDict
from datetime import datetime
from threading import Lock

from assistant.call import Understood
from assistant.protocols import Understander
from assistant.shop import Shop

KEPT = 64
"""Utterances: a few for each call that one small machine carries."""

_Key = tuple[str, str, datetime, str | None, str | None, str]


class UnderstoodBefore:
    """An `Understander` in front of another one, with a short memory; the least used is forgotten first.

    A moment counts to its minute: no day or time of a caller's words turns on a second.
    """

    def __init__(self, understander: Understander, *, kept: int = KEPT) -> None:
        self._understander = understander
        self._most = kept
        self._kept: OrderedDict[_Key, tuple[Shop, Understood]] = OrderedDict()
        self._lock = Lock()

    def understand(
        self,
        text: str,
        shop: Shop,
        at: datetime,
        language: str | None = None,
        asking: str | None = None,
        previous: str = "",
    ) -> Understood:
        """What `Understander.understand` promises; a shop whose file has changed is read anew."""
        minute = at.replace(second=0, microsecond=0)
        key = (text, shop.id, minute, language, asking, previous)
        with self._lock:
            of, understood = self._kept.get(key, (None, None))
            if of is shop and understood is not None:
                self._kept.move_to_end(key)
                return understood
        understood = self._understander.understand(text, shop, minute, language, asking, previous)
        with self._lock:
            self._kept[key] = (shop, understood)
            while len(self._kept) > self._most:
                self._kept.popitem(last=False)
        return understood
