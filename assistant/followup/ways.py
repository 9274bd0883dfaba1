"""Which ways of sending there are, by config.yaml, and what that leaves of a shop's wishes."""

import logging
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from assistant.config.settings import Settings
from assistant.followup.alert import AppriseAlerts, AppriseMissing
from assistant.followup.solapi import SolapiTexts
from assistant.followup.text_message import TwilioTexts
from assistant.followup.to_file import ToFile
from assistant.followup.webhook import Webhooks
from assistant.protocols import NoteKind, Notifier
from assistant.shop import Shop

_log = logging.getLogger(__name__)


def reached(shop: Shop, settings: Settings) -> Shop:
    """The shop with those of its follow-ups that can be sent: what cannot be is not promised either."""
    ways, rules = settings.followups, shop.followups
    ready = ways.texts != "off" and (ways.texts != "twilio" or settings.twilio.auth_tokens)
    texts = bool(ready and (rules.sender or shop.numbers))
    alerts = ways.alerts == "file" or (ways.alerts == "apprise" and bool(ways.alert_urls_of(shop.id)))
    return replace(
        shop,
        followups=replace(
            rules,
            callers=rules.callers and texts,
            owner=rules.owner if texts else "",
            alerts=alerts,
            webhooks=rules.webhooks if ways.webhooks != "off" else (),
        ),
    )


def notifiers(settings: Settings, folder: Path, webhook_secret: Callable[[Shop], str]) -> dict[NoteKind, Notifier]:
    """The ways that config.yaml switches on, by what goes by them; the development's files lie in *folder*.

    One that cannot work is told of and left out.
    """
    ways, made, on_file = settings.followups, dict[NoteKind, Notifier](), ToFile(folder)
    match ways.texts:
        case "file":
            made |= {"caller_text": on_file, "owner_text": on_file}
        case "solapi":
            texts: Notifier = SolapiTexts(ways.solapi_key, ways.solapi_secret)
            made |= {"caller_text": texts, "owner_text": texts}
        case "twilio" if settings.twilio.auth_tokens:
            texts = TwilioTexts(ways.twilio_account, settings.twilio.auth_tokens[0])
            made |= {"caller_text": texts, "owner_text": texts}
        case "twilio":
            _log.error("texts wait: Twilio's auth token is missing; set TWILIO_AUTH_TOKEN and start again")
    if ways.alerts == "file":
        made["owner_alert"] = on_file
    elif ways.alerts == "apprise":
        try:
            made["owner_alert"] = AppriseAlerts(lambda shop: ways.alert_urls_of(shop.id))
        except AppriseMissing as missing:
            _log.error("alerts wait: %s", missing)
    if ways.webhooks != "off":
        made["webhook"] = on_file if ways.webhooks == "file" else Webhooks(webhook_secret)
    return made
