"""The owner's messenger and e-mail, through Apprise, which speaks to some hundred services."""

import logging
from collections.abc import Callable
from typing import Any

from assistant.protocols import AssistantError, NotDelivered, Note
from assistant.shop import Shop

SECONDS = 10.0

_log = logging.getLogger(__name__)


class AppriseMissing(AssistantError):
    """Apprise is not installed; the message says how to get it."""


class AppriseAlerts:
    """Fulfils `Notifier` for the owner's alerts. *urls_of* gives a shop's addresses, as Apprise writes them.

    Raises `AppriseMissing`.
    """

    repeatable = True  # an owner who reads the same line twice is better off than one who reads none

    def __init__(self, urls_of: Callable[[Shop], tuple[str, ...]]) -> None:
        try:
            import apprise
        except ModuleNotFoundError:
            raise AppriseMissing('alerts need Apprise: pip install "yeoboseyo[alerts]"') from None
        # Its own log lines hold addresses, and addresses hold passwords.
        logging.getLogger("apprise").setLevel(logging.CRITICAL)
        self._new: Callable[[], Any] = lambda: apprise.Apprise(
            asset=apprise.AppriseAsset(service_timeout=SECONDS, secure_logging=True)
        )
        self._urls_of = urls_of

    def notify(self, shop: Shop, note: Note) -> None:
        """Tell the owner by every address; by one at least, or it raises `NotDelivered`."""
        told = []
        for place, url in enumerate(self._urls_of(shop), 1):
            service = self._new()
            if service.add(url) and service.notify(body=note.content["text"], title=note.content["title"]):
                told.append(place)
            else:
                _log.error("note=%s alert address %d of %s did not take it", note.id, place, shop.id)
        if not told:
            raise NotDelivered(f"none of the alert addresses of {shop.id} took it")
