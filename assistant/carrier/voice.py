"""What <Say> and <Play> sound like here: how long a text takes to read, and fetching sound files.

Twilio's voices are not simulated: a <Say> is remembered as its text and takes as long as a voice would.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.audio import LINE_RATE_HZ, BadRecording, for_the_line, read_wav
from assistant.carrier.leg import Leg
from assistant.carrier.record import HeardSound, Said
from assistant.carrier.twiml import BadTwiml, Pause, Play, Prompt, Say

SYLLABLES_PER_S = 6  # of Hangul: telephony.md 5.2
LETTERS_PER_S = 15  # of anything else: about 150 English words a minute
SHORTEST_SAY_MS = 300
MAX_LOOPS = 1000  # what loop="0" means: telephony.md 2.1
KEY_MS = 200  # one DTMF tone and the pause behind it


def speech_ms(text: str) -> int:
    """How long a voice takes to read `text`."""
    syllables = sum("가" <= character <= "힣" for character in text)
    others = sum(character.isalnum() for character in text) - syllables
    return max(SHORTEST_SAY_MS, round(1000 * (syllables / SYLLABLES_PER_S + others / LETTERS_PER_S)))


@dataclass(frozen=True)
class Sounding:
    """A prompt ready to be played."""

    prompt: Prompt
    lasts_ms: float
    mulaw: bytes = b""


async def prepare(leg: Leg, prompts: Sequence[Prompt]) -> list[Sounding]:
    """Fetch what has to be fetched; raises `WebhookFailed` or `BadTwiml` for a sound file that cannot be played."""
    return [await _prepare(leg, prompt) for prompt in prompts]


async def _prepare(leg: Leg, prompt: Prompt) -> Sounding:
    match prompt:
        case Say():
            return Sounding(prompt, speech_ms(prompt.text) * (prompt.loop or MAX_LOOPS))
        case Pause():
            return Sounding(prompt, prompt.length_s * 1000)
        case Play(digits=digits) if digits:
            return Sounding(prompt, KEY_MS * len(digits))
        case Play():
            url = leg.resolve(prompt.url)
            answer = await leg.around.webhooks.send(url, {}, method="GET")
            try:
                mulaw = for_the_line(read_wav(answer.body)) if answer.body[:4] == b"RIFF" else answer.body
            except BadRecording as error:
                raise BadTwiml(12300, f"<Play> {url}: {error}") from None
            return Sounding(prompt, len(mulaw) * 1000 / LINE_RATE_HZ * (prompt.loop or MAX_LOOPS), mulaw)


async def play(leg: Leg, soundings: Sequence[Sounding], *, until_s: float = float("inf")) -> None:
    """Play prompts one after the other, cutting off at `until_s`; raises as `Leg.wait_until` does."""
    for sounding in soundings:
        began_s = leg.clock.now()
        if began_s >= until_s:
            return
        began_ms = leg.recorder.ms()
        ends_s = min(began_s + sounding.lasts_ms / 1000, until_s)
        _announce(leg, sounding.prompt)
        try:
            await leg.wait_until(ends_s)
        finally:
            _write_down(leg, sounding, began_ms)


def _announce(leg: Leg, prompt: Prompt) -> None:
    match prompt:
        case Say():
            leg.recorder.note("assistant_said", prompt.text, language=prompt.language, voice=prompt.voice)
        case Play():
            leg.recorder.note("assistant_played", prompt.url or prompt.digits)
        case Pause():
            leg.recorder.note("verb", "Pause")


def _write_down(leg: Leg, sounding: Sounding, began_ms: float) -> None:
    now_ms = leg.recorder.ms()
    match sounding.prompt:
        case Say(text=text, language=language, voice=voice):
            leg.recorder.said.append(Said(text, language, voice, began_ms, now_ms))
        case Play() if sounding.mulaw:
            heard_bytes = round((now_ms - began_ms) * LINE_RATE_HZ / 1000)
            repeats = heard_bytes // len(sounding.mulaw) + 1
            leg.recorder.played.append(HeardSound(began_ms, (sounding.mulaw * repeats)[:heard_bytes]))
        case _:
            pass
