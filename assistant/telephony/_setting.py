"""One live call and everything that serves it, with the two things done for every turn: make sound, hear words."""

import asyncio
from dataclasses import dataclass

from assistant.audio import Audio
from assistant.call import Reply, Utterance
from assistant.protocols import Ears, HearingBusy, Listener, Synthesizer, Urgency
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

    async def in_time(self, words: "asyncio.Task[Utterance | None]", language: str) -> Utterance | None:
        """The words, for a caller who waits: bridged by "one moment" when they take long, and then not for ever.

        Raises `HearingBusy` when the recogniser is too slow.
        """
        try:
            await asyncio.wait({words}, timeout=FILLER_AFTER_SECONDS)
            if not words.done():
                if not self.playout.is_playing:
                    self.playout.start(self.spoken(phrase("one_moment", language), language))
                await asyncio.wait({words}, timeout=GIVE_UP_AFTER_SECONDS - FILLER_AFTER_SECONDS)
            if not words.done():
                raise HearingBusy(f"no transcript after {GIVE_UP_AFTER_SECONDS:.0f} s")
            return words.result()
        finally:
            words.cancel()
