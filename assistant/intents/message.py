"""Take a message, or what only the owner can settle, with a promised time for the call back."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, ClassVar

from assistant.call import Details, Outcome, Voicemail
from assistant.intents._intent import Errand, Phrases, Said, Scene, phrases_beside, slot
from assistant.languages import language_pack
from assistant.shop import Shop

KINDS = ("message", "complaint", "lost_item", "supplier", "waiting", "owner_command")


@dataclass(frozen=True)
class Message(Errand):
    """A memo for the owner. Its kind is the label that brought it about."""

    labels: ClassVar[tuple[str, ...]] = KINDS
    phrases: ClassVar[Phrases] = phrases_beside(__file__)

    kind: str = "message"
    about: str | None = None
    name: str | None = slot("name")
    phone: str | None = slot("phone")
    instead_of: Mapping[str, Any] | None = None
    """{"intent", "details"} of the errand that only the owner can decide, should the caller come to want less."""

    def filled(self, scene: Scene) -> "Message":
        """What it is about, in the caller's words, and whom to call."""
        heard = super().filled(scene)
        about = self.about
        if scene.asking == "message" or (about is None and self.kind != "message" and scene.text):
            about = scene.text.strip() or None
        elif about and self._tells_more(scene):
            about = f"{about} / {scene.text.strip()}"
        return replace(heard, about=about, phone=heard.phone or scene.caller or None)

    def _tells_more(self, scene: Scene) -> bool:
        """Whether the caller, asked for a name, went on about the matter: "네 명이요"."""
        kinds = {mention.kind for mention in scene.mentions}
        return scene.asking in ("name", "phone") and bool(kinds) and not kinds & {"name", "phone"}

    def missing(self, scene: Scene) -> str | None:
        """The matter, then the name, then a number when none was shown."""
        if not self.about:
            return "message"
        return "name" if self.name is None else "phone" if self.phone is None else None

    def opening(self, scene: Scene) -> Said:
        """What will be done for this kind of matter."""
        return Said(str(self.data("lead", scene.language).get(self.kind, "")))

    def words(self, scene: Scene) -> dict[str, str]:
        """Name, number and the promised time as they are spoken."""
        due, pack = promised_callback(scene.shop, scene.now), scene.pack
        day = "" if due.date() == scene.today else pack.say_day(due.date(), scene.today)
        number = pack.say_phone(self.phone) if self.phone and self.phone != scene.caller else ""
        return {
            "name": self.name or "",
            "due": f"{day} {pack.say_time(f'{due:%H:%M}')}".strip(),
            "phone": number or self.phrase("this_phone", scene),
        }

    def finish(self, scene: Scene) -> Said:
        """The memo, due at a time the caller hears; it stays open until the owner ticks it."""
        due = promised_callback(scene.shop, scene.now)
        details = {
            "kind": self.kind, "name": self.name, "phone": self.phone, "about": self.about,
            "due": due.isoformat(timespec="minutes"),
        }  # fmt: skip
        said = self.phrase("done", scene, **self.words(scene))
        return Said(said, ("callback_minutes",), (Outcome("message", details),))


def about_voicemail(left: Voicemail, shop: Shop, now: datetime) -> Details:
    """The memo that a voicemail makes, in the shop's language, due like any other."""
    words = {"seconds": str(left.seconds), "url": left.recording_url}
    about = language_pack(shop.language).fill(Message.data("voicemail", shop.language), **words)
    due = promised_callback(shop, now).isoformat(timespec="minutes")
    return {"kind": "message", "phone": left.caller or None, "about": about, "due": due}


def promised_callback(shop: Shop, now: datetime) -> datetime:
    """When the owner calls back: after the shop's usual delay, counted from when it next serves."""
    begins = now if shop.hours.open_at(now) else shop.hours.next_opening(now) or now
    due = begins + timedelta(minutes=shop.callback_minutes)
    if not shop.hours.open_at(due) and begins == now:
        reopens = shop.hours.next_opening(due) or due
        due = reopens + timedelta(minutes=shop.callback_minutes)
    return due.replace(second=0, microsecond=0) + timedelta(minutes=-due.minute % 10)
