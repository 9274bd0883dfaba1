"""Text messages through Twilio's Messages API.

Twilio documents no key by which it would know a message that is sent twice, so none is: what may have gone out is not
sent again. To Korea it sends one way only, marked as coming from abroad (telephony.md 4.1).
"""

from typing import Any

from assistant.followup.answers import check_status
from assistant.followup.sender import sender_of
from assistant.protocols import NotDelivered, Note, PerhapsDelivered
from assistant.shop import Shop

SECONDS = 10.0


class TwilioTexts:
    """Fulfils `Notifier` for texts. *http_client* is twilio's own unless a test brings another."""

    repeatable = False

    def __init__(self, account: str, token: str, http_client: Any = None) -> None:
        from twilio.http.http_client import TwilioHttpClient
        from twilio.rest import Client

        client = http_client or TwilioHttpClient(timeout=SECONDS, max_retries=0)
        self._client = Client(account, token, http_client=client)

    def notify(self, shop: Shop, note: Note) -> None:
        """Send a text. Raises `NotDelivered`, `Undeliverable`, `PerhapsDelivered`."""
        from requests.exceptions import ConnectionError as NoConnection
        from requests.exceptions import ConnectTimeout, RequestException
        from twilio.base.exceptions import TwilioException, TwilioRestException

        to = note.recipient if note.recipient.startswith("+") else f"+82{note.recipient[1:]}"
        try:
            self._client.messages.create(to=to, from_=sender_of(shop), body=note.content["text"])
        except TwilioRestException as error:
            check_status(int(error.status), f"{error.msg} (Twilio {error.code})")
        except ConnectTimeout as error:
            raise NotDelivered("no connection to Twilio") from error
        except NoConnection as error:
            # requests calls a connection that broke in the middle by the same name as one that never was.
            never_was = "NewConnectionError" in repr(error) or "NameResolutionError" in repr(error)
            raise (NotDelivered if never_was else PerhapsDelivered)("no connection to Twilio") from error
        except (RequestException, TwilioException) as error:
            raise PerhapsDelivered(f"no answer from Twilio: {type(error).__name__}") from error
