"""Take a message, or what only the owner can settle, with a promised time for the call back."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, ClassVar, Self

from assistant.call import Details, Entry, Outcome, Voicemail
from assistant.intents._intent import Errand, Phrases, Said, Scene, phrases_beside, slot
from assistant.languages import language_pack
from assistant.shop import Shop

CLOCK = len("18:00")
LENGTH_OF_AN_ENDING = 6  # characters of "입니다", "라고 해요"
WORDS_OF_A_MATTER = 3  # a name is mostly shorter


@dataclass(frozen=True)
class Message(Errand):
    """A memo for the owner. Its kind is the label that brought it about; what is special about one is a subclass."""

    labels: ClassVar[tuple[str, ...]] = ("message", "owner_command")
    phrases: ClassVar[Phrases] = phrases_beside(__file__)
    urgent: ClassVar[bool] = False
    """The owner should not find it in the evening only."""

    kind: str = "message"
    about: str | None = None
    name: str | None = slot("name")
    phone: str | None = slot("phone")
    not_before: str | None = None
    """The time of day from which on the caller can be reached: "18:00"."""
    instead_of: Mapping[str, Any] | None = None
    """{"intent", "details"} of the errand that only the owner can decide, should the caller come to want less."""

    @classmethod
    def data(cls, key: str, language: str) -> Any:
        """What a special kind of memo says in its own way, and otherwise what every memo says."""
        own = super().data(key, language)
        return Message.data(key, language) if own is None and cls is not Message else own

    def filled(self, scene: Scene) -> Self:
        """What it is about, in the caller's words, and whom to call."""
        heard = super().filled(scene)
        about = self.about
        if scene.asking == "message" and not self._only_name(scene):
            about = scene.text.strip() or None
        elif about is None and scene.text and self._says_what(scene):
            about = scene.text.strip()
        elif about and self._tells_more(scene):
            about = f"{about} / {scene.text.strip()}"
        later = [each.low for each in scene.of("range") if each.low and not each.high and len(str(each.low)) == CLOCK]
        reachable = str(later[-1]) if later else self.not_before
        return replace(heard, about=about, phone=heard.phone or scene.caller or None, not_before=reachable)

    def _only_name(self, scene: Scene) -> bool:
        """Whether the caller, asked what the matter is, only said who they are."""
        told = scene.of("name", "phone")
        return bool(told) and len(scene.text) <= sum(len(each.text) for each in told) + LENGTH_OF_AN_ENDING

    def _says_what(self, scene: Scene) -> bool:
        """Whether more was said than that a message is to be left."""
        rest = scene.text.casefold()
        for words in self.data("asks", scene.language):
            rest = rest.replace(words, " ")
        told = "".join(letter for letter in rest if letter.isalnum())
        return len(told) >= int(self.data("least_said", scene.language))

    def _tells_more(self, scene: Scene) -> bool:
        """Whether the caller, asked for a name, went on about the matter: "네 명이요", "창가 자리였어요"."""
        kinds = {mention.kind for mention in scene.mentions}
        if scene.asking not in ("name", "phone") or kinds & {"name", "phone"}:
            return False
        return bool(kinds) or (scene.answer is None and len(scene.text.split()) >= WORDS_OF_A_MATTER)

    def missing(self, scene: Scene) -> str | None:
        """The matter, then the name, then a number when none was shown."""
        if not self.about:
            return "message"
        return "name" if self.name is None else "phone" if self.phone is None else None

    @property
    def manner(self) -> str:
        """Which of the kind's own questions are asked: `ask.day_catering`."""
        return self.kind

    def question(self, detail: str, scene: Scene) -> Said:
        """The sentence that asks for a detail, in this kind's own words where it has them."""
        key = f"ask.{detail}_{self.manner}"
        if self.data(key, scene.language):
            return Said(self.phrase(key, scene), asking=detail)
        return super().question(detail, scene)

    def opening(self, scene: Scene) -> Said:
        """What will be done for this kind of matter."""
        return Said(str(self.data(f"lead.{self.kind}", scene.language) or ""))

    def words(self, scene: Scene) -> dict[str, str]:
        """Name, number and the promised time as they are spoken."""
        due, pack = promised_callback(scene.shop, scene.now, self.not_before), scene.pack
        number = pack.say_phone(self.phone) if self.phone and self.phone != scene.caller else ""
        return {
            "name": self.name or "",
            "due": _spoken(due, scene),
            "phone": number or self.phrase("this_phone", scene),
        }

    def finish(self, scene: Scene) -> Said:
        """The memo, due at a time the caller hears; it stays open until the owner ticks it."""
        due = promised_callback(scene.shop, scene.now, self.not_before)
        details = {
            "kind": self.kind, "name": self.name, "phone": self.phone, "about": self.for_owner(scene),
            "due": due.isoformat(timespec="minutes"), **self.facts(scene),
        }  # fmt: skip
        said = self.phrase("done", scene, **self.words(scene))
        return Said(said, ("callback_minutes",), (Outcome("message", details),))

    @classmethod
    def put_right(cls, noted: Entry, scene: Scene) -> Said | None:
        """The same memo with the name or number that is told again once it was noted; None when neither is."""
        before = cls.resumed(noted.details)
        told = Errand.filled(before, scene)
        if told == before:
            return None
        details = {**noted.details, "name": told.name, "phone": told.phone, "id": noted.id}
        words = told.words(scene) | {"due": _spoken(datetime.fromisoformat(noted.details["due"]), scene)}
        return Said(told.phrase("done", scene, **words), ("callback_minutes",), (Outcome("message", details),))

    def for_owner(self, scene: Scene) -> str:
        """What it is about; words in another language than the shop's behind what kind of memo it is in its own."""
        about, own = self.about or "", scene.shop.language
        if scene.language == own or self.instead_of or self.kind == "question":
            return about  # a question stands word for word among the unanswered ones too, and is ticked off with them
        gist = self.data(f"gist.{self.kind}", own) or self.data("gist.message", own)
        return f"{gist}: {about}"

    def facts(self, scene: Scene) -> Details:
        """What else the owner's row holds."""
        urgent = {"urgent": True} if self.urgent else {}
        return urgent if scene.language == scene.shop.language else {**urgent, "language": scene.language}


def _spoken(due: datetime, scene: Scene) -> str:
    """When the owner calls, with the day where it is another one."""
    day = "" if due.date() == scene.today else scene.pack.say_day(due.date(), scene.today)
    return f"{day} {scene.pack.say_time(f'{due:%H:%M}')}".strip()


def about_voicemail(left: Voicemail, shop: Shop, now: datetime) -> Details:
    """The memo that a voicemail makes, in the shop's language, due like any other."""
    words = {"seconds": str(left.seconds), "url": left.recording_url}
    about = language_pack(shop.language).fill(Message.data("voicemail", shop.language), **words)
    due = promised_callback(shop, now).isoformat(timespec="minutes")
    return {"kind": "message", "phone": left.caller or None, "about": about, "due": due}


def promised_callback(shop: Shop, now: datetime, not_before: str | None = None) -> datetime:
    """When the owner calls back: after the shop's usual delay, counted from when it next serves.

    `not_before`: a time of day before which the caller cannot be reached.
    """
    if not_before:
        hour, minute = map(int, not_before.split(":"))
        reachable = now.replace(hour=hour, minute=minute)
        now = max(now, reachable)
    begins = now if shop.hours.open_at(now) else shop.hours.next_opening(now) or now
    due = begins + timedelta(minutes=shop.callback_minutes)
    if not shop.hours.open_at(due) and begins == now:
        reopens = shop.hours.next_opening(due) or due
        due = reopens + timedelta(minutes=shop.callback_minutes)
    return due.replace(second=0, microsecond=0) + timedelta(minutes=-due.minute % 10)
