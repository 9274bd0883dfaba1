"""Says what is in the rows in the owner's language: dates, times, money, numbers, labels. Pure."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta, tzinfo
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from ruamel.yaml import YAML

from assistant.call import Mention
from assistant.overrides import Override
from assistant.shop import Shop
from assistant.summary import written_number

LANGUAGES = ("ko", "en")

LONGEST_CALL = timedelta(hours=1)
"""After it, a call whose end was never noted is shown as broken off."""


@cache
def _phrases() -> Mapping[str, Mapping[str, Any]]:
    text = Path(__file__).with_name("words.yaml").read_text(encoding="utf-8")
    phrases: Mapping[str, Mapping[str, Any]] = YAML(typ="safe", pure=True).load(text)
    return phrases


class Words:
    """The pages' words in one language, on one shop's clock."""

    def __init__(self, language: str, zone: tzinfo, now: datetime) -> None:
        self.language = language if language in LANGUAGES else "en"
        self.other_language = "en" if self.language == "ko" else "ko"
        self.now = now.astimezone(zone)
        self.today = self.now.date()
        self._zone = zone
        self._said = _phrases()[self.language]

    def __call__(self, key: str, **values: object) -> str:
        """A sentence or label by its key in words.yaml."""
        return str(self._said[key]).format(**values)

    def hint(self, key: str) -> str:
        """What to do about a problem; "" when its name says enough."""
        return str(self._said.get(f"{key}_hint", ""))

    def label(self, group: str, key: object) -> str:
        """A code in plain words; the code itself when words.yaml does not know it."""
        return str(self._said[group].get(key, key))

    def day(self, value: object) -> str:
        """11월 28일 (토); what is no date stays as it is."""
        day = _date(value)
        if day is None:
            return str(value or "")
        months = self._said.get("months")
        said = self("the_day", month=day.month, day=day.day, weekday=self._said["weekdays"][day.weekday()],
                    month_name=months[day.month - 1] if months else "")  # fmt: skip
        return said if day.year == self.today.year else f"{said} {day.year}"

    def near_day(self, value: object) -> str:
        """오늘, 내일 or 어제 where that is shorter than the date."""
        day = _date(value)
        names = {0: "today", 1: "tomorrow", -1: "yesterday"}
        key = names.get((day - self.today).days) if day else None
        return self(key) if key else self.day(value)

    def clock(self, moment: datetime) -> str:
        """19:05, on the shop's clock."""
        return moment.astimezone(self._zone).strftime("%H:%M")

    def local_day(self, moment: datetime) -> date:
        """On which day a moment was at the shop."""
        return moment.astimezone(self._zone).date()

    def may_be_on(self, began: datetime) -> bool:
        """Whether a call without an end may still go on, rather than having lost its end."""
        return self.now - began < LONGEST_CALL

    def when(self, value: object) -> str:
        """A due time: 14:00 when it is today's, with its day otherwise; what is no time stays as it is."""
        moment = self.moment(value)
        if moment is None:
            return str(value or "")
        local = moment.astimezone(self._zone)
        return local.strftime("%H:%M") if local.date() == self.today else f"{self.near_day(local.date())} {local:%H:%M}"

    def moment(self, value: object) -> datetime | None:
        """A stored moment; one without a time zone is on the shop's clock."""
        try:
            moment = datetime.fromisoformat(str(value))
        except ValueError:
            return None
        return moment if moment.tzinfo else moment.replace(tzinfo=self._zone)

    def is_past(self, value: object) -> bool:
        """Whether a stored moment is over."""
        moment = self.moment(value)
        return moment is not None and moment < self.now

    def length(self, began: datetime, ended: datetime) -> str:
        """How long a call was."""
        seconds = max(0, round((ended - began).total_seconds()))
        if seconds < 60:
            return self("seconds", n=seconds)
        minutes, rest = divmod(seconds, 60)
        return " ".join([self("minutes", n=minutes), *([self("seconds", n=rest)] if rest else [])])

    def won(self, value: object) -> str:
        """31,000원."""
        return self("won", n=f"{value:,}") if isinstance(value, int) else str(value or "")

    def phone(self, digits: object) -> str:
        """010-0000-1234; a foreign number by international habit, anything else as it is."""
        return written_number(str(digits or ""))

    def recipient(self, details: Mapping[str, Any]) -> str:
        """Whom a note goes to: a number, another program's host, nobody's name for the owner's own messenger."""
        to = str(details.get("recipient") or "")
        return urlsplit(to).hostname or "" if "://" in to else self("the_owner") if to == "owner" else self.phone(to)

    def source(self, name: str) -> str:
        """Where a fact comes from: "menu.갈비탕.price" is 메뉴 › 갈비탕 › 가격, "reservations#3" is 예약 3."""
        steps = name.replace("#", ".").split(".")
        said = [self.day(step) if _date(step) else self.label("source_kinds", step) for step in steps]
        return " › ".join(step for step in said if step)

    def mention(self, mention: Mention) -> str:
        """What was read from the caller's words."""
        if mention.kind == "range":
            low, high = (self._value(end, mention.kind) for end in (mention.low, mention.high))
            return self("range_to", low=low, high=high)
        return self._value(mention.value, mention.kind)

    def order(self, override: Override) -> str:
        """What the owner ordered: "갈비탕 품절"."""
        about = override.details
        days = [self.near_day(day) for day in about.get("days") or ()]
        spoken = f"{days[0]} ~ {days[-1]}" if len(days) > 1 else "".join(days)
        words = {"days": spoken, "items": ", ".join(about.get("items") or ()), "phone": self.phone(about.get("phone"))}
        known = words | {name: about.get(name) or "" for name in ("at", "party")}
        return str(self._said["orders_for_now"].get(override.kind, override.kind)).format(**known)

    def hours(self, shop: Shop) -> str:
        """Whether the shop is open now, and until when or from when."""
        minute = self.now.hour * 60 + self.now.minute
        for ago in (0, 1):  # yesterday's night may still go on
            hours = shop.hours.on(self.today - timedelta(days=ago)).hours
            if hours and hours.serves_at(minute + ago * 24 * 60):
                ends = min([hours.closes, *(begin for begin, _ in hours.breaks if begin > minute + ago * 24 * 60)])
                return self("open_until", time=f"{ends // 60 % 24:02d}:{ends % 60:02d}")
        opening = shop.hours.next_opening(self.now)
        if opening is None:
            return self("closed_now")
        return self("opens_at", day=self.near_day(opening.date()), time=f"{opening:%H:%M}")

    def _value(self, value: Any, kind: str) -> str:
        match value:
            case None:
                said = ""
            case dict() if "name" in value:
                options = [str(option) for option in value.get("options") or ()]
                quantity = value.get("quantity")
                said = " ".join([str(value["name"]), *options, *([f"× {quantity}"] if quantity else [])])
            case int() if kind == "money":
                said = self.won(value)
            case str() if kind == "phone":
                said = self.phone(value)
            case str() if kind == "daytime":
                said = self.when(value)
            case _:
                said = self.day(value)
        return said


def _date(value: object) -> date | None:
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(str(value)) if len(str(value)) == len("2026-11-28") else None
    except ValueError:
        return None
