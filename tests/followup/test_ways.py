"""What config.yaml switches on is what is opened, and no more than that is promised."""

from dataclasses import replace
from pathlib import Path

from assistant.config.settings import FollowupSettings, Settings, TwilioSettings
from assistant.followup.alert import AppriseAlerts
from assistant.followup.solapi import SolapiTexts
from assistant.followup.text_message import TwilioTexts
from assistant.followup.to_file import ToFile
from assistant.followup.ways import notifiers, reached
from assistant.followup.webhook import Webhooks
from assistant.shop_rules import FollowupRules, Webhook
from tests.followup.fakes import SHOP

WISHES = FollowupRules(callers=True, owner="+821000000001", webhooks=(Webhook("https://pos.example.com"),))
WISHING = replace(SHOP, followups=WISHES)


def opened(settings: Settings, folder: Path) -> dict[str, type]:
    return {kind: type(way) for kind, way in notifiers(settings, folder, lambda shop: "secret").items()}


def test_as_it_comes_nothing_is_sent(tmp_path: Path) -> None:
    """Without a word in config.yaml nobody is written to, so nobody is promised anything."""
    assert opened(Settings(), tmp_path) == {}
    assert reached(WISHING, Settings()).followups == FollowupRules()


def test_each_way_is_what_it_says(tmp_path: Path) -> None:
    """Texts, alerts and webhooks are chosen apart from each other."""
    ways = FollowupSettings(texts="solapi", webhooks="http", solapi_key="NCS0", solapi_secret="s")
    assert opened(Settings(followups=ways), tmp_path) == {
        "caller_text": SolapiTexts, "owner_text": SolapiTexts, "webhook": Webhooks
    }  # fmt: skip
    assert reached(WISHING, Settings(followups=ways)).followups == WISHES
    on_file = FollowupSettings(texts="file", alerts="file", webhooks="file")
    assert set(opened(Settings(followups=on_file), tmp_path).values()) == {ToFile}
    assert reached(WISHING, Settings(followups=on_file)).followups.alerts


def test_twilio_without_a_token_promises_nothing(tmp_path: Path) -> None:
    """The account alone sends nothing."""
    ways = FollowupSettings(texts="twilio", twilio_account="AC0123456789abcdef0123456789abcdef")
    assert opened(Settings(followups=ways), tmp_path) == {}
    assert not reached(WISHING, Settings(followups=ways)).followups.callers
    with_token = Settings(followups=ways, twilio=TwilioSettings(("token",)))
    assert opened(with_token, tmp_path) == {"caller_text": TwilioTexts, "owner_text": TwilioTexts}
    assert reached(WISHING, with_token).followups.callers


def test_a_shop_without_a_number_texts_nobody() -> None:
    """A text needs somebody to come from."""
    ways = Settings(followups=FollowupSettings(texts="file"))
    numberless = replace(WISHING, numbers=(), followups=WISHES)
    assert not reached(numberless, ways).followups.callers


def test_alerts_go_to_whom_they_are_addressed(tmp_path: Path) -> None:
    """An address of another shop is none of this one's."""
    ways = FollowupSettings(alerts="apprise", alert_urls=(("other", "json://127.0.0.1"),))
    assert not reached(WISHING, Settings(followups=ways)).followups.alerts
    assert set(opened(Settings(followups=ways), tmp_path).values()) <= {AppriseAlerts}
