"""Finds the caller's turns in the sound of one call: sound clock, voice activity and end of turn joined.

Words are left to the recogniser, what to do about them to the doors.
"""

from typing import Protocol, assert_never

from assistant.audio import LINE_RATE_HZ, Audio, from_mulaw
from assistant.hearing.endpointing import (
    Endpoint,
    Endpointer,
    EndpointingRules,
    SpeechBegan,
    SpeechPaused,
    SpeechResumed,
    TurnEnded,
)
from assistant.hearing.sentence_ending import sentence_ending
from assistant.hearing.sound_clock import Piece, SoundClock, SoundSoFar
from assistant.hearing.voice_activity import WINDOW_MS
from assistant.protocols import CallerBegan, CallerFinished, CallerPaused, CallerResumed, Listening

_SAMPLES_PER_MS = LINE_RATE_HZ // 1000


class Voice(Protocol):
    """Judges a stream of sound, as `voice_activity.VoiceActivity` does."""

    def restart(self) -> None:
        """Forget the stream."""
        ...

    async def feed(self, mulaw: bytes) -> list[float]:
        """Mu-law in, a probability of speech for every 32 ms out."""
        ...


class TurnListener:
    """A `Listener` for one call.

    *preroll_ms* of sound before the first voiced frame go with the turn, because the onset of a soft consonant comes
    before it is recognised; *tail_ms* go with its end. The tail is as long as `EndpointingRules.pause_ms`, so that a
    turn and the pause it was transcribed ahead in are the same sound.
    """

    def __init__(
        self, voice: Voice, rules: EndpointingRules | None = None, *, preroll_ms: int = 300, tail_ms: int = 120
    ) -> None:
        self._voice = voice
        self._endpointer = Endpointer(rules)
        self._clock = SoundClock()
        self._sound = SoundSoFar()
        self._preroll_ms, self._tail_ms = preroll_ms, tail_ms
        self._heard_until: int | None = None
        self._window_ms = 0

    @property
    def kept_sound(self) -> bytes:
        """What is kept of the sound now, mu-law: the turn so far, or a little more than the pre-roll."""
        return self._sound.kept

    def expect(self, asking: str | None) -> None:
        """Note what was just asked: it decides how long a pause inside the answer may be."""
        self._endpointer.expect(asking)

    def hint(self, text: str, language: str) -> None:
        """Note the words before the present pause: whether they end like a sentence moves the end of the turn."""
        self._endpointer.hint(sentence_ending(text, language))

    async def feed(self, at_ms: int, mulaw: bytes) -> list[Listening]:
        """The next sound, stamped by the line in milliseconds; what became clear by it."""
        events: list[Listening] = []
        for piece in self._clock.place(at_ms, mulaw):
            self._sound.put(piece)
            events += await self._judge(piece)
        begin_ms = self._endpointer.begin_ms
        since_ms = self._clock.now_ms if begin_ms is None else begin_ms
        self._sound.forget_before(since_ms - self._preroll_ms - 2 * WINDOW_MS)
        return events

    async def _judge(self, piece: Piece) -> list[Listening]:
        if self._heard_until is not None and piece.position < self._heard_until:
            return []  # late: good for the transcript, but its moment has been judged as silence
        if piece.position != self._heard_until:
            self._voice.restart()
            self._window_ms = piece.position // _SAMPLES_PER_MS
        self._heard_until = piece.end
        events: list[Listening] = []
        for probability in await self._voice.feed(piece.mulaw):
            found = self._endpointer.feed(self._window_ms, WINDOW_MS, probability)
            self._window_ms += WINDOW_MS
            events += [self._with_sound(event) for event in found]
        return events

    def _with_sound(self, event: Endpoint) -> Listening:
        match event:
            case SpeechBegan(at_ms):
                return CallerBegan(at_ms)
            case SpeechPaused(at_ms):
                begin_ms = self._endpointer.begin_ms
                return CallerPaused(at_ms, self._audio(at_ms if begin_ms is None else begin_ms, at_ms))
            case SpeechResumed(at_ms):
                return CallerResumed(at_ms)
            case TurnEnded(begin_ms, end_ms, decided_ms):
                return CallerFinished(begin_ms, end_ms, decided_ms, self._audio(begin_ms, end_ms + self._tail_ms))
            case _:
                assert_never(event)

    def _audio(self, begin_ms: int, end_ms: int) -> Audio:
        return Audio(from_mulaw(self._sound.between(begin_ms - self._preroll_ms, end_ms)), LINE_RATE_HZ)
