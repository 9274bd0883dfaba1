"""Many calls at once at one shop: nobody hears another, and nothing of one caller is stored with another's call."""

import asyncio
import multiprocessing
import re
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from itertools import chain

import numpy as np
import pytest
from fastapi import FastAPI

from assistant.app import listeners
from assistant.audio import LINE_RATE_HZ, Audio, from_mulaw
from assistant.call import Utterance
from assistant.carrier import CallRecord, HangUp, Network, NetworkSettings, Say, ScriptedCaller
from assistant.speaking.cache import SpokenBefore
from assistant.speaking.espeak import Espeak
from assistant.telephony._roles import LiveParts
from assistant.telephony.signatures import TwilioSettings
from assistant.telephony.twilio_door import twilio_door
from tests.conftest import DeskAt
from tests.humming import CALLER_HZ, ToneEars, callers_heard, hummed, with_tone
from tests.line import PUBLIC, TOKEN, Everybody, served

SHOP, NOW = "haneul", "2026-11-25T14:00"
DIGITS = "공일이삼사오육칠팔구"
A_FEW, MANY, CARRIERS = 5, 50, 2
SAMPLES_A_SIGN = 200  # 25 ms


def own_number(caller: int) -> str:
    """The last four digits of a caller's number, as they are said: no two callers share them."""
    return "".join(DIGITS[int(digit)] for digit in f"{4100 + caller}")


def lines_of(caller: int) -> list[str]:
    """What a caller says: they are to be called back at their own number."""
    return ["전화 좀 주세요", f"번호는 공일공 공공공공 {own_number(caller)}이에요", "김민수요"]


class NumberedVoice:
    """A voice that hums; a sentence that tells a caller's number, in the tone of this caller."""

    def __init__(self) -> None:
        self._callers = {own_number(caller): caller for caller in range(MANY)}

    def synthesize(self, text: str, language: str) -> Audio:
        told = (self._callers.get(number) for number in re.findall(f"[{DIGITS}]{{4}}", text))
        caller = next((caller for caller in told if caller is not None), None)
        silence = np.zeros(len(text) * SAMPLES_A_SIGN, dtype=np.float32)
        return Audio(with_tone(silence, 440 if caller is None else CALLER_HZ + 10 * caller, 0.1), LINE_RATE_HZ)


def placed(port: int, called: str, callers: Sequence[int]) -> list[CallRecord]:
    """Calls at once, from a process of its own; their records in order."""
    voice = SpokenBefore(Espeak("m3"))
    # The words are told apart by their tones; that all sound alike makes it harder.
    sounds = {caller: [hummed(voice, "전화 좀 주세요", "ko", caller, line) for line in range(3)] for caller in callers}

    async def call_all() -> list[CallRecord]:
        settings = NetworkSettings(PUBLIC, f"http://127.0.0.1:{port}", TOKEN, status_callback="/twilio/status")
        async with Network(settings) as network:
            return await asyncio.gather(*(one_call(network, caller) for caller in callers))

    async def one_call(network: Network, caller: int) -> CallRecord:
        said = [Say(text, sound) for text, sound in zip(lines_of(caller), sounds[caller], strict=True)]
        talker = ScriptedCaller([*said, HangUp()], patience_s=60)
        return await network.call(from_=f"+82100000{7100 + caller}", to=called, caller=talker)

    return asyncio.run(call_all())


async def test_a_few_calls_at_once(desk_at: DeskAt) -> None:
    """Each is heard, answered and written down by itself."""
    await at_once(desk_at, A_FEW)


@pytest.mark.slow
async def test_fifty_calls_at_once(desk_at: DeskAt) -> None:
    """The same with as many as a shop's telephone may ever bring."""
    await at_once(desk_at, MANY)


async def at_once(desk_at: DeskAt, count: int) -> None:
    """Let so many callers call the same shop at the same time."""
    desk = desk_at(NOW)
    parts = LiveParts(
        ToneEars({caller: lines_of(caller) for caller in range(count)}), NumberedVoice(), listeners(), Everybody()
    )
    web = FastAPI()
    web.include_router(twilio_door(desk, TwilioSettings(PUBLIC, (TOKEN,)), parts).routes)
    shares = [range(count)[carrier::CARRIERS] for carrier in range(CARRIERS)]
    called = desk.shop(SHOP).numbers[0]
    loop = asyncio.get_running_loop()
    with ProcessPoolExecutor(CARRIERS, multiprocessing.get_context("spawn")) as carriers:
        async with served(web) as port:
            calls = [loop.run_in_executor(carriers, placed, port, called, share) for share in shares]
            records = await asyncio.gather(*calls)
    receptionist = desk.receptionist(SHOP)
    assert receptionist
    with desk.log(SHOP).file.reading() as db:
        messages = {row["call"]: row for row in db.table("messages").rows}
    numbers = {own_number(caller) for caller in range(count)}
    for caller, record in zip(chain(*shares), chain(*records), strict=True):
        turns = receptionist.call(record.sid).turns
        said = [turn.heard.text for turn in turns if isinstance(turn.heard, Utterance)]
        assert said == lines_of(caller)
        kept = f"{turns} {messages[record.sid]}"
        assert {number for number in numbers if number in kept} == {own_number(caller)}
        assert messages[record.sid]["phone"] == f"010000{4100 + caller:05}"
        heard = b"".join(stream.heard for stream in record.streams)
        assert callers_heard(from_mulaw(heard)) == {caller}
