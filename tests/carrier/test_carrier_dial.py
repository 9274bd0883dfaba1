"""Transfers: the shop's telephone rings, hears the whisper, takes the call or does not."""

import asyncio

import pytest

from assistant.carrier import Callee, Faults, ScriptedCaller, WallClock

CALLER = "+821000001234"
SHOP = "+8225550001"
OWNER = "+821000009999"
EMPTY = "<Response/>"
WHISPER = (
    '<Response><Gather numDigits="1" timeout="6" action="/key">'
    '<Say language="ko-KR">예약 문의 전화입니다.</Say></Gather><Hangup/></Response>'
)
VOICE = f"""<Response>
  <Say>Connecting.</Say>
  <Dial action="/after" timeout="20">
    <Number url="/whisper" statusCallback="/leg"
      statusCallbackEvent="initiated ringing answered completed">{OWNER}</Number>
  </Dial>
</Response>"""


@pytest.fixture
def shop(server):
    """A server that transfers every call to the owner, who must press 1."""

    def key(asked):
        return EMPTY if asked["Digits"] == "1" else "<Response><Hangup/></Response>"

    server.pages |= {"/twilio/voice": VOICE, "/whisper": WHISPER, "/key": key, "/after": EMPTY, "/leg": EMPTY}
    return server


async def ring(network, **faults):
    return await network.call(from_=CALLER, to=SHOP, caller=ScriptedCaller([]), faults=Faults(**faults))


async def test_owner_takes_the_call(shop, network):
    """The owner hears the whisper, presses 1, and is joined; the action learns how long they talked."""
    record = await ring(network(callees={OWNER: Callee(talks_s=30)}))
    (after,), (whisper,), (key,) = shop.asked_at("/after"), shop.asked_at("/whisper"), shop.asked_at("/key")
    assert (after["DialCallStatus"], after["DialBridged"], after["DialCallDuration"]) == ("completed", "true", "30")
    assert (whisper["ParentCallSid"], whisper["Direction"]) == (record.sid, "outbound-dial")
    assert (whisper["From"], whisper["To"], key["Digits"]) == (CALLER, OWNER, "1")
    assert after["DialCallSid"] == whisper["CallSid"]
    (owner,) = record.dialled
    assert [said.text for said in owner.said] == ["예약 문의 전화입니다."]
    assert [said.text for said in record.said] == ["Connecting."]


async def test_leg_is_reported_step_by_step(shop, network):
    """The status callbacks of the dialled leg carry their events, numbered from 0."""
    await ring(network(callees={OWNER: Callee(talks_s=30)}))
    reported = sorted(shop.asked_at("/leg"), key=lambda asked: asked["SequenceNumber"])
    assert [asked["SequenceNumber"] for asked in reported] == ["0", "1", "2", "3"]
    assert [asked["CallStatus"] for asked in reported] == ["initiated", "ringing", "in-progress", "completed"]
    assert [asked.get("CallDuration") for asked in reported] == [None, None, None, "30"]
    assert {asked["CallbackSource"] for asked in reported} == {"call-progress-events"}


@pytest.mark.parametrize(
    ("callee", "status"),
    [
        (Callee("busy"), "busy"),
        (Callee("failed"), "failed"),
        (Callee("no-answer"), "no-answer"),
        (Callee(rings_s=25), "no-answer"),
        (Callee(presses=("2",)), "completed"),
        (Callee(presses=()), "completed"),
        (Callee(leaves_whisper_after_s=1), "completed"),
    ],
)
async def test_owner_does_not_take_the_call(shop, network, callee, status):
    """Busy, away, too late, declined or gone in the whisper: never bridged, with the status Twilio gives."""
    record = await ring(network(callees={OWNER: callee}))
    (after,) = shop.asked_at("/after")
    assert (after["DialCallStatus"], after["DialBridged"]) == (status, "false")
    assert record.of_kind("bridged") == ()


async def test_nobody_sits_at_an_unknown_number(shop, network):
    """A number without a callee rings until the timeout."""
    record = await ring(network())
    assert shop.asked_at("/after")[0]["DialCallStatus"] == "no-answer"
    dialled, hung_up = record.of_kind("dialled")[0], record.of_kind("hung_up")[0]
    assert hung_up.at_ms - dialled.at_ms == 20_000


async def test_without_action_the_next_verb_runs(shop, network):
    """A <Dial> without action goes on in its document."""
    shop.pages["/twilio/voice"] = f"<Response><Dial>{OWNER}</Dial><Say>Leave a message.</Say></Response>"
    record = await ring(network(callees={OWNER: Callee("busy")}))
    assert [said.text for said in record.said] == ["Leave a message."]


async def test_caller_hangs_up_while_it_rings(shop, network):
    """The action still learns that the caller went away."""
    record = await ring(network(callees={OWNER: Callee(rings_s=10)}), hang_up_at_ms=4000)
    (after,) = shop.asked_at("/after")
    assert (after["DialCallStatus"], after["DialBridged"], after["CallStatus"]) == ("canceled", "false", "completed")
    assert record.ended_by == "caller"


async def test_answering_on_bridge_keeps_it_ringing(shop, network):
    """With answerOnBridge as the first verb the caller hears ringing until the owner is there."""
    shop.pages["/twilio/voice"] = f'<Response><Dial answerOnBridge="true" action="/after">{OWNER}</Dial></Response>'
    record = await ring(network(callees={OWNER: Callee(rings_s=7)}))
    assert record.of_kind("answered")[0].at_ms == 7000


async def test_first_to_answer_wins(shop, network):
    """Of several numbers the one that picks up first is joined."""
    other = "+821000009998"
    shop.pages["/twilio/voice"] = f"<Response><Dial><Number>{OWNER}</Number><Number>{other}</Number></Dial></Response>"
    record = await ring(network(callees={OWNER: Callee(rings_s=9), other: Callee(rings_s=2)}))
    assert record.of_kind("bridged")[0].text == other


async def test_whisper_may_not_dial(shop, network):
    """A verb the called party's document may not hold is an error there, and the call is not joined."""
    shop.pages["/whisper"] = "<Response><Dial>+821000009998</Dial></Response>"
    record = await ring(network(callees={OWNER: Callee()}))
    assert shop.asked_at("/after")[0]["DialBridged"] == "false"
    (owner,) = record.dialled
    assert owner.warnings == (12200,)


async def test_caller_hangs_up_during_the_whisper(shop, network):
    """The owner's leg ends with the caller's, in the middle of the whisper."""
    shop.pages["/whisper"] = f"<Response><Say>{'word ' * 2000}</Say></Response>"
    calls = network(clock=WallClock(speed=20), callees={OWNER: Callee(rings_s=0)})
    placed = calls.place(from_=CALLER, to=SHOP, caller=ScriptedCaller([]))
    while not shop.asked_at("/whisper"):  # noqa: ASYNC110 - the moment is seen from the server
        await asyncio.sleep(0.01)
    placed.hang_up()
    record = await asyncio.wait_for(placed.finished(), 10)
    assert record.ended_by == "caller"
    assert shop.asked_at("/after")[0]["DialBridged"] == "false"
