"""What is decoded, what is believed, what is tried again."""

import threading

import numpy as np
import pytest

from assistant.audio import Audio, Samples
from assistant.call import Utterance
from assistant.hearing.guarded import Attempt, GuardedTranscriber
from assistant.hearing.guards import Decoded

SURE = -0.1053605  # exp of it is 0.9


class ScriptedEngine:
    """Answers each decoding with the next line of its script, and keeps what it was asked."""

    full_context = 1500

    def __init__(self, *script: str, avg_logprob: float = SURE) -> None:
        self.script = list(script)
        self.avg_logprob = avg_logprob
        self.attempts: list[Attempt] = []

    def decode(self, attempt: Attempt) -> Decoded:
        self.attempts.append(attempt)
        text = self.script.pop(0)
        return Decoded(
            text=text, tokens=(1, 2, 3), language=attempt.language or "ko", prompt=", ".join(attempt.names),
            avg_logprob=self.avg_logprob, no_speech_prob=0.0, compression_ratio=1.0, reached_cap=False,
        )  # fmt: skip


def voice(seconds: float = 2.0, quiet_seconds: float = 0.0) -> Audio:
    """A hum as loud as a voice, with silence after it, as it comes over the line."""
    hum = 0.2 * np.sin(2 * np.pi * 200 * np.arange(round(8000 * seconds)) / 8000)
    return Audio(np.concatenate([hum, np.zeros(round(8000 * quiet_seconds))]).astype(np.float32), 8000)


def test_words_come_with_language_and_confidence() -> None:
    """Confidence is the mean probability of a token."""
    heard = GuardedTranscriber(ScriptedEngine("예약할게요")).transcribe(voice(), "ko")
    assert heard is not None
    assert (heard.text, heard.language) == ("예약할게요", "ko")
    assert heard.confidence == pytest.approx(0.9)


def test_half_a_syllable_is_no_word() -> None:
    """Whisper writes bytes, and not always all three of a Korean syllable: nobody reads a sign that stands for none."""
    heard = GuardedTranscriber(ScriptedEngine("이\ufffd지은입니다")).transcribe(voice(), "ko")
    assert heard is not None
    assert heard.text == "이지은입니다"


def test_the_context_is_cut_to_the_turn() -> None:
    """A turn of 3 s is decoded with 246 positions, at 16 kHz."""
    engine = ScriptedEngine("예약할게요")
    GuardedTranscriber(engine).transcribe(voice(3.0), None)
    assert engine.attempts[0].positions == 246
    assert len(engine.attempts[0].samples) == 48_000
    assert engine.attempts[0].language is None


def test_a_doubtful_transcript_is_tried_once_more_in_full() -> None:
    """With the full context and without the prompt; what comes then is believed or dropped."""
    engine = ScriptedEngine("시청해 주셔서 감사합니다", "예약할게요")
    heard = GuardedTranscriber(engine).transcribe(voice(), "ko", ["갈비탕"])
    assert isinstance(heard, Utterance)
    assert heard.text == "예약할게요"
    assert [(attempt.positions, attempt.names) for attempt in engine.attempts] == [(200, ("갈비탕",)), (1500, ())]


def test_a_twice_doubtful_transcript_is_none() -> None:
    """The caller is asked again rather than misheard."""
    engine = ScriptedEngine("시청해 주셔서 감사합니다", "구독과 좋아요 부탁드립니다")
    assert GuardedTranscriber(engine).transcribe(voice(), "ko") is None
    assert engine.script == []


def test_the_same_is_not_tried_twice() -> None:
    """A turn that needed the full context already is not decoded again."""
    engine = ScriptedEngine("시청해 주셔서 감사합니다")
    assert GuardedTranscriber(engine).transcribe(voice(29.0), "ko") is None
    assert len(engine.attempts) == 1


@pytest.mark.parametrize("audio", [voice(0.0, 3.0), voice(0.15, 1.0), Audio(np.zeros(0, dtype=np.float32), 8000)])
def test_silence_is_never_decoded(audio: Audio) -> None:
    """No voice, too short a voice, no sound at all."""
    engine = ScriptedEngine()
    assert GuardedTranscriber(engine).transcribe(audio, "ko") is None
    assert engine.attempts == []


def test_names_are_suggested_only_to_a_clear_voice() -> None:
    """A turn that is mostly silence gets no prompt, nor does a model that was not trained to read one."""
    for audio, reads_prompts, names in (
        (voice(2.0), True, ("갈비탕",)),
        (voice(1.0, 3.0), True, ()),
        (voice(2.0), False, ()),
    ):
        engine = ScriptedEngine("예약할게요")
        GuardedTranscriber(engine, reads_prompts=reads_prompts).transcribe(audio, "ko", ["갈비탕"])
        assert engine.attempts[0].names == names


def test_a_speech_meter_has_the_first_word() -> None:
    """Sound without speech in it is not decoded, however loud."""
    measured: list[int] = []

    def meter(samples: Samples) -> int:
        measured.append(len(samples))
        return 64

    engine = ScriptedEngine()
    assert GuardedTranscriber(engine, speech_meter=meter).transcribe(voice(2.0), "ko") is None
    assert measured == [32_000]
    assert engine.attempts == []


class WatchedEngine(ScriptedEngine):
    """Notes when a second thread comes in before the first has left."""

    def __init__(self, *script: str) -> None:
        super().__init__(*script)
        self.inside = 0
        self.most_inside = 0

    def decode(self, attempt: Attempt) -> Decoded:
        self.inside += 1
        self.most_inside = max(self.most_inside, self.inside)
        threading.Event().wait(0.02)  # long enough for another thread to get in, if it could
        self.inside -= 1
        return super().decode(attempt)


def test_threads_take_turns() -> None:
    """Never two decodings at once on one engine: openai-whisper keeps its cache in the model."""
    engine = WatchedEngine(*["예약할게요"] * 4)
    transcriber = GuardedTranscriber(engine)
    threads = [threading.Thread(target=transcriber.transcribe, args=(voice(), "ko")) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(engine.attempts) == 4
    assert engine.most_inside == 1
