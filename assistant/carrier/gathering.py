"""<Gather>: prompts, then what the caller says or presses, sent to the action."""

import asyncio
from collections.abc import Mapping
from typing import Literal

from assistant.audio import LINE_RATE_HZ
from assistant.carrier.caller import KEY_SPACING_MS, Pressed, Question, Spoke, WentAway
from assistant.carrier.caller import Say as Line
from assistant.carrier.leg import GoOn, GoTo, Leg, Step
from assistant.carrier.measure import voiced_span_ms
from assistant.carrier.record import Spoken
from assistant.carrier.twiml import Gather
from assistant.carrier.voice import Sounding, play, prepare, speech_ms

AUTO_SPEECH_TIMEOUT_MS = 1000  # how long a pause `speechTimeout="auto"` takes for an end; Twilio gives no figure


async def gather(leg: Leg, verb: Gather) -> Step:
    """Execute one <Gather>; no input means the next verb, unless actionOnEmptyResult is set."""
    if problem := speech_model_problem(verb):
        leg.recorder.warn(13334, problem)
        return GoOn()
    prompts = await prepare(leg, verb.prompts)
    prompt_ms = sum(sounding.lasts_ms for sounding in prompts)
    question = Question(verb.input, round(prompt_ms), round(verb.timeout_s * 1000), verb.language)
    began_s = leg.clock.now()
    last_ms = prompt_ms + question.timeout_ms
    match leg.caller.answer(question):
        case Spoke(after_ms=after_ms) as spoke if "speech" in verb.input and after_ms <= last_ms:
            result = await _speech(leg, verb, prompts, spoke, began_s + after_ms / 1000)
        case Pressed(digits=digits, after_ms=after_ms) if "dtmf" in verb.input and after_ms <= last_ms:
            result = await _keys(leg, verb, prompts, digits, began_s + after_ms / 1000)
        case answer:  # silence, or what this <Gather> does not listen for
            if isinstance(answer, WentAway):
                leg.hang_up_s = min(leg.hang_up_s, began_s + answer.after_ms / 1000)
            await play(leg, prompts)
            await leg.wait_until(began_s + last_ms / 1000)
            result = {}
    if result:
        return GoTo(leg.resolve(verb.action), verb.method, result)
    if not verb.action_on_empty_result:
        return GoOn()
    return GoTo(leg.resolve(verb.action), verb.method, {"SpeechResult" if "speech" in verb.input else "Digits": ""})


def speech_model_problem(verb: Gather) -> str:
    """Why Twilio would refuse this <Gather>'s recognition, or nothing; then it fails and the next verb runs.

    Only what telephony.md 2.2 knows of Korean: `phone_call` does not speak it, Deepgram's names need their prefix.
    """
    if "speech" not in verb.input:
        return ""
    if verb.speech_model.startswith("nova"):
        return f"speechModel {verb.speech_model!r} is unknown in <Gather>; write deepgram_{verb.speech_model}"
    if verb.speech_model == "phone_call" and verb.language == "ko-KR":
        return "speechModel 'phone_call' does not know ko-KR; googlev2_telephony does"
    return ""


async def _speech(leg: Leg, verb: Gather, prompts: list[Sounding], spoke: Spoke, at_s: float) -> Mapping[str, str]:
    line = spoke.line
    await play(leg, prompts, until_s=at_s)
    await leg.wait_until(at_s)
    length_ms = say_line(leg, line, door="gather")
    if spoke.hangs_up:
        leg.hang_up_s = min(leg.hang_up_s, leg.clock.now() + length_ms / 1000)
    ends_speech_ms = AUTO_SPEECH_TIMEOUT_MS if verb.speech_timeout_s is None else verb.speech_timeout_s * 1000
    await leg.wait(length_ms / 2)
    if verb.partial_result_callback is not None:
        half = line.text[: len(line.text) // 2]
        partial = {"UnstableSpeechResult": half, "Stability": "0.5", "SequenceNumber": "0"}
        leg.call_back(leg.resolve(verb.partial_result_callback), partial)
    await leg.wait(length_ms / 2 + ends_speech_ms)
    recognise = leg.around.recognise
    if recognise is None or not line.sound:
        confidence = {} if line.confidence is None else {"Confidence": f"{line.confidence}"}
        return {"SpeechResult": line.text} | confidence
    heard = await asyncio.to_thread(recognise, line.sound, verb.language)
    return {"SpeechResult": heard, "Confidence": f"{line.confidence or 0.9}"}


def say_line(leg: Leg, line: Line, *, door: Literal["gather", "record"]) -> float:
    """Write down that the caller begins a line now; its length in ms."""
    now_ms = leg.recorder.ms()
    length_ms = len(line.sound) * 1000 / LINE_RATE_HZ if line.sound else float(speech_ms(line.text))
    start, end = voiced_span_ms(line.sound) or (0.0, length_ms)
    leg.recorder.note("caller_spoke", line.text)
    leg.recorder.spoken.append(Spoken(line.text, now_ms, now_ms + start, now_ms + end, door))
    return length_ms


async def _keys(leg: Leg, verb: Gather, prompts: list[Sounding], digits: str, at_s: float) -> Mapping[str, str]:
    await play(leg, prompts, until_s=at_s)
    await leg.wait_until(at_s)
    collected = ""
    for key in digits:
        leg.recorder.note("caller_pressed", key)
        if key in verb.finish_on_key:
            return {"Digits": collected, "FinishedOnKey": key} if collected else {}
        collected += key
        if len(collected) == verb.num_digits:
            return {"Digits": collected}
        await leg.wait(KEY_SPACING_MS)
    await leg.wait(verb.timeout_s * 1000)
    return {"Digits": collected, "FinishedOnKey": ""}
