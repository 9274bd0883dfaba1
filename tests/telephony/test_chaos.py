"""Whatever goes wrong on the line, a call goes on or ends politely, and nothing is left behind."""

import asyncio
import gc
import logging
import threading
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from fastapi import FastAPI
from telephony_fakes import LevelVoice, OneShopDesk, ScriptedReceptionist

from assistant.app import listeners
from assistant.call import Reply, Utterance
from assistant.carrier import CallRecord, Faults, Network, NetworkSettings, Say, ScriptedCaller
from assistant.hearing.listening import TurnListener
from assistant.hearing.voice_activity import VoiceActivity
from assistant.speaking.cache import SpokenBefore
from assistant.speaking.espeak import Espeak
from assistant.telephony._exchange import Exchange
from assistant.telephony._inbox import Inbox
from assistant.telephony._roles import LiveParts
from assistant.telephony._voice import SpokenReply
from assistant.telephony.live import LiveCall
from assistant.telephony.playout import Playout
from assistant.telephony.signatures import TwilioSettings
from assistant.telephony.twilio_door import twilio_door
from assistant.telephony.twilio_stream import TwilioLine
from tests.humming import ToneEars, hummed
from tests.line import PUBLIC, TOKEN, Everybody, served

REPLIES = [Reply("네."), Reply("며칠로 할까요?"), Reply("예약되었습니다.", then="hang_up")]
LINES = ["예약하고 싶은데요", "토요일이요"]
OF_ONE_CALL = (TwilioLine, LiveCall, Inbox, Playout, Exchange, SpokenReply, TurnListener, VoiceActivity)

GARBAGE = (
    "", "{", "null", "[1]", '"media"', b"\x00\xff", "{}", '{"event":7}', '{"event":"media"}',
    '{"event":"media","media":{}}',
    '{"event":"media","media":{"payload":"***","timestamp":"0"}}', '{"event":"media","media":{"payload":""}}',
    '{"event":"media","media":{"payload":"//8=","timestamp":"-1"}}',
    '{"event":"media","media":{"payload":"//8=","timestamp":"99999999999"}}',
    '{"event":"media","media":{"payload":"//8=","timestamp":NaN}}', '{"event":"dtmf","dtmf":{"digit":"A"}}',
    '{"event":"mark","mark":{"name":"never sent"}}', '{"event":"start","start":{"callSid":"CA1","streamSid":"MZ1"}}',
    "[" * 10_000, '{"event":"media","media":{"payload":"' + "/" * 60_000 + '"',
)  # fmt: skip

HARMLESS = {
    "jitter": Faults(seed=2, jitter_ms=63, stalls=((1500, 600), (3000, 600), (4500, 600))),
    "loss": Faults(seed=3, loss=0.05),
    "duplicates": Faults(seed=4, duplicates=0.1),
    "disorder": Faults(seed=5, swaps=0.1),
    "slow reader": Faults(reader_delay_ms=40),
    "second socket": Faults(second_socket_at_ms=800),
    "garbage": Faults(garbage=tuple((600 + 100 * number, text) for number, text in enumerate(GARBAGE))),
    "late start": Faults(start_delay_ms=1500),
    "everything": Faults(
        seed=6, jitter_ms=63, stalls=((2000, 600),), loss=0.02, duplicates=0.05, swaps=0.05, reader_delay_ms=20,
        garbage=((900, "{"), (2100, b"\x00")), second_socket_at_ms=1200,
    ),
}  # fmt: skip
ABRUPT = {
    "socket breaks": Faults(drop_socket_at_ms=2500),
    "hangs up in our sentence": Faults(hang_up_at_ms=700),
    "hangs up in a turn of their own": Faults(hang_up_at_ms=2600),
    "told of the end first": Faults(hang_up_at_ms=3000, status_before_end=True),
}


@dataclass(frozen=True)
class House:
    """What a process has in it."""

    tasks: int
    threads: Counter[str]
    objects: Counter[str]
    """Of each class of which a call has its own."""

    @classmethod
    def now(cls) -> "House":
        gc.collect()
        kept = Counter(type(thing).__name__ for thing in gc.get_objects() if type(thing) in OF_ONE_CALL)
        threads = Counter(thread.name.rstrip("0123456789") for thread in threading.enumerate())
        return cls(len(asyncio.all_tasks()), threads, kept)


class Troubled:
    """A server with callers on bad lines."""

    def __init__(self) -> None:
        self.receptionist = ScriptedReceptionist(REPLIES)
        self._voice = SpokenBefore(Espeak("m3"))
        parts = LiveParts(ToneEars(dict.fromkeys(range(50), LINES)), LevelVoice(), listeners(), Everybody())
        self.door = twilio_door(OneShopDesk(self.receptionist), TwilioSettings(PUBLIC, (TOKEN,)), parts)
        self.web = FastAPI()
        self.web.include_router(self.door.routes)

    async def call(self, network: Network, place: int, faults: Faults) -> CallRecord:
        """One call on such a line."""
        said = [Say(text, hummed(self._voice, text, "ko", place, line)) for line, text in enumerate(LINES)]
        called = self.receptionist.shop.numbers[0]
        caller = ScriptedCaller(said, lingers_s=20)
        return await network.call(from_=f"+82100000{1000 + place}", to=called, caller=caller, faults=faults)

    def heard(self, record: CallRecord) -> list[str]:
        """What the caller was heard to say."""
        return [turn.text for turn in self.receptionist.heard(record.sid) if isinstance(turn, Utterance)]


def settings(port: int) -> NetworkSettings:
    return NetworkSettings(
        PUBLIC, f"http://127.0.0.1:{port}", TOKEN, fallback_url="/twilio/fallback", status_callback="/twilio/status"
    )


@pytest.fixture
def unlogged() -> Iterator[None]:
    """No warnings: pytest keeps the errors in them, and with an error the call it was raised in."""
    logging.disable(logging.WARNING)
    yield
    logging.disable(logging.NOTSET)


@pytest.mark.usefixtures("unlogged")
async def test_bad_lines_all_at_once_and_nothing_is_left() -> None:
    """Jitter, bursts, loss, doubles, disorder, slow readers, strangers, nonsense: every turn is heard all the same.

    Callers who are cut off or go are no trouble for the others. Afterwards there are no more tasks, threads or parts of
    calls than before.
    """
    troubled = Troubled()
    async with served(troubled.web) as port:
        async with Network(settings(port)) as network:
            await troubled.call(network, 49, Faults(hang_up_at_ms=1000))  # what is made once is made now
        before = House.now()
        async with Network(settings(port)) as network:
            troubles = HARMLESS | ABRUPT
            records = await asyncio.gather(
                *(troubled.call(network, place, faults) for place, faults in enumerate(troubles.values()))
            )
        await asyncio.sleep(0.2)
        after = House.now()
    for name, record in zip(troubles, records, strict=True):
        assert not record.of_kind("application_error"), name
        if name in HARMLESS:
            assert (troubled.heard(record), record.ended_by, len(record.streams)) == (LINES, "assistant", 1), name
        else:
            assert record.ended_by in ("caller", "assistant"), name
    # What is said into a broken socket is lost; the call is not.
    assert troubled.heard(records[list(troubles).index("socket breaks")])[-1:] == LINES[-1:]
    assert troubled.door.live_calls == 0
    assert after.tasks <= before.tasks
    assert after.objects == Counter()
    assert not {name for name in after.threads if "asyncio" not in name and after.threads[name] > before.threads[name]}


async def test_a_socket_of_nonsense_is_left() -> None:
    """Garbage is ignored for a while; a socket that brings a thousand messages of it is no telephone, and is left."""
    troubled = Troubled()
    nonsense = Faults(garbage=tuple((1000, text) for text in GARBAGE for _ in range(100)), hang_up_at_ms=8000)
    async with served(troubled.web) as port, Network(settings(port)) as network:
        record = await troubled.call(network, 0, nonsense)
    assert len(record.streams) > 1
    assert not record.of_kind("application_error")
    assert troubled.door.live_calls == 0
