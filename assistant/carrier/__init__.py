"""The carrier's side: a simulated telephone network that speaks Twilio's own protocol to a server on this machine.

It knows nothing of the assistant: it posts webhooks, obeys TwiML and streams sound, as Twilio does, so that tests, the
demo and the benchmarks call through it. The path of a call:

    network.py       places calls and gives their records
    leg.py           one leg of a call: its webhooks and interruptions; identity.py: who is on it
    interpreter.py   executes TwiML, verb by verb
    voice.py         Say, Play, Pause
    gathering.py     Gather; recording.py: Record; dialling.py: Dial and whom it rings
    media.py         Connect Stream: the socket's life; stream_end.py: its frames and messages
    playout.py       what was sent and not yet heard: sound, marks, clear
    caller.py        who phones: the role; scripted_caller.py: one who follows a script
    record.py        what happened and what was heard; measure.py: reply gaps, barge-in, holes

and what they stand on: webhooks.py (signed requests), signature.py, routes.py (public to local addresses), twiml.py and
twiml_reader.py, faults.py and road.py (what goes wrong), clock.py, rest.py (the REST API's calls and messages).

A call in a few lines:

    async with Network(NetworkSettings("https://shop.example", "http://127.0.0.1:8000", auth_token)) as network:
        caller = ScriptedCaller([Say("예약이요", mulaw), Press("1"), HangUp()])
        record = await network.call(from_="+821000001234", to="+8225550001", caller=caller)
    print(record.ended_by, record.warnings, [timing.reply_gap_ms for timing in turn_timings(record)])

Left out: Enqueue, Refer, Start, ConversationRelay, conferences and recording of whole calls; their verbs are errors.
"""

from assistant.carrier.caller import (
    AfterPrevious,
    AfterReply,
    Caller,
    HangUp,
    Interrupting,
    Press,
    Say,
    ScriptLine,
    Wait,
)
from assistant.carrier.clock import Clock, SkippingClock, WallClock
from assistant.carrier.dialling import Callee
from assistant.carrier.faults import Faults
from assistant.carrier.measure import TurnTiming, turn_timings
from assistant.carrier.network import Network, NetworkSettings, PlacedCall
from assistant.carrier.record import CallRecord, Event
from assistant.carrier.scripted_caller import NoSound, ScriptedCaller

__all__ = [
    "AfterPrevious",
    "AfterReply",
    "CallRecord",
    "Callee",
    "Caller",
    "Clock",
    "Event",
    "Faults",
    "HangUp",
    "Interrupting",
    "Network",
    "NetworkSettings",
    "NoSound",
    "PlacedCall",
    "Press",
    "Say",
    "ScriptLine",
    "ScriptedCaller",
    "SkippingClock",
    "TurnTiming",
    "Wait",
    "WallClock",
    "turn_timings",
]
