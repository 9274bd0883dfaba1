"""Where speech begins, pauses and ends: a pure state machine fed with one speech probability per frame.

It has no clock of its own and does no input or output; all times are milliseconds of the call, as the frames give them.
Whether a frame holds speech is `voice_activity`'s business, what was said is Whisper's.
"""

from dataclasses import dataclass
from typing import Literal, assert_never

Ending = Literal["final", "open"]
"""How a transcript ends: like a whole sentence, or in the middle of one. None: it cannot be told."""


@dataclass(frozen=True)
class EndpointingRules:
    """How long speech and silence must last. Every `_ms` is in milliseconds."""

    start_probability: float = 0.5
    """A frame this likely to be speech begins a turn. Silero's own default."""
    stop_probability: float = 0.35
    """Within a turn a frame counts as silence only below this: Silero's default distance of 0.15."""
    min_speech_ms: int = 150
    """Less speech than this is a click or a breath."""
    onset_gap_ms: int = 100
    """The first `min_speech_ms` may contain holes shorter than this: the closure of ㅂ, ㄷ or ㄱ, a lost packet."""
    pause_ms: int = 120
    """Silence after which it pays to transcribe ahead. Stops inside a word are silent for 50 to 100 ms."""
    resume_ms: int = 64
    """Speech that ends a pause; less is a click in the line."""
    confirm_silence_ms: int = 450
    """The end of the turn after a question for yes or no."""
    default_silence_ms: int = 600
    """The end of the turn otherwise: one pause in six is longer (benchmarks/pauses.py). LiveKit's default is 550."""
    name_silence_ms: int = 800
    """People spell and repeat names, and think between the dishes of an order."""
    number_silence_ms: int = 1100
    """A telephone number is said in three groups, an address in several; the pauses between reach a second."""
    final_ending_factor: float = 0.58
    """The silence needed when the words so far end like a sentence ("…예약할게요")."""
    open_ending_factor: float = 1.8
    """The silence needed when they do not ("…예약하려고 하는데")."""
    shortest_silence_ms: int = 350
    """No turn ends sooner, whatever its words: half of all pauses inside turns are shorter (benchmarks/pauses.py)."""
    longest_turn_ms: int = 30_000
    """A turn is cut here: Whisper hears 30 s at most."""

    def silence_ms(self, asking: str | None, ending: Ending | None = None) -> int:
        """The silence that ends a turn, after we asked for *asking* and heard words that end like *ending*."""
        match asking:
            case "confirm" | "fulfilment":
                base_ms = self.confirm_silence_ms
            case "name" | "items":
                base_ms = self.name_silence_ms
            case "phone" | "pin" | "address":
                base_ms = self.number_silence_ms
            case _:
                base_ms = self.default_silence_ms
        match ending:
            case None:
                return base_ms
            case "final":
                return max(round(base_ms * self.final_ending_factor), self.shortest_silence_ms)
            case "open":
                return round(base_ms * self.open_ending_factor)
            case _:
                assert_never(ending)


@dataclass(frozen=True)
class SpeechBegan:
    """Enough speech to be sure of it; *at_ms* is where its first frame began."""

    at_ms: int


@dataclass(frozen=True)
class SpeechPaused:
    """Silence since `EndpointingRules.pause_ms`; *at_ms* is now."""

    at_ms: int


@dataclass(frozen=True)
class SpeechResumed:
    """The pause was inside the turn; *at_ms* is where speech began again."""

    at_ms: int


@dataclass(frozen=True)
class TurnEnded:
    """The turn is over."""

    begin_ms: int
    end_ms: int
    """The end of the last frame with speech."""
    decided_ms: int
    """Now: *end_ms* and the silence that was needed."""


Endpoint = SpeechBegan | SpeechPaused | SpeechResumed | TurnEnded


@dataclass(frozen=True)
class _Frame:
    """One frame and how likely it is speech."""

    at_ms: int
    until_ms: int
    probability: float


@dataclass(frozen=True)
class _Quiet:
    """Nobody speaks."""


@dataclass(frozen=True)
class _Starting:
    """Speech, perhaps."""

    begin_ms: int
    voiced_ms: int
    voiced_until_ms: int


@dataclass(frozen=True)
class _Speaking:
    """The caller speaks."""

    begin_ms: int
    voiced_until_ms: int


@dataclass(frozen=True)
class _Pausing:
    """The caller spoke, and may go on."""

    begin_ms: int
    voiced_until_ms: int
    resumed_at_ms: int | None = None
    """Where the speech that may end this pause began."""


_Phase = _Quiet | _Starting | _Speaking | _Pausing


class Endpointer:
    """The turns of one caller, frame by frame."""

    def __init__(self, rules: EndpointingRules | None = None) -> None:
        self._rules = rules or EndpointingRules()
        self._phase: _Phase = _Quiet()
        self._asking: str | None = None
        self._ending: Ending | None = None

    def expect(self, asking: str | None) -> None:
        """Note what was just asked: it decides how long a pause may be."""
        self._asking = asking

    def hint(self, ending: Ending | None) -> None:
        """Note how the words before the present pause end; outside a pause it says nothing and is dropped."""
        if isinstance(self._phase, _Pausing):
            self._ending = ending

    @property
    def begin_ms(self) -> int | None:
        """Where the speech that is being followed began; None while nobody speaks."""
        return None if isinstance(self._phase, _Quiet) else self._phase.begin_ms

    def feed(self, at_ms: int, frame_ms: int, probability: float) -> list[Endpoint]:
        """The next frame: where it begins, how long it is, how likely it is speech (0 to 1).

        Frames come in order; a hole between two of them is silence.
        """
        frame = _Frame(at_ms, at_ms + frame_ms, probability)
        phase = self._phase
        match phase:
            case _Quiet():
                self._phase, events = self._while_quiet(frame)
            case _Starting():
                self._phase, events = self._while_starting(phase, frame)
            case _Speaking():
                self._phase, events = self._while_speaking(phase, frame)
            case _Pausing():
                self._phase, events = self._while_pausing(phase, frame)
            case _:
                assert_never(phase)
        if not isinstance(self._phase, _Pausing):
            self._ending = None
        return events

    def _while_quiet(self, frame: _Frame) -> tuple[_Phase, list[Endpoint]]:
        if frame.probability < self._rules.start_probability:
            return _Quiet(), []
        return self._while_starting(_Starting(frame.at_ms, 0, frame.at_ms), frame)

    def _while_starting(self, phase: _Starting, frame: _Frame) -> tuple[_Phase, list[Endpoint]]:
        if frame.probability < self._rules.stop_probability:
            gave_up = frame.until_ms - phase.voiced_until_ms >= self._rules.onset_gap_ms
            return (_Quiet() if gave_up else phase), []
        voiced_ms = phase.voiced_ms + frame.until_ms - frame.at_ms
        if voiced_ms < self._rules.min_speech_ms:
            return _Starting(phase.begin_ms, voiced_ms, frame.until_ms), []
        return _Speaking(phase.begin_ms, frame.until_ms), [SpeechBegan(phase.begin_ms)]

    def _while_speaking(self, phase: _Speaking, frame: _Frame) -> tuple[_Phase, list[Endpoint]]:
        voiced = frame.probability >= self._rules.stop_probability
        voiced_until_ms = frame.until_ms if voiced else phase.voiced_until_ms
        if frame.until_ms - phase.begin_ms >= self._rules.longest_turn_ms:
            return self._end(phase.begin_ms, voiced_until_ms, frame)
        if frame.until_ms - voiced_until_ms >= self._rules.pause_ms:
            return _Pausing(phase.begin_ms, voiced_until_ms), [SpeechPaused(frame.until_ms)]
        return _Speaking(phase.begin_ms, voiced_until_ms), []

    def _while_pausing(self, phase: _Pausing, frame: _Frame) -> tuple[_Phase, list[Endpoint]]:
        level = self._rules.start_probability if phase.resumed_at_ms is None else self._rules.stop_probability
        if frame.probability >= level:
            resumed_at_ms = frame.at_ms if phase.resumed_at_ms is None else phase.resumed_at_ms
            if frame.until_ms - resumed_at_ms >= self._rules.resume_ms:
                return _Speaking(phase.begin_ms, frame.until_ms), [SpeechResumed(resumed_at_ms)]
            return _Pausing(phase.begin_ms, phase.voiced_until_ms, resumed_at_ms), []
        too_long = frame.until_ms - phase.begin_ms >= self._rules.longest_turn_ms
        needed_ms = self._rules.silence_ms(self._asking, self._ending)
        if too_long or frame.until_ms - phase.voiced_until_ms >= needed_ms:
            return self._end(phase.begin_ms, phase.voiced_until_ms, frame)
        return _Pausing(phase.begin_ms, phase.voiced_until_ms), []

    def _end(self, begin_ms: int, end_ms: int, frame: _Frame) -> tuple[_Phase, list[Endpoint]]:
        return _Quiet(), [TurnEnded(begin_ms, end_ms, frame.until_ms)]
