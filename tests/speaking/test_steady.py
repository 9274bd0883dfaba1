"""A chosen voice that fails is replaced by the embedded one, rests, and is asked again."""

import numpy as np

from assistant.audio import Audio
from assistant.speaking.cache import SpokenBefore
from assistant.speaking.steady import SteadyVoice
from assistant.speaking.voices import NoVoice


class ScriptedVoice:
    """Speaks at its own rate, so that one can hear which voice it is; fails for the sentences named."""

    def __init__(self, rate_hz: int, fails: tuple[str, ...] = ()) -> None:
        self.rate_hz = rate_hz
        self.fails = fails
        self.asked: list[str] = []

    def synthesize(self, text: str, language: str) -> Audio:
        self.asked.append(text)
        if text in self.fails:
            raise NoVoice("the cloud is away")
        return Audio(np.zeros(8, dtype=np.float32), self.rate_hz)


CLOUD, EMBEDDED = 24_000, 22_050


def test_the_call_goes_on_in_the_embedded_voice() -> None:
    """The failing sentence is spoken all the same, and so are those of the next half minute, without asking again."""
    now = [100.0]
    cloud, embedded = ScriptedVoice(CLOUD, fails=("둘",)), ScriptedVoice(EMBEDDED)
    voice = SteadyVoice(SpokenBefore(cloud), embedded, rest_seconds=30, seconds=lambda: now[0])
    assert [voice.synthesize(text, "ko").rate_hz for text in ("하나", "둘", "셋")] == [CLOUD, EMBEDDED, EMBEDDED]
    assert cloud.asked == ["하나", "둘"]
    now[0] += 31
    assert voice.synthesize("셋", "ko").rate_hz == CLOUD


def test_what_the_chosen_voice_has_said_it_says_while_it_rests() -> None:
    """The greeting stays in the shop's own voice."""
    cloud = ScriptedVoice(CLOUD, fails=("둘",))
    voice = SteadyVoice(SpokenBefore(cloud), ScriptedVoice(EMBEDDED), seconds=lambda: 0.0)
    assert [voice.synthesize(text, "ko").rate_hz for text in ("하나", "둘", "하나")] == [CLOUD, EMBEDDED, CLOUD]
