"""What is to be said about a configuration on a machine. Pure: what it knows of the machine comes in a `Machine`."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from assistant.check.machine import Machine
from assistant.check.messages import CHECK_MESSAGES
from assistant.config import WHISPER_SIZES, HearingSettings, Loaded, ServerSettings, Settings, TwilioSettings
from assistant.config.holiday_names import LAST_YEAR
from assistant.shop import Shop
from assistant.shop_rules import Text

LEAST_FREE_MEGABYTES = 200
"""Below it SQLite may soon fail to write what was promised on the phone."""
LOW_FREE_MEGABYTES = 1_000
NAMES_SHOWN = 5
"""Names listed in one finding; more would hide the next finding."""
FIRST_BELIEVABLE_YEAR = 2026
"""This program is not older than this, so a clock that says so is wrong."""

Level = Literal["error", "warning", "ok"]


@dataclass(frozen=True)
class Finding:
    """One line of `assistant check`."""

    level: Level
    """"error": calls would not be answered as configured; "warning": they would, but less well."""
    about: str
    """What it is about: "hearing", or the place of a mistake, "shops/galbi.yaml:12:5"."""
    text: str
    next_step: str = ""
    kind: str = ""
    """A key of `CHECK_MESSAGES`, or of the configuration's messages, for programs."""


def finding(level: Level, about: str, kind: str, language: str, **words: object) -> Finding:
    """A finding in the owner's language."""
    text, next_step = CHECK_MESSAGES[kind][language]
    return Finding(level, about, text.format(**words), next_step.format(**words), kind)


def findings(loaded: Loaded, machine: Machine, language: str | None = None) -> list[Finding]:
    """Everything to be said about a configuration on a machine; *language* is "ko" or "en", or config.yaml's own."""
    said_in = language or loaded.settings.language
    if not loaded.settings_are_whole and not loaded.shops:
        # What the machine lacks for the defaults would only hide what is to be corrected first.
        return list(_of_configuration(loaded, said_in))
    return [
        *_of_configuration(loaded, said_in),
        *(found for shop in loaded.shops.values() for found in _of_shop(shop, said_in)),
        *_of_recording(loaded, said_in),
        *_of_hearing(loaded.settings, machine, said_in),
        *_of_understanding(loaded.settings, machine, said_in),
        *_of_speaking(loaded.settings, machine, said_in),
        *_of_twilio(loaded.settings.server, loaded.settings.twilio, said_in),
        *_of_followups(loaded.settings, machine, said_in),
        *_of_server(loaded.settings, machine, said_in),
        *_of_disk(loaded.settings, machine, said_in),
        *_of_clock(machine, said_in),
    ]


def _of_configuration(loaded: Loaded, language: str) -> Iterator[Finding]:
    for mistake in loaded.mistakes:
        text = ": ".join(part for part in (mistake.key, mistake.text(language)) if part)
        yield Finding("error", mistake.place(language), text, "", mistake.kind)
    for file in (file for file, shop_id in loaded.shop_files.items() if shop_id is None):
        yield finding("error", "config", "shop_off", language, file=Path(file).name)
    if loaded.shops:
        names = ", ".join(shop.name for shop in loaded.shops.values())
        yield finding("ok", "config", "config_read", language, count=len(loaded.shops), names=names)
    else:
        yield finding("error", "config", "no_shop", language)


def _of_shop(shop: Shop, language: str) -> Iterator[Finding]:
    if not shop.numbers:
        yield finding("warning", shop.id, "no_number", language, shop=shop.name)
    if not shop.transfer_to:
        yield finding("warning", shop.id, "nobody_to_reach", language, shop=shop.name)
    if shop.owner.numbers and not shop.owner.pin:
        yield finding("warning", shop.id, "no_pin", language, shop=shop.name)
    unknown = [item.name for item in shop.menu if item.allergens is None and not shop.counts_stock]
    if unknown:
        yield finding(
            "warning", shop.id, "allergens_unknown", language, shop=shop.name, count=len(unknown), names=_some(unknown)
        )
    for other in shop.languages[1:]:
        missing = [name for name, text in _texts(shop) if other not in text]
        if missing:
            words = {"shop": shop.name, "other": other, "count": len(missing), "names": _some(missing)}
            yield finding("warning", shop.id, "untranslated", language, **words)


def _texts(shop: Shop) -> Iterator[tuple[str, Text]]:
    """Whatever the shop says to callers, by the name of its key."""
    yield "name", shop.names
    yield from ((f"faq.{faq.id}", faq.answer) for faq in shop.faqs)
    for section, entries in (("menu", shop.menu), ("services", shop.services), ("staff", shop.staff)):
        yield from ((f"{section}.{entry.name}", entry.names) for entry in entries)
    policy = shop.reservations.policy if shop.reservations else {}
    optional = {"address": shop.address, "directions": shop.directions, "reservations.policy": policy}
    yield from ((name, text) for name, text in optional.items() if text)
    greeting = {"greeting.opening": shop.greeting.opening, "greeting.closing": shop.greeting.closing}
    yield from ((name, text) for name, text in greeting.items() if text)


def _some(names: list[str]) -> str:
    """The first few of many names."""
    return ", ".join(names[:NAMES_SHOWN]) + (" …" if len(names) > NAMES_SHOWN else "")


def _of_recording(loaded: Loaded, language: str) -> Iterator[Finding]:
    """Only sound that comes here can be recorded."""
    settings = loaded.settings
    if settings.twilio.mode != "gather" and settings.hearing.engine != "twilio":
        return
    for shop in loaded.shops.values():
        if shop.recording:
            yield finding("warning", shop.id, "not_recorded", language, shop=shop.name)


def _of_hearing(settings: Settings, machine: Machine, language: str) -> Iterator[Finding]:
    hearing = settings.hearing
    if hearing.engine == "twilio":
        yield finding("ok", "hearing", "hearing_by_twilio", language)
        return
    package, command = ("whisper", "pip install openai-whisper")
    if hearing.engine == "faster-whisper":
        package, command = ("faster_whisper", 'pip install "yeoboseyo[faster-whisper]"')
    if package not in machine.packages:
        yield finding("error", "hearing", "package_missing", language, package=package, command=command)
    if not machine.voice_activity_present:
        yield finding("error", "hearing", "voice_activity_missing", language)
    if hearing.device == "cuda" and not machine.gpu:
        yield finding("error", "hearing", "no_gpu", language)
    yield from _of_speech_model(hearing, machine, language)


def _of_speech_model(hearing: HearingSettings, machine: Machine, language: str) -> Iterator[Finding]:
    size = WHISPER_SIZES.get(hearing.model)
    if machine.hearing_megabytes is not None:
        words: dict[str, object] = {"model": hearing.model, "size": f"{machine.hearing_megabytes:.0f}"}
        yield finding("ok", "hearing", "hearing_ready", language, **words)
    elif hearing.model_path is not None:
        yield finding("warning", "hearing", "hearing_missing", language, model=hearing.model)
    else:
        load_it = f"python -c \"import whisper; whisper.load_model('{hearing.model}')\""
        if hearing.engine == "faster-whisper":
            load_it = f"python -c \"import faster_whisper; faster_whisper.WhisperModel('{hearing.model}')\""
        words = {"model": hearing.model, "size": size.megabytes if size else "?", "command": load_it}
        yield finding("warning", "hearing", "hearing_to_download", language, **words)
    if hearing.model_path is not None and hearing.model_path.name == "demo.pt":
        yield finding("warning", "hearing", "hearing_demo", language)
    needed = size.memory_megabytes * hearing.workers if size else 0
    if machine.memory_megabytes and needed > machine.memory_megabytes:
        words = {"model": hearing.model, "workers": hearing.workers, "needed": needed}
        yield finding("warning", "hearing", "memory_short", language, **words, memory=machine.memory_megabytes)


def _of_understanding(settings: Settings, machine: Machine, language: str) -> Iterator[Finding]:
    if machine.understanding_present:
        yield finding("ok", "understanding", "understanding_ready", language)
    else:
        folder = settings.understanding.model or "models/intents"
        yield finding("warning", "understanding", "understanding_missing", language, folder=folder)


def _of_speaking(settings: Settings, machine: Machine, language: str) -> Iterator[Finding]:
    voice = settings.speaking.voice
    if "espeakng_loader" not in machine.packages:
        command = "pip install espeakng-loader"
        yield finding("error", "speaking", "package_missing", language, package="espeakng-loader", command=command)
    elif voice not in machine.voices:
        known = ", ".join(name for name in machine.voices if len(name) == 2) or "f3"
        yield finding("error", "speaking", "voice_missing", language, voice=voice, known=known)
    else:
        yield finding("ok", "speaking", "voice_ready", language, voice=voice)


def _of_twilio(server: ServerSettings, twilio: TwilioSettings, language: str) -> Iterator[Finding]:
    if not (server.public_url or twilio.auth_tokens):
        yield finding("warning", "twilio", "twilio_unused", language)
        return
    if not twilio.auth_tokens:
        yield finding("error", "twilio", "twilio_no_token", language)
    if not server.public_url:
        yield finding("error", "twilio", "twilio_no_url", language)
    if twilio.auth_tokens and server.public_url:
        yield finding("ok", "twilio", "twilio_ready", language, url=server.public_url)


def _of_followups(settings: Settings, machine: Machine, language: str) -> Iterator[Finding]:
    ways = settings.followups
    if ways.texts == "twilio" and not settings.twilio.auth_tokens:
        yield finding("error", "followups", "texts_no_token", language)
    if ways.alerts == "apprise" and "apprise" not in machine.packages:
        command = 'pip install "yeoboseyo[alerts]"'
        yield finding("error", "followups", "package_missing", language, package="apprise", command=command)
    chosen = {"texts": ways.texts, "alerts": ways.alerts, "webhooks": ways.webhooks}
    named = ", ".join(f"{what}: {way}" for what, way in chosen.items() if way != "off")
    yield finding("ok", "followups", "followups_on" if named else "followups_off", language, ways=named)


def _of_server(settings: Settings, machine: Machine, language: str) -> Iterator[Finding]:
    host, port = settings.server.host, settings.server.port
    if machine.port_problem:
        words = {"host": host, "port": port, "reason": machine.port_problem}
        yield finding("warning", "server", "port_taken", language, **words)
    else:
        yield finding("ok", "server", "port_free", language, port=port)
    if not settings.server.loopback and settings.owner.password is None:
        yield finding("error", "owner", "page_open_to_all", language, host=host)


def _of_disk(settings: Settings, machine: Machine, language: str) -> Iterator[Finding]:
    folder, free = settings.data, machine.free_megabytes
    if machine.data_problem:
        yield finding("error", "data", "data_not_writable", language, folder=folder, reason=machine.data_problem)
    elif free < LEAST_FREE_MEGABYTES:
        yield finding("error", "data", "disk_full", language, folder=folder, free=free)
    elif free < LOW_FREE_MEGABYTES:
        yield finding("warning", "data", "disk_low", language, folder=folder, free=free)
    else:
        yield finding("ok", "data", "data_ready", language, folder=folder, free=free)


def _of_clock(machine: Machine, language: str) -> Iterator[Finding]:
    now = f"{machine.now:%Y-%m-%d %H:%M} ({machine.now.tzname()})"
    if machine.now.year < FIRST_BELIEVABLE_YEAR:
        yield finding("error", "clock", "clock_wrong", language, now=now)
    elif machine.now.year >= LAST_YEAR:
        yield finding("warning", "clock", "holidays_end", language, year=LAST_YEAR)
    else:
        yield finding("ok", "clock", "clock", language, now=now)
