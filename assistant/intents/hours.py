"""Say when the shop is open: on a day, right now, at what time it closes, when it has its break."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import ClassVar

from assistant.call import MentionKind
from assistant.config.holiday_names import reason_called
from assistant.intents._availability import clock_of, minute_of
from assistant.intents._intent import Phrases, Question, Said, Scene, phrases_beside
from assistant.opening_hours import DayHours, OpenDay

MOST_DAYS = 3  # in one answer
LONGEST_CLOSING = timedelta(days=31)  # told as one


@dataclass(frozen=True)
class Hours(Question):
    """A question about opening hours."""

    labels: ClassVar[tuple[str, ...]] = ("hours",)
    phrases: ClassVar[Phrases] = phrases_beside(__file__)
    claims: ClassVar[frozenset[MentionKind]] = frozenset({"day", "time", "daytime", "range"})

    def answer(self, scene: Scene) -> Said:
        """The hours of each day named, with its date said; about now, whether the shop is open."""
        said = Said("")
        for day in self._days(scene):
            said += self._answer(scene, day)
        return said

    def _answer(self, scene: Scene, asked: date | None) -> Said:
        open_day = scene.shop.hours.on(asked or scene.today)
        if open_day.hours is None:
            return self._closed(scene, open_day)
        aspect = self._aspect(scene, asked)
        if aspect == "now":
            return self._now(scene, open_day, open_day.hours)
        if aspect == "at" and (clocks := scene.of("time")):
            return self._at(scene, open_day, open_day.hours, str(clocks[0].value))
        key = aspect
        if key == "break" and not open_day.hours.breaks:
            key = "no_break"
        if key == "last_order" and open_day.hours.last_order is None:
            key = "day"
        return Said(self._say(key, scene, open_day, open_day.hours), (open_day.source,))

    def _days(self, scene: Scene) -> list[date | None]:
        """The days asked about; the one of the question before, where "last orders?" names none."""
        told = scene.of("day", "daytime")
        asked_on = scene.topic not in (None, "hours", "hours.now")
        before = [each for each in scene.before if each.kind in ("day", "daytime")] if asked_on else []
        named = [date.fromisoformat(str(mention.value)[:10]) for mention in told or before[-1:] if mention.value]
        days: list[date | None] = [*dict.fromkeys(named)]
        return days[:MOST_DAYS] or [None]

    def _aspect(self, scene: Scene, asked: date | None) -> str:
        topic = (scene.topic or "").partition(".")[2]
        if topic in ("break", "last_order"):
            return topic
        if topic in ("opens", "closes") and not scene.of("time"):
            return topic
        if scene.of("time") and (asked or topic in ("", "closed", "now")):
            return "at"
        return "now" if topic == "now" and asked in (None, scene.today) else "day"

    def _closed(self, scene: Scene, open_day: OpenDay) -> Said:
        first, last = self._closed_span(scene, open_day)
        words = {"day": scene.pack.say_day(open_day.day, scene.today)}
        words["first"] = scene.pack.say_day(first, scene.today)
        words["last"] = _without_shared_words(words["first"], scene.pack.say_day(last, scene.today))
        reason = reason_called(open_day.reason, scene.language)
        words |= {"reason": self.phrase("reason", scene, reason=reason) if reason else ""}
        said = self.phrase("closed" if first == last else "closed_days", scene, **words)
        after = scene.now.replace(hour=0, minute=0) + timedelta(days=(last - scene.today).days + 1)
        following = scene.shop.hours.next_opening(after - timedelta(minutes=1))
        if following is None:
            return Said(said, (open_day.source,))
        next_words = {
            "day": scene.pack.say_day(following.date(), scene.today),
            "opens": scene.pack.say_time(f"{following:%H:%M}"),
        }
        next_source = scene.shop.hours.on(following.date()).source
        return Said(f"{said} {self.phrase('next', scene, **next_words)}", (open_day.source, next_source))

    def _closed_span(self, scene: Scene, open_day: OpenDay) -> tuple[date, date]:
        """The first and the last of the days on end that are closed for one and the same reason."""

        def closed(day: date) -> bool:
            other = scene.shop.hours.on(day)
            return bool(open_day.reason) and other.hours is None and other.reason == open_day.reason

        first = last = open_day.day
        while closed(first - timedelta(days=1)) and first > max(scene.today, open_day.day - LONGEST_CLOSING):
            first -= timedelta(days=1)
        while closed(last + timedelta(days=1)) and last < open_day.day + LONGEST_CLOSING:
            last += timedelta(days=1)
        return first, last

    def _now(self, scene: Scene, open_day: OpenDay, hours: DayHours) -> Said:
        if scene.shop.hours.open_at(scene.now):
            return Said(self._say("open_now", scene, open_day, hours), (open_day.source,))
        following = scene.shop.hours.next_opening(scene.now)
        if following is None:
            return Said(self._say("day", scene, open_day, hours), (open_day.source,))
        source = scene.shop.hours.on(following.date()).source
        words = {
            "day": scene.pack.say_day(following.date(), scene.today),
            "opens": scene.pack.say_time(f"{following:%H:%M}"),
        }
        shut_early = open_day.closes_early and following.date() > open_day.day
        key = "early_closed_now" if shut_early else "closed_now"
        return Said(self.phrase(key, scene, **words), (source, *([open_day.source] if shut_early else [])))

    def _at(self, scene: Scene, open_day: OpenDay, hours: DayHours, clock: str) -> Said:
        serves = hours.serves_at(minute_of(clock, hours))
        words = self._words(scene, open_day, hours) | {"time": scene.pack.say_time(clock)}
        return Said(self.phrase("open_at" if serves else "not_open_at", scene, **words), (open_day.source,))

    def _say(self, key: str, scene: Scene, open_day: OpenDay, hours: DayHours) -> str:
        words = self._words(scene, open_day, hours)
        early = f"early_{key}" if open_day.closes_early else ""
        said = self.phrase(early if self.data(early, scene.language) else key, scene, **words)
        if hours.breaks and (key == "day" or (key == "closes" and self._break_ahead(scene, open_day, hours))):
            said = f"{said} {self.phrase('break_too', scene, **words)}"
        if key in ("day", "open_now", "closes") and hours.last_order is not None:
            said = f"{said} {self.phrase('last_order_too', scene, **words)}"
        return said

    def _break_ahead(self, scene: Scene, open_day: OpenDay, hours: DayHours) -> bool:
        """Whether somebody who comes today may still find the door shut for the break."""
        now = scene.now.hour * 60 + scene.now.minute
        return open_day.day == scene.today and any(now < end for _, end in hours.breaks)

    def _words(self, scene: Scene, open_day: OpenDay, hours: DayHours) -> dict[str, str]:
        pack = scene.pack
        begin, end = hours.breaks[0] if hours.breaks else (hours.opens, hours.opens)
        begins, ends = pack.say_time(clock_of(begin)), pack.say_time(clock_of(end))
        return {
            "day": pack.say_day(open_day.day, scene.today),
            "opens": pack.say_time(clock_of(hours.opens)),
            "closes": pack.say_time(clock_of(hours.closes)),
            "begin": begins,
            "end": _without_repeating(begins, ends),
            "last": pack.say_time(clock_of(hours.last_order)) if hours.last_order is not None else "",
        }


def _without_shared_words(first: str, second: str) -> str:
    """ "내년 이월 육일부터 팔일": the year and the month are said once."""
    begin, words = first.split(), second.split()
    shared = next((n for n, pair in enumerate(zip(begin, words, strict=False)) if pair[0] != pair[1]), 0)
    return " ".join(words[shared:])


def _without_repeating(first: str, second: str) -> str:
    """ "오후 세 시부터 다섯 시": the half of the day is said once."""
    half, _, rest = second.partition(" ")
    return rest if rest and first.startswith(f"{half} ") else second
