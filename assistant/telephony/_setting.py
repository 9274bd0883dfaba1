"""One live call and everything that serves it, with the two things done for every turn: make sound, hear words."""

import asyncio
from collections.abc import Coroutine
from dataclasses import dataclass
from typing import Any, TypeVar

from assistant.audio import Audio
from assistant.call import Reply, Utterance
from assistant.protocols import Ears, Listener, Synthesizer, Urgency
from assistant.telephony._inbox import Inbox
from assistant.telephony._phrases import phrase
from assistant.telephony._roles import Receptionist
from assistant.telephony._voice import SpokenReply
from assistant.telephony.live_events import Report
from assistant.telephony.playout import Playout

# An answer this short says little about its language: "네", "no", "two". It is taken to be in the language we asked in.
SHORT_ANSWER_SECONDS = 1.0
MOST_HINTS = 40  # names that fit into Whisper's prompt (live-calls.md 4d)
FILLER_AFTER_SECONDS = 1.2  # of silence while the recogniser works (reliability.md 3, row 12)
GIVE_UP_AFTER_SECONDS = 8.0

_T = TypeVar("_T")


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

    def spoken(self, text: str, language: str) -> SpokenReply:
        """A text on its way to being sound."""
        return SpokenReply(text, language, self.synthesizer)

    async def transcribe(self, audio: Audio, reply: Reply, urgency: Urgency) -> Utterance | None:
        """The words of an answer to a reply. Raises `HearingBusy`."""
        shop = self.receptionist.shop
        language_is_sure = len(shop.languages) == 1 or audio.seconds < SHORT_ANSWER_SECONDS
        hints = tuple(dict.fromkeys((*reply.hints, *shop.vocabulary())))[:MOST_HINTS]
        return await self.ears.transcribe(audio, reply.language if language_is_sure else None, hints, urgency)

    async def in_time(self, work: Coroutine[Any, Any, _T], language: str) -> _T:
        """What a caller waits for in silence: bridged by "one moment" when it takes long, and then not for ever.

        Raises `TimeoutError` when it is too slow: work that runs in a thread ends there, unheard.
        """
        task = asyncio.create_task(work)
        try:
            await asyncio.wait({task}, timeout=FILLER_AFTER_SECONDS)
            if not task.done():
                if not self.playout.is_playing:
                    self.playout.start(self.spoken(phrase("one_moment", language), language))
                await asyncio.wait({task}, timeout=GIVE_UP_AFTER_SECONDS - FILLER_AFTER_SECONDS)
            if not task.done():
                raise TimeoutError(f"a caller waited {GIVE_UP_AFTER_SECONDS:.0f} s")
            return task.result()
        finally:
            task.cancel()
