"""The REST API, asked by Twilio's own client."""

import asyncio

import httpx
import pytest
from twilio.base.exceptions import TwilioRestException
from twilio.rest import Client

from assistant.audio import from_mulaw, read_wav
from assistant.carrier import AfterPrevious, HangUp, Say, ScriptedCaller, WallClock
from assistant.carrier.rest import RestApi

CALLER = "+821000001234"
SHOP = "+8225550001"
SID = "AC" + "0" * 32
LONG = "<Response><Pause length='0'/><Say>" + "word " * 800 + "</Say></Response>"


def client_of(api: RestApi, token: str = "12345") -> Client:
    return Client(SID, token, http_client=api.client())


async def in_progress(calls, server):
    """A call in the middle of a long prompt."""
    server.pages["/twilio/voice"] = LONG
    placed = calls.place(from_=CALLER, to=SHOP, caller=ScriptedCaller([]))
    while placed.status != "in-progress":  # noqa: ASYNC110 - seen from outside, as the API sees it
        await asyncio.sleep(0.01)
    return placed


async def test_call_is_redirected_by_twiml(server, network):
    """New TwiML interrupts the verb that runs, and is executed."""
    calls = network(clock=WallClock(speed=20))
    client = client_of(RestApi(calls))
    placed = await in_progress(calls, server)
    twiml = "<Response><Say>One moment.</Say><Redirect>https://shop.example/next</Redirect></Response>"
    server.pages["/next"] = "<Response/>"
    await asyncio.to_thread(lambda: client.calls(placed.sid).update(twiml=twiml))
    record = await placed.finished()
    assert [said.text for said in record.said][1:] == ["One moment."]
    assert len(server.asked_at("/next")) == 1


async def test_call_is_redirected_by_address(server, network):
    """A new address is fetched with the call's parameters."""
    calls = network(clock=WallClock(speed=20))
    client = client_of(RestApi(calls))
    placed = await in_progress(calls, server)
    server.pages["/next"] = "<Response/>"
    await asyncio.to_thread(lambda: client.calls(placed.sid).update(url="https://shop.example/next"))
    await placed.finished()
    assert server.asked_at("/next")[0]["CallSid"] == placed.sid


async def test_relative_address_in_rest_twiml_is_an_error(server, network):
    """A document from the API has no address of its own, so a relative action cannot be resolved."""
    calls = network(clock=WallClock(speed=20))
    client = client_of(RestApi(calls))
    placed = await in_progress(calls, server)
    twiml = "<Response><Redirect>/next</Redirect></Response>"
    await asyncio.to_thread(lambda: client.calls(placed.sid).update(twiml=twiml))
    record = await placed.finished()
    assert record.warnings == (12200,)


async def test_call_is_ended_and_then_unknown(server, network):
    """Status completed ends the call; afterwards the API answers 404, code 20404."""
    calls = network(clock=WallClock(speed=20))
    client = client_of(RestApi(calls))
    placed = await in_progress(calls, server)
    assert (await asyncio.to_thread(client.calls(placed.sid).fetch)).status == "in-progress"
    await asyncio.to_thread(lambda: client.calls(placed.sid).update(status="completed"))
    record = await placed.finished()
    assert (record.ended_by, record.status) == ("rest", "completed")
    with pytest.raises(TwilioRestException) as caught:
        await asyncio.to_thread(lambda: client.calls(placed.sid).update(status="completed"))
    assert (caught.value.status, caught.value.code) == (404, 20404)


async def test_ringing_call_cannot_be_redirected(server, network):
    """Before the answer a redirect is refused with 21220."""
    answer = asyncio.Event()

    async def late(asked):
        await answer.wait()
        return "<Response/>"

    server.pages["/twilio/voice"] = late
    calls = network(clock=WallClock())
    client = client_of(RestApi(calls))
    placed = calls.place(from_=CALLER, to=SHOP, caller=ScriptedCaller([]))
    with pytest.raises(TwilioRestException) as caught:
        await asyncio.to_thread(lambda: client.calls(placed.sid).update(twiml="<Response/>"))
    answer.set()
    await placed.finished()
    assert caught.value.code == 21220


async def test_texts(network):
    """A text to a Korean mobile is taken; emoji, a landline and a number that is none are refused."""
    api = RestApi(network())
    client = client_of(api)

    def send(to: str, body: str) -> str:
        return client.messages.create(to=to, from_=SHOP, body=body).sid

    sid = await asyncio.to_thread(send, "+821000001234", "예약되었습니다")
    assert [(text.sid, text.to, text.body) for text in api.texts] == [(sid, "+821000001234", "예약되었습니다")]
    for to, body, code in (
        ("+821000001234", "예약 🎉", 30008),
        ("+8225550001", "예약", 21614),
        ("01000001234", "예약", 21211),
    ):
        with pytest.raises(TwilioRestException) as caught:
            await asyncio.to_thread(send, to, body)
        assert caught.value.code == code
    assert len(api.texts) == 1


async def test_wrong_token(network):
    """Another token is refused."""
    client = client_of(RestApi(network()), token="wrong")
    with pytest.raises(TwilioRestException) as caught:
        await asyncio.to_thread(lambda: client.messages.create(to="+821000001234", from_=SHOP, body="x"))
    assert caught.value.status == 401


async def test_recording_is_fetched_and_deleted(server, network):
    """A recording can be had as WAV at the path the action was told, and once it is deleted it is gone."""
    server.pages |= {"/twilio/voice": '<Response><Record action="/recorded"/></Response>', "/recorded": "<Response/>"}
    calls = network()
    sound = b"\x20" * 8000
    await calls.call(from_=CALLER, to=SHOP, caller=ScriptedCaller([Say("메모", sound), HangUp(when=AfterPrevious())]))
    path = httpx.URL(server.asked_at("/recorded")[0]["RecordingUrl"]).path
    transport = httpx.ASGITransport(RestApi(calls).app())
    async with httpx.AsyncClient(transport=transport, base_url="http://api.twilio.com", auth=(SID, "12345")) as web:
        fetched = await web.get(path)
        deleted = await web.delete(path)
        gone = await web.get(path + ".wav")
        refused = await web.get(path, auth=("nobody", "x"))
    audio = read_wav(fetched.content)
    assert audio.rate_hz == 8000
    assert abs(audio.samples - from_mulaw(sound)).max() < 1e-3
    assert (fetched.headers["content-type"], deleted.status_code, gone.status_code) == ("audio/x-wav", 204, 404)
    assert refused.status_code == 401


async def test_streamed_call_is_redirected(server, network):
    """A call on a media stream gets `stop`, and the new document."""
    stopped = asyncio.Event()

    async def on_socket(socket):
        await socket.accept()
        async for text in socket.iter_text():
            if '"stop"' in text:
                stopped.set()

    server.on_socket = on_socket
    server.pages["/twilio/voice"] = '<Response><Connect><Stream url="/media"/></Connect></Response>'
    calls = network(clock=WallClock())
    client = client_of(RestApi(calls))
    placed = calls.place(from_=CALLER, to=SHOP, caller=ScriptedCaller([]))
    while placed.status != "in-progress":  # noqa: ASYNC110 - seen from outside, as the API sees it
        await asyncio.sleep(0.01)
    await asyncio.sleep(0.1)
    await asyncio.to_thread(lambda: client.calls(placed.sid).update(twiml="<Response><Hangup/></Response>"))
    record = await placed.finished()
    assert record.ended_by == "assistant"
    await asyncio.wait_for(stopped.wait(), 5)
