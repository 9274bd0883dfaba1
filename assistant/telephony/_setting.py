"""One live call and everything that serves it, with the two things done for every turn: make sound, hear words."""

import asyncio
from collections.abc import Coroutine
from dataclasses import dataclass, field
from typing import Any, TypeVar

from assistant.audio import Audio
from assistant.call import Reply, Utterance
from assistant.protocols import Ears, Listener, Synthesizer, Urgency
from assistant.telephony._inbox import Inbox
from assistant.telephony._phrases import phrase
from assistant.telephony._roles import Receptionist
from assistant.telephony._voice import SpokenReply
from assistant.telephony.live_events import Report
from assistant.telephony.own_voice import OwnVoice
from assistant.telephony.playout import Playout, now_ms

# An answer this short says little about its language: "네", "no", "two". It is taken to be in the language we asked in.
SHORT_ANSWER_SECONDS = 1.0
MOST_HINTS = 40  # names that fit into Whisper's prompt (live-calls.md 4d)
FILLER_AFTER_SECONDS = 1.2  # of silence while we listen, think and find our voice (reliability.md 3, row 12)
STEP_SECONDS = 0.3  # what any one step may take without a filler: the answer is nearly there
AGAIN_AFTER_SECONDS = 4.0  # a second filler sooner than that sounds like a broken record
GIVE_UP_AFTER_SECONDS = 8.0

_T = TypeVar("_T")


class Waiting:
    """How long a caller has been waiting for our answer, over everything that makes it."""

    def __init__(self) -> None:
        self._filler_at_ms: int | None = None

    def begins(self) -> None:
        """It is our turn."""
        self._filler_at_ms = now_ms() + round(1000 * FILLER_AFTER_SECONDS)

    def bridged(self) -> None:
        """The caller hears a filler now."""
        self._filler_at_ms = now_ms() + round(1000 * AGAIN_AFTER_SECONDS)

    @property
    def seconds_to_filler(self) -> float:
        """How much longer the caller may wait without a word from us, at the beginning of a step."""
        if self._filler_at_ms is None:
            return FILLER_AFTER_SECONDS
        return max(STEP_SECONDS, (self._filler_at_ms - now_ms()) / 1000)


@dataclass(frozen=True)
class Setting:
    """One live call and everything that serves it."""

    call_id: str
    receptionist: Receptionist
    ears: Ears
    synthesizer: Synthesizer
    listener: Listener
    inbox: Inbox
    playout: Playout
    report: Report
    own_voice: OwnVoice
    waiting: Waiting = field(default_factory=Waiting)

    def spoken(self, text: str, language: str) -> SpokenReply:
        """A text on its way to being sound."""
        return SpokenReply(text, language, self.synthesizer, self.own_voice)

    async def transcribe(self, audio: Audio, reply: Reply, urgency: Urgency) -> Utterance | None:
        """The words of an answer to a reply. Raises `HearingBusy`."""
        shop = self.receptionist.shop
        language_is_sure = len(shop.languages) == 1 or audio.seconds < SHORT_ANSWER_SECONDS
        hints = tuple(dict.fromkeys((*reply.hints, *shop.vocabulary())))[:MOST_HINTS]
        return await self.ears.transcribe(audio, reply.language if language_is_sure else None, hints, urgency)

    async def in_time(self, work: Coroutine[Any, Any, _T], language: str) -> _T:
        """What a caller waits for in silence: bridged by "one moment" when it takes long, and then not for ever.

        The silence counts from the end of the caller's turn, whatever has been done since.
        Raises `TimeoutError` when it is too slow: work that runs in a thread ends there, unheard.
        """
        task = asyncio.create_task(work)
        try:
            before_filler = self.waiting.seconds_to_filler
            await asyncio.wait({task}, timeout=before_filler)
            if not task.done():
                if not self.playout.is_playing:
                    self.playout.start(self.spoken(phrase("one_moment", language), language))
                    self.waiting.bridged()
                await asyncio.wait({task}, timeout=GIVE_UP_AFTER_SECONDS - before_filler)
            if not task.done():
                raise TimeoutError(f"a caller waited {GIVE_UP_AFTER_SECONDS:.0f} s")
            return task.result()
        finally:
            task.cancel()
