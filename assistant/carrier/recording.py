"""<Record>: a beep, the caller's words, and where they can be fetched."""

import uuid
from collections.abc import Mapping
from email.utils import format_datetime

from assistant.audio import LINE_RATE_HZ, MULAW_SILENCE
from assistant.carrier.caller import Pressed, Question, Spoke, StayedSilent, WentAway
from assistant.carrier.gathering import say_line
from assistant.carrier.identity import API_VERSION
from assistant.carrier.leg import CallEnded, GoOn, GoTo, Leg, Step
from assistant.carrier.twiml import Record
from assistant.carrier.webhooks import WebhookFailed

BEEP_MS = 500


async def record(leg: Leg, verb: Record) -> Step:
    """Execute one <Record>; a caller who says nothing gets the next verb."""
    if verb.play_beep:
        await leg.wait(BEEP_MS)
    began_s = leg.clock.now()
    most_ms = verb.max_length_s * 1000
    timeout_ms = verb.timeout_s * 1000 or most_ms  # timeout="0" waits for the length limit
    sound, ended_with = b"", ""
    match leg.caller.answer(Question(frozenset({"speech", "dtmf"}), 0, round(timeout_ms))):
        case Spoke(line=line, after_ms=after_ms, hangs_up=hangs_up) if after_ms <= timeout_ms:
            await leg.wait(after_ms)
            length_ms = min(say_line(leg, line, door="record"), most_ms)
            sound = line.sound[: round(length_ms * LINE_RATE_HZ / 1000)] or MULAW_SILENCE * round(length_ms * 8)
            ended_with = "hangup" if hangs_up else ""
            await leg.wait(length_ms if hangs_up else min(length_ms + timeout_ms, most_ms))
        case Pressed(digits=digits, after_ms=after_ms) if digits[:1] in verb.finish_on_key:
            await leg.wait(after_ms)
            leg.recorder.note("caller_pressed", digits[:1])
            sound, ended_with = MULAW_SILENCE * round(after_ms * 8), digits[:1]
        case WentAway(after_ms=after_ms) if after_ms <= timeout_ms:
            await leg.wait(after_ms)
            ended_with = "hangup"
        case Spoke() | Pressed() | StayedSilent() | WentAway():
            await leg.wait(timeout_ms)
    if not sound and not ended_with:
        return GoOn()
    recorded = _keep(leg, verb, sound, leg.clock.now() - began_s)
    if ended_with == "hangup":
        await _hung_up(leg, verb, recorded)
    return GoTo(leg.resolve(verb.action), verb.method, recorded | ({"Digits": ended_with} if ended_with else {}))


async def _hung_up(leg: Leg, verb: Record, recorded: Mapping[str, str]) -> None:
    """The action is told with `Digits=hangup`; what it answers has nobody to hear it."""
    leg.status = "completed"
    try:
        await leg.request(leg.resolve(verb.action), {**recorded, "Digits": "hangup"}, method=verb.method)
    except WebhookFailed as failure:
        leg.recorder.warn(failure.code, str(failure))
    raise CallEnded("caller")


def _keep(leg: Leg, verb: Record, sound: bytes, lasted_s: float) -> dict[str, str]:
    """Store the recording, report it, and give the parameters of the action."""
    sid = "RE" + uuid.uuid4().hex
    leg.recorder.recordings[sid] = sound
    account = leg.identity.account_sid
    url = f"https://api.twilio.com/{API_VERSION}/Accounts/{account}/Recordings/{sid}"
    recorded = {"RecordingUrl": url, "RecordingSid": sid, "RecordingDuration": str(round(len(sound) / LINE_RATE_HZ))}
    if "completed" in verb.status_events and verb.status_callback:
        started = leg.around.calendar()
        leg.call_back(
            leg.resolve(verb.status_callback),
            {
                **recorded,
                "AccountSid": account,
                "CallSid": leg.identity.sid,
                "RecordingStatus": "completed" if sound else "absent",
                "RecordingChannels": "1",
                "RecordingSource": "RecordVerb",
                "RecordingStartTime": format_datetime(started),
                "RecordingTrack": "inbound",
                "ErrorCode": "0",
            },
            standard=False,
        )
    leg.recorder.note("recorded", sid, seconds=f"{lasted_s:.1f}")
    return recorded
