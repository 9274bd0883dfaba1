"""What goes out after a call: config.yaml's ways of sending it, a shop's rules about who gets it."""

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

from assistant.config.environment import ALERTS_VARIABLE, SOLAPI_VARIABLE
from assistant.config.fields import Key, Listed, Read, Record, into, leaf
from assistant.config.mistakes import Misread, Mistake
from assistant.config.scalars import Choice, Text, phone, yes_no
from assistant.config.settings import FollowupSettings
from assistant.config.settings_values import Secret, SecretFile
from assistant.config.yaml_tree import Node, mistake_at
from assistant.shop_rules import FollowupRules, Webhook

EVENTS = (
    "reservation.*", "reservation.make", "reservation.change", "reservation.cancel", "reservation.late",
    "order.*", "order.make", "order.change", "order.cancel", "message.*",
)  # fmt: skip
"""What a webhook may ask for."""

LOOPBACK = ("localhost", "127.0.0.1", "::1")


def https_url(node: Node, key: str) -> str:
    """A whole address by https, or on this machine, so that nobody on the way reads what goes there."""
    text = leaf(node, key, "https://pos.example.com/orders").text.strip()
    try:
        parts = urlsplit(text)
        host, _ = parts.hostname or "", parts.port
        fine = host and (parts.scheme == "https" or (parts.scheme == "http" and host in LOOPBACK))
    except ValueError:
        fine = False
    if not fine or re.search(r"\s|@", text):
        meant = f"https://{text.removeprefix('http://')}" if text.startswith("http://") else ""
        raise Misread([mistake_at(node, key, "not_a_webhook", suggestion=meant)])
    return text


def _account(node: Node, key: str) -> str:
    text = Text(40, "AC0123456789abcdef0123456789abcdef")(node, key)
    if not re.fullmatch(r"AC[0-9a-fA-F]{32}", text):
        raise Misread([mistake_at(node, key, "not_an_account")])
    return text


FOLLOWUPS: Record[FollowupRules] = Record(
    (
        Key("callers", yes_no, also=("손님", "customers", "caller")),
        Key("abroad", yes_no, also=("외국", "foreign")),
        Key("sender", phone, also=("발신번호", "from")),
        Key("owner", phone, also=("사장님", "owner_phone")),
        Key(
            "webhooks",
            Listed(
                Record(
                    (
                        Key("url", https_url, needed=True, example="url: https://pos.example.com/orders"),
                        Key("events", Listed(Choice(EVENTS), lone=True), also=("event",)),
                    ),
                    into(Webhook),
                ),
                most=10,
            ),
            also=("webhook", "hooks"),
        ),
    ),
    into(FollowupRules),
)
"""Reads a shop's rules."""


def followup_settings(folder: Path) -> Record[FollowupSettings]:
    """Reads config.yaml's ways of sending."""
    return Record(
        (
            Key("texts", Choice(("off", "file", "twilio", "solapi")), also=("sms", "문자")),
            Key("alerts", Choice(("off", "file", "apprise")), also=("push", "알림")),
            Key("webhooks", Choice(("off", "file", "http"))),
            Key("twilio_account", _account, also=("account", "account_sid")),
            Key("solapi_key", Text(80, "NCS0000000000000"), also=("api_key",)),
            Key("solapi_secret", Secret(SOLAPI_VARIABLE, "solapi_secret_file"), also=("api_secret",)),
            Key("solapi_secret_file", SecretFile(folder)),
            Key("alert_urls", Secret(ALERTS_VARIABLE, "alert_urls_file")),
            Key("alert_urls_file", SecretFile(folder)),
        ),
        _settings,
    )


def _settings(read: Read) -> FollowupSettings:
    values = dict(read.values)
    secrets = (*values.pop("solapi_secret", ()), *values.pop("solapi_secret_file", ()))
    lines = (*values.pop("alert_urls", ()), *values.pop("alert_urls_file", ()))
    settings = FollowupSettings(
        **values, solapi_secret=secrets[0] if secrets else "", alert_urls=tuple(map(_alert_url, lines))
    )
    if mistakes := [*_missing(read, settings), *_wrong_lines(read, settings)]:
        raise Misread(mistakes)
    return settings


def _alert_url(line: str) -> tuple[str, str]:
    """ "haneul=tgram://…" is the address of one shop, "tgram://…" that of every shop."""
    shop, sign, url = line.partition("=")
    return (shop, url) if sign and "://" not in shop else ("", line)


def _missing(read: Read, settings: FollowupSettings) -> Iterator[Mistake]:
    """What a chosen way cannot do without."""
    needed: dict[tuple[str, str], list[tuple[str, object]]] = {
        ("texts", "twilio"): [("twilio_account", settings.twilio_account)],
        ("texts", "solapi"): [("solapi_key", settings.solapi_key), ("solapi_secret_file", settings.solapi_secret)],
        ("alerts", "apprise"): [("alert_urls_file", settings.alert_urls)],
    }
    for (key, way), keys in needed.items():
        for name, value in keys if getattr(settings, key) == way else ():
            if not value:
                yield read.mistake(key, "missing_key", missing=f"followups.{name}", example=f"{name}: …")


def _wrong_lines(read: Read, settings: FollowupSettings) -> Iterator[Mistake]:
    """Lines that are no addresses; none is repeated, for they hold passwords."""
    key = "alert_urls" if "alert_urls" in read.values else "alert_urls_file"
    for number, (_, url) in enumerate(settings.alert_urls, 1):
        if "://" not in url:
            yield read.mistake(key, "not_an_alert_url", value="", line=number)
