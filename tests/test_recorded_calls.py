"""Recorded calls from socket to file: over the simulated carrier, with the real receptionist, listener and voice."""

import wave
from pathlib import Path

import numpy as np
from fastapi import FastAPI

from assistant.app import listeners
from assistant.audio import from_mulaw
from assistant.call import Utterance
from assistant.call_log.recorder import Recorder
from assistant.carrier import CallRecord, Network, NetworkSettings, ScriptedCaller
from assistant.speaking.cache import SpokenBefore
from assistant.speaking.espeak import Espeak
from assistant.telephony._roles import LiveParts
from assistant.telephony.signatures import TwilioSettings
from assistant.telephony.twilio_door import twilio_door
from tests.conftest import desk_in
from tests.humming import ToneEars
from tests.scripts import Script, every_script
from tests.test_calls import (
    PUBLIC,
    TOKEN,
    Everybody,
    OneDesk,
    check,
    from_number,
    lines_of,
    number_of,
    prepared,
    served,
)

SCRIPTS = {script.name: script for script in every_script()}
FRAME_MS = 20


async def played(script: Script, folder: Path) -> tuple[CallRecord, Path | None]:
    """A scripted call by media stream; the file of its recording."""
    voice = Espeak("m3")
    desk, receptionist = prepared(desk_in(folder), script)
    said = [each.heard.text if isinstance(each.heard, Utterance) else "" for each in script.exchanges]
    parts = LiveParts(ToneEars({0: said}), SpokenBefore(Espeak("f3", speed_wpm=300)), listeners(), Everybody())
    recorder = Recorder()
    settings = TwilioSettings(PUBLIC, (TOKEN,), ring_seconds=1)
    door = twilio_door(OneDesk([receptionist]), settings, parts, new_reel=desk.new_reel(recorder))
    web = FastAPI()
    web.include_router(door.routes)
    async with served(web) as port:
        network = NetworkSettings(PUBLIC, f"http://127.0.0.1:{port}", TOKEN, status_callback="/twilio/status")
        async with Network(network) as carrier:
            caller = ScriptedCaller(lines_of(script, 0, voice), lingers_s=25)
            record = await carrier.call(from_=from_number(script), to=number_of(0), caller=caller)
    recorder.close()
    check(script, desk, receptionist.call(record.sid))
    return record, desk.books.recordings("noeul").of(record.sid)


def loud(samples: np.ndarray) -> np.ndarray:
    """For every 20 ms: whether there is sound."""
    size = 8 * FRAME_MS
    frames = samples[: len(samples) // size * size].reshape(-1, size)
    return np.abs(frames).max(axis=1) > 0.01


def sides(path: Path) -> tuple[np.ndarray, np.ndarray]:
    with wave.open(str(path)) as file:
        sound = np.frombuffer(file.readframes(file.getnframes()), dtype="<i2").reshape(-1, 2) / 32768
    return sound[:, 0], sound[:, 1]


async def test_what_the_caller_heard_is_in_the_file(tmp_path: Path) -> None:
    """Our side is what came out of the caller's telephone, at the time it did; it ends where a person takes over."""
    record, path = await played(SCRIPTS["recording_ends_at_the_transfer.ko"], tmp_path)
    assert path is not None
    caller, ours = sides(path)
    heard = loud(from_mulaw(record.streams[0].heard))
    taped = loud(ours)
    length = min(len(heard), len(taped))
    agree = {lag: (np.roll(heard[:length], lag) == taped[:length]).mean() for lag in range(-10, 11)}
    best = max(agree, key=agree.__getitem__)
    assert agree[best] > 0.95
    assert abs(best) * FRAME_MS <= 100
    assert loud(caller).any()
    assert len(taped) < len(heard)  # the words that announce the person are no longer on the tape


async def test_a_no_leaves_no_file(tmp_path: Path) -> None:
    """Whoever refuses has the call's sound deleted."""
    record, path = await played(SCRIPTS["recording_refused.en"], tmp_path)
    assert path is None
    assert record.streams
