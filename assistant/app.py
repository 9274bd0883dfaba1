"""Joins the parts. The only place that names concrete classes: the rest of the house knows roles."""

import asyncio
import logging
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, assert_never

from assistant.audio import LINE_RATE_HZ, Audio, for_the_line, from_mulaw
from assistant.config import Loaded, load
from assistant.config.settings import HearingSettings, SpeakingSettings, UnderstandingSettings
from assistant.front_desk import Books, FrontDesk, clock_of
from assistant.intents import load_intents
from assistant.protocols import AssistantError, Classifier, Clock, Listener, Synthesizer, Transcriber, Understander
from assistant.shop import Shop
from assistant.telephony._phrases import phrase
from assistant.telephony._roles import LiveParts

if TYPE_CHECKING:
    from assistant.hearing.pool import HearingPool

MODELS = Path(__file__).parent.parent / "models"
DEMO_WHISPER = MODELS / "hearing" / "demo.pt"

_log = logging.getLogger(__name__)


class WrongConfiguration(AssistantError):
    """Something in the configuration keeps a command from working; every mistake is listed."""

    def __init__(self, loaded: Loaded, what: str) -> None:
        lines = "\n".join(f"  {mistake.says(loaded.settings.language)}" for mistake in loaded.mistakes)
        super().__init__(f"{what}:\n{lines}")


def understander(settings: UnderstandingSettings) -> Understander:
    """Understands with the classifier in `understanding.model`, with words alone when there is none."""
    from assistant.understanding import ShopUnderstander, load_classifier
    from assistant.understanding.before import UnderstoodBefore

    classifier: Classifier = load_classifier(settings.model or MODELS / "intents")
    return UnderstoodBefore(ShopUnderstander(classifier))


def synthesizer(settings: SpeakingSettings) -> Synthesizer:
    """The voice, with a memory of what it said before. Raises `NoVoice`."""
    from assistant.speaking.cache import SpokenBefore
    from assistant.speaking.espeak import Espeak
    from assistant.speaking.steady import SteadyVoice

    embedded = SpokenBefore(Espeak(settings.voice, speed_wpm=settings.speed))
    try:
        chosen = _chosen_voice(settings)
    except AssistantError as missing:
        _log.error("the embedded voice speaks, the chosen one cannot be had: %s", missing)
        chosen = None
    return embedded if chosen is None else SteadyVoice(SpokenBefore(chosen), embedded)


def _chosen_voice(settings: SpeakingSettings) -> Synthesizer | None:
    """The voice that the owner prefers to the embedded one."""
    match settings.engine:
        case "espeak":
            return None
        case "endpoint":
            from assistant.speaking.speech_endpoint import SpeechEndpoint

            return SpeechEndpoint(settings.url, settings.model, settings.voices, next(iter(settings.api_keys), None))
        case "polly":
            from assistant.speaking.polly import Polly

            return Polly(settings.voices)
        case "vits":
            from assistant.speaking.vits import Vits

            return Vits(settings.voices)
        case _:
            assert_never(settings.engine)


def transcriber(settings: HearingSettings, languages: Sequence[str] = ("ko", "en")) -> Transcriber:
    """The recogniser. Raises `ModelMissing` when its weights, or its library, are not to be had."""
    device = None if settings.device == "auto" else settings.device
    if settings.engine == "faster-whisper":
        from assistant.hearing.faster_whisper import FasterWhisperTranscriber

        return FasterWhisperTranscriber(settings.model, device or "auto", languages=languages)
    from assistant.hearing.whisper import WhisperTranscriber

    # Our own small model was taught few prompts and loses words behind one; published models gain by it.
    prompted = settings.model_path != DEMO_WHISPER
    return WhisperTranscriber(settings.model, device, languages=languages, reads_prompts=prompted)


@dataclass(frozen=True)
class QueueAdmission:
    """New calls bring their sound here while the recogniser's queue is not half full."""

    pool: "HearingPool"

    def takes_another_call(self) -> bool:
        """Whether a new call would be heard in time."""
        load = self.pool.load
        return load.waiting < max(1, load.largest_queue // 2)


def live_parts(hearing: HearingSettings, speaking: SpeakingSettings) -> LiveParts:
    """What calls that carry sound need. Raises `ModelMissing`, `NoVoice`."""
    from assistant.hearing.pool import HearingPool

    ears = HearingPool(
        _with_all_cores(transcriber(hearing), hearing.workers), workers=hearing.workers, largest_queue=hearing.queue
    )

    def turns_in_work() -> tuple[int, int]:
        load = ears.load
        return load.running, load.waiting

    return LiveParts(ears, synthesizer(speaking), listeners(), QueueAdmission(ears), turns_in_work)


def listeners() -> Callable[[], Listener]:
    """Makes the listener of each call, all of them judged by one model. Raises `ModelMissing`."""
    from assistant.hearing.listening import TurnListener
    from assistant.hearing.voice_activity import SharedVad, SileroVad, VoiceActivity

    vad = SharedVad(SileroVad(MODELS / "silero_vad" / "silero_vad_16k_op15.onnx"))
    return lambda: TurnListener(VoiceActivity(vad))


WARMING = {"ko": "안녕하세요. 내일 저녁 예약하고 싶어요.", "en": "Hello, I would like to book a table for tomorrow."}


async def warm_up(desk: FrontDesk, parts: LiveParts | None) -> None:
    """Do once what models, tables and files do only the first time, so that no caller waits for it. Never raises.

    Without it a first turn takes about twice as long: 370 ms more to understand it, 80 ms more to hear it.
    """
    for shop in desk.shops.values():
        with _going_on(f"shop {shop.id}"):
            await asyncio.to_thread(desk.log, shop.id)
            for language in shop.languages:
                words, now = WARMING.get(language, ""), desk.new_clock(shop)()
                await asyncio.to_thread(desk.understander.understand, words, shop, now, None, None, "")
    if parts is not None:
        for language, words in WARMING.items():
            with _going_on(f"hearing and speaking {language}"):
                sound = for_the_line(await asyncio.to_thread(parts.synthesizer.synthesize, words, language))
                await parts.new_listener().feed(0, sound)
                await asyncio.to_thread(parts.synthesizer.synthesize, phrase("one_moment", language), language)
                await parts.ears.transcribe(Audio(from_mulaw(sound), LINE_RATE_HZ), None, (), "final")


@contextmanager
def _going_on(what: str) -> Iterator[None]:
    """Note what fails and go on: `check` and /readyz say it better, and a caller is apologised to."""
    try:
        yield
    except Exception:
        _log.exception("%s could not be warmed up", what)


def _with_all_cores(made: Transcriber, workers: int) -> Transcriber:
    """Share the cores between the recogniser's workers: the classifier, loaded before it, is content with one."""
    import torch

    torch.set_num_threads(max(1, (os.cpu_count() or 1) // workers))
    return made


def configuration(path: Path) -> Loaded:
    """The configuration that a command works with. Raises `WrongConfiguration`.

    Going on with defaults where config.yaml is wrong would read and write another folder than the owner thinks.
    """
    loaded = load(path)
    if not loaded.settings_are_whole:
        raise WrongConfiguration(loaded, f"{path.absolute()} cannot be used; correct this and try again")
    return loaded


def desk_of(loaded: Loaded, data: Path | None = None, new_clock: Callable[[Shop], Clock] = clock_of) -> FrontDesk:
    """The front desk that a configuration describes."""
    books = Books(data or loaded.settings.data, new_clock)
    return FrontDesk(loaded, understander(loaded.settings.understanding), load_intents(), books, new_clock)
