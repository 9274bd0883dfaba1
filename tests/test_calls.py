"""Every scripted call ends in the right rows, with the right words, through every door."""

import asyncio
import json
import multiprocessing
from dataclasses import replace
from typing import Any

import httpx
import pytest
import torch
from fastapi import FastAPI

from assistant.app import listeners
from assistant.call import Call, Heard, HungUp, Keypress, Silence, Utterance
from assistant.call_log.portable import export_shop, import_shop
from assistant.carrier import (
    CallRecord,
    HangUp,
    Network,
    NetworkSettings,
    Press,
    Say,
    ScriptedCaller,
    ScriptLine,
    SkippingClock,
    Wait,
)  # fmt: skip
from assistant.config.settings import FollowupSettings
from assistant.front_desk import FrontDesk
from assistant.receptionist import Receptionist
from assistant.speaking.cache import SpokenBefore
from assistant.speaking.espeak import Espeak
from assistant.telephony._roles import LiveParts
from assistant.telephony._text import caller_number
from assistant.telephony.signatures import TwilioSettings
from assistant.telephony.twilio_door import twilio_door
from assistant.telephony.typed import typed_call
from tests.conftest import DeskAt, desk_in
from tests.humming import ToneEars, hummed
from tests.line import PUBLIC, TOKEN, Everybody, served
from tests.scripts import RECORDS, Script, check_rows, check_words, every_script, given_rows

SCRIPTS = every_script()
OF_ANY_LINE = [script for script in SCRIPTS if script.line == "typed"]
TYPED_KEYS = {"turn", "say", "then", "asking", "acts", "details", "sources", "outcome"}


def prepared(desk_at: DeskAt, script: Script) -> tuple[FrontDesk, Receptionist]:
    """The desk at the script's moment, with the rows that are there before the call."""
    desk = at_the_desk(desk_at, script)
    import_shop(desk.log(script.shop), given_rows(script))
    receptionist = desk.receptionist(script.shop)
    assert receptionist
    return desk, receptionist


def at_the_desk(desk_at: DeskAt, script: Script) -> FrontDesk:
    """The desk at the script's moment; it sends by the script's ways."""
    desk = desk_at(script.at)
    if not script.sends:
        return desk
    ways = FollowupSettings(**dict.fromkeys(script.sends, "file"))
    return replace(desk, loaded=replace(desk.loaded, settings=replace(desk.loaded.settings, followups=ways)))


def check(script: Script, desk: FrontDesk, call: Call) -> None:
    """Rows first, then the end, then every sentence."""
    log = desk.log(script.shop)
    with log.file.reading() as db:
        records = {table: [_record(row) for row in db.table(table).rows] for table in RECORDS}
    unanswered = [kept.entry.details for kept in log.ledger.open("unanswered")]
    notes = [kept.entry.details for kept in log.ledger.sent_after(call.id)]
    followups = [note["content"] | note for note in notes]
    check_rows(script, {**export_shop(log), **records, "unanswered": unanswered, "followups": followups})
    assert call.ended, f"{script.name}: the call has no end"
    if not (script.exchanges and isinstance(script.exchanges[-1].heard, HungUp)):
        last = call.turns[len(script.exchanges)].reply
        assert last.then == script.ends, f"{script.name} ends with {last.then}: {last.say}"
    check_words(script, 0, call.turns[0].reply.say, script.greeting)
    assert len(call.turns) > len(script.exchanges), f"{script.name}: the call ended early: {call.turns[-1].reply.say}"
    for exchange, turn in zip(script.exchanges, call.turns[1:], strict=False):
        check_words(script, exchange.line, turn.reply.say, exchange.answers)


def _record(row: dict[str, Any]) -> dict[str, Any]:
    """A row of a table that is not exported, its further details as they were left."""
    return {**row, "other": json.loads(row["other"] or "{}")}


@pytest.mark.parametrize("script", SCRIPTS, ids=str)
def test_receptionist(script: Script, desk_at: DeskAt) -> None:
    """Turn by turn, in one process."""
    desk, receptionist = prepared(desk_at, script)
    receptionist.answer("call", caller_number(script.caller), script.line)
    for number, exchange in enumerate(script.exchanges, 1):
        receptionist.hear("call", number, exchange.heard)
    receptionist.hang_up("call")
    check(script, desk, receptionist.call("call"))


def one_turn(desk_at: DeskAt, script: Script, number: int, heard: Heard | None) -> None:
    """What a process of its own does: open everything anew, take one turn, end."""
    # A forked process has none of its parent's OpenMP threads, and would wait for them for ever.
    torch.set_num_threads(1)
    receptionist = at_the_desk(desk_at, script).receptionist(script.shop)
    assert receptionist
    if heard is None:
        receptionist.answer("call", caller_number(script.caller), script.line)
    else:
        receptionist.hear("call", number, heard)


@pytest.mark.parametrize("script", SCRIPTS, ids=str)
def test_a_new_process_for_every_turn(script: Script, desk_at: DeskAt) -> None:
    """A deploy or a crash between any two turns loses nothing: whoever comes next goes on."""
    desk, receptionist = prepared(desk_at, script)
    processes = multiprocessing.get_context("fork")
    for number, heard in enumerate([None, *(exchange.heard for exchange in script.exchanges)]):
        process = processes.Process(target=one_turn, args=(desk_at, script, number, heard))
        process.start()
        process.join(60)
        assert process.exitcode == 0
    receptionist.hang_up("call")
    check(script, desk, receptionist.call("call"))


def typed(heard: Heard) -> str:
    """What a program writes to `assistant call --json`."""
    match heard:
        case Utterance(text=text):
            return json.dumps({"say": text})
        case Keypress(digits=digits):
            return json.dumps({"press": digits})
        case Silence(seconds=seconds):
            return json.dumps({"silence": seconds})
    return json.dumps({"hang_up": True})


@pytest.mark.parametrize("script", OF_ANY_LINE, ids=str)
def test_typed(script: Script, desk_at: DeskAt) -> None:
    """By the keyboard, as JSON: one object for the greeting and one for each line of the caller."""
    desk, receptionist = prepared(desk_at, script)
    shown: list[str] = []
    lines = [typed(exchange.heard) for exchange in script.exchanges]
    call = typed_call(receptionist, "call", caller_number(script.caller), lines, shown.append, as_json=True)
    check(script, desk, call)
    turns = [json.loads(line) for line in shown]
    assert [turn["turn"] for turn in turns] == list(range(len(script.exchanges) + 1))
    assert all(set(turn) == TYPED_KEYS for turn in turns)


A_FEW = 20  # scripts by media stream among the fast tests; the slow ones play all
CALLS_AT_ONCE = 3  # in real time, on two cores that may have other work


class OneDesk:
    """A front desk at which every number reaches the shop of a script, under a name of its own."""

    def __init__(self, receptionists: list[Receptionist]) -> None:
        self._by_shop = {receptionist.shop.id: receptionist for receptionist in receptionists}
        self._by_number = {number_of(place): each for place, each in enumerate(receptionists)}

    def receptionist_for(self, called: str) -> Receptionist | None:
        return self._by_number.get(called)

    def receptionist(self, shop_id: str) -> Receptionist | None:
        return self._by_shop.get(shop_id)


def number_of(place: int) -> str:
    return f"+8225550{place:04}"


def lines_of(script: Script, place: int, voice: Espeak | None) -> list[ScriptLine]:
    """What the script's caller does on a line, with sound where there is a voice."""
    lines: list[ScriptLine] = []
    for number, exchange in enumerate(script.exchanges):
        match exchange.heard:
            case Utterance(text=text):
                language = "en" if script.name.endswith(".en") else "ko"
                lines.append(Say(text, hummed(voice, text, language, place, number) if voice else b""))
            case Keypress(digits=digits):
                lines.append(Press(digits))
            case Silence():
                lines.append(Wait(7))
            case _:
                lines.append(HangUp())
    return lines


def from_number(script: Script) -> str:
    return f"+82{script.caller[1:]}" if script.caller.startswith("0") else script.caller


async def test_webhooks(tmp_path_factory: pytest.TempPathFactory) -> None:
    """By Twilio's webhooks: its recogniser hears, its voice speaks, each turn is a signed form."""
    for script in OF_ANY_LINE:
        desk, receptionist = prepared(desk_in(tmp_path_factory.mktemp("webhooks")), script)
        door = twilio_door(OneDesk([receptionist]), TwilioSettings(PUBLIC, (TOKEN,), media_streams=False), None)
        web = FastAPI()
        web.include_router(door.routes)
        settings = NetworkSettings(PUBLIC, "http://127.0.0.1", TOKEN, status_callback="/twilio/status")
        caller = ScriptedCaller(lines_of(script, 0, None), lingers_s=30)
        transport = httpx.ASGITransport(web)
        async with Network(settings, clock=SkippingClock(), transport=transport) as network:
            record = await network.call(from_=from_number(script), to=number_of(0), caller=caller)
        assert not record.warnings, f"{script.name}: Twilio's debugger would show {record.warnings}"
        check(script, desk, receptionist.call(record.sid))


async def test_media_streams(tmp_path_factory: pytest.TempPathFactory) -> None:
    """By media streams, a few calls at once on real sockets: sound in, sound out, nobody hears another's words."""
    a_few = SCRIPTS[:: max(1, len(SCRIPTS) // A_FEW)]
    await by_media_streams([script for script in a_few if script in OF_ANY_LINE], tmp_path_factory)


@pytest.mark.slow
async def test_every_media_stream(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Every script by media stream: they run in real time, which takes minutes."""
    await by_media_streams(OF_ANY_LINE, tmp_path_factory)


async def by_media_streams(scripts: list[Script], folders: pytest.TempPathFactory) -> None:
    """Play scripts over one server, `CALLS_AT_ONCE` of them at the same time."""
    voice = Espeak("m3")
    prepared_calls = [prepared(desk_in(folders.mktemp("media")), script) for script in scripts]
    receptionists = [
        replace(receptionist, shop=replace(receptionist.shop, id=f"shop-{place}"))
        for place, (_, receptionist) in enumerate(prepared_calls)
    ]
    said = {place: [e.heard.text if isinstance(e.heard, Utterance) else "" for e in script.exchanges]
            for place, script in enumerate(scripts)}  # fmt: skip
    parts = LiveParts(ToneEars(said), SpokenBefore(Espeak("f3", speed_wpm=300)), listeners(), Everybody())
    door = twilio_door(OneDesk(receptionists), TwilioSettings(PUBLIC, (TOKEN,)), parts)
    web = FastAPI()
    web.include_router(door.routes)
    async with served(web) as port:
        settings = NetworkSettings(PUBLIC, f"http://127.0.0.1:{port}", TOKEN, status_callback="/twilio/status")
        async with Network(settings) as network:
            a_few = asyncio.Semaphore(CALLS_AT_ONCE)

            async def one_call(place: int, script: Script) -> CallRecord:
                caller = ScriptedCaller(lines_of(script, place, voice), lingers_s=25)
                async with a_few:
                    return await network.call(from_=from_number(script), to=number_of(place), caller=caller)

            records = await asyncio.gather(*(one_call(place, script) for place, script in enumerate(scripts)))
    for script, record, (desk, _), receptionist in zip(scripts, records, prepared_calls, receptionists, strict=True):
        check(script, desk, receptionist.call(record.sid))
