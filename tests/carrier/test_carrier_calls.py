"""Whole calls without a media stream: webhooks, prompts, questions, and their end."""

import numpy as np
import pytest
from fastapi import Response
from twilio.request_validator import RequestValidator
from twilio.twiml.voice_response import Gather, VoiceResponse

from assistant.audio import Audio, for_the_line, write_wav
from assistant.carrier import AfterPrevious, Faults, HangUp, Interrupting, Press, Say, ScriptedCaller, Wait

CALLER = "+821000001234"
SHOP = "+8225550001"
EMPTY = "<Response/>"
GATHER_KEYS = '<Response><Gather action="/keys"/><Say>Nothing.</Say></Response>'


async def test_call_with_questions(server, network):
    """A scripted caller is led through two questions, and the server gets words and keys as Twilio sends them."""
    response = VoiceResponse()
    gather = Gather(input="speech dtmf", action="/twilio/turn", language="ko-KR", timeout=5)
    gather.say("무엇을 도와드릴까요?", language="ko-KR")
    response.append(gather)
    server.pages["/twilio/voice"] = str(response)
    server.pages["/twilio/turn"] = (
        '<Response><Gather numDigits="1" action="turn2"><Say>Press one.</Say></Gather></Response>'
    )
    server.pages["/twilio/turn2"] = "<Response><Say>Bye</Say><Hangup/></Response>"
    server.pages["/twilio/status"] = "<Response/>"
    caller = ScriptedCaller([Say("내일 예약이요"), Press("1")])
    record = await network(status_callback="/twilio/status").call(from_=CALLER, to=SHOP, caller=caller)

    first, second, third = (server.asked_at(path)[0] for path in ("/twilio/voice", "/twilio/turn", "/twilio/turn2"))
    assert (first["CallStatus"], second["CallStatus"]) == ("ringing", "in-progress")
    assert (second["SpeechResult"], second["Confidence"]) == ("내일 예약이요", "0.9")
    assert third["Digits"] == "1"
    (status,) = server.asked_at("/twilio/status")
    assert (status["CallStatus"], status["CallSid"]) == ("completed", record.sid)
    assert float(status["CallDuration"]) == round(record.duration_s)
    for asked in server.asked:
        url = f"https://shop.example{asked.path}"
        assert RequestValidator("12345").validate(url, dict(asked.form), asked.headers["x-twilio-signature"])
    assert [said.text for said in record.said] == ["무엇을 도와드릴까요?", "Press one.", "Bye"]
    assert (record.ended_by, record.status, record.warnings) == ("assistant", "completed", ())
    assert caller.lines_left == 0


async def test_silence_falls_through(server, network):
    """A silent caller gets the verb behind the question, and no request is made."""
    server.pages["/twilio/voice"] = (
        '<Response><Gather input="speech" action="/heard"/><Say>Are you there?</Say><Hangup/></Response>'
    )
    record = await network().call(from_=CALLER, to=SHOP, caller=ScriptedCaller([Wait(5)]))
    assert [said.text for said in record.said] == ["Are you there?"]
    assert server.asked_at("/heard") == []


async def test_interruption_cuts_the_prompt(server, network):
    """A caller who speaks during a prompt is heard, and the prompt ends there."""
    server.pages["/twilio/voice"] = (
        f'<Response><Gather input="speech" action="/heard"><Say language="ko-KR">{"가" * 60}</Say></Gather></Response>'
    )
    server.pages["/heard"] = "<Response/>"
    record = await network().call(from_=CALLER, to=SHOP, caller=ScriptedCaller([Say("여기요", when=Interrupting(800))]))
    (said,) = record.said
    assert said.until_ms - said.at_ms == 800
    assert server.asked_at("/heard")[0]["SpeechResult"] == "여기요"


async def ring(network, *lines, **faults):
    """A call of somebody with these lines."""
    return await network.call(from_=CALLER, to=SHOP, caller=ScriptedCaller(lines), faults=Faults(**faults))


@pytest.mark.parametrize(
    ("attributes", "pressed", "digits"),
    [
        ("", "123#4", "123"),
        ("", "12", "12"),
        ('numDigits="2"', "123", "12"),
        ('finishOnKey="*"', "1#2*", "1#2"),
        ('finishOnKey=""', "1#", "1#"),
    ],
)
async def test_keys(server, network, attributes, pressed, digits):
    """Keys end with the finish key, the number of digits, or a pause."""
    server.pages |= {"/twilio/voice": f'<Response><Gather action="/keys" {attributes}/></Response>', "/keys": EMPTY}
    await ring(network(), Press(pressed))
    assert server.asked_at("/keys")[0]["Digits"] == digits


async def test_finish_key_alone_is_no_input(server, network):
    """A lone # falls through like silence."""
    server.pages["/twilio/voice"] = GATHER_KEYS
    record = await ring(network(), Press("#"))
    assert [said.text for said in record.said] == ["Nothing."]


async def test_speech_is_not_heard_where_only_keys_are_wanted(server, network):
    """Words at a <Gather> for keys are no input."""
    server.pages["/twilio/voice"] = GATHER_KEYS
    record = await ring(network(), Say("일 번이요"))
    assert [said.text for said in record.said] == ["Nothing."]


async def test_empty_result_can_be_asked_for(server, network):
    """With actionOnEmptyResult silence makes a request too."""
    server.pages |= {
        "/twilio/voice": '<Response><Gather input="speech" action="/heard" actionOnEmptyResult="true"/></Response>',
        "/heard": EMPTY,
    }
    await ring(network(), Wait(5))
    assert server.asked_at("/heard")[0]["SpeechResult"] == ""


async def test_action_defaults_to_the_document_itself(server, network):
    """A <Gather> without action asks its own address again."""
    server.pages["/twilio/voice"] = lambda asked: (
        EMPTY if asked.get("Digits") else '<Response><Gather numDigits="1"/></Response>'
    )
    await ring(network(), Press("7"))
    assert [asked.get("Digits") for asked in server.asked_at("/twilio/voice")] == [None, "7"]


async def test_confidence_may_be_missing(server, network):
    """A line without confidence leaves the parameter out."""
    server.pages |= {"/twilio/voice": '<Response><Gather input="speech" action="/heard"/></Response>', "/heard": EMPTY}
    await ring(network(), Say("네", confidence=None))
    assert server.asked_at("/heard")[0].get("Confidence") is None


async def test_recogniser_hears_the_sound(server, network):
    """With a recogniser the line's sound is heard in the question's language, and its words are not told."""
    server.pages |= {
        "/twilio/voice": '<Response><Gather input="speech" action="/heard" language="ko-KR"/></Response>',
        "/heard": EMPTY,
    }
    calls = network(recognise=lambda mulaw, language: f"{len(mulaw)} bytes of {language}")
    await ring(calls, Say("예약이요", b"\x20" * 800))
    assert server.asked_at("/heard")[0]["SpeechResult"] == "800 bytes of ko-KR"


async def test_model_without_korean_fails_the_question(server, network):
    """A speech model that does not know Korean is an error, and the next verb runs."""
    server.pages["/twilio/voice"] = (
        '<Response><Gather input="speech" language="ko-KR" speechModel="phone_call"/><Say>Sorry.</Say></Response>'
    )
    record = await ring(network(), Say("네"))
    assert record.warnings == (13334,)
    assert [said.text for said in record.said] == ["Sorry."]


async def test_partial_results(server, network):
    """Half-heard words are posted while the caller speaks."""
    server.pages |= {
        "/twilio/voice": (
            '<Response><Gather input="speech" action="/heard" partialResultCallback="/partial"/></Response>'
        ),
        "/heard": EMPTY,
        "/partial": EMPTY,
    }
    await ring(network(), Say("내일 예약"))
    assert server.asked_at("/partial")[0]["UnstableSpeechResult"] == "내일"


async def test_hang_up_at_a_moment(server, network):
    """A caller may hang up in the middle of a prompt; the prompt ends there and the call is completed."""
    server.pages["/twilio/voice"] = f"<Response><Say>{'word ' * 100}</Say></Response>"
    record = await ring(network(), hang_up_at_ms=1500)
    assert record.said[0].until_ms == 1500
    assert (record.ended_by, record.status) == ("caller", "completed")


async def test_script_may_hang_up_at_a_question(server, network):
    """A caller who hangs up at a question makes no request."""
    server.pages |= {"/twilio/voice": '<Response><Gather input="speech" action="/heard"/></Response>'}
    record = await ring(network(), HangUp())
    assert record.ended_by == "caller"
    assert server.asked_at("/heard") == []


async def test_reject(server, network):
    """A rejected call is never answered and costs nothing."""
    server.pages |= {"/twilio/voice": '<Response><Reject reason="busy"/></Response>', "/status": EMPTY}
    record = await ring(network(status_callback="/status"))
    assert (record.ended_by, record.status, record.duration_s) == ("rejected", "busy", 0)
    assert record.of_kind("answered") == ()
    assert server.asked_at("/status")[0]["CallStatus"] == "busy"


async def test_first_pause_puts_off_answering(server, network):
    """A <Pause> before anything else lets the phone ring on."""
    server.pages["/twilio/voice"] = '<Response><Pause length="3"/><Say>Hello</Say></Response>'
    record = await ring(network())
    assert (record.of_kind("answered")[0].at_ms, record.said[0].at_ms) == (3000, 3000)


async def test_play_is_heard(server, network):
    """A WAV file is fetched and lies in what the caller heard, as long as it lasts and as often as asked."""
    sound = Audio(np.full(800, 0.25, dtype=np.float32), 8000)
    server.pages |= {
        "/twilio/voice": '<Response><Pause/><Say>Hi</Say><Play loop="2">/tts/1.wav</Play></Response>',
        "/tts/1.wav": Response(write_wav(sound), media_type="audio/wav"),
    }
    record = await ring(network())
    (played,) = record.played
    assert played.mulaw == for_the_line(sound) * 2
    assert record.heard()[round(played.at_ms * 8) :] == played.mulaw
    assert server.asked_at("/tts/1.wav")[0].method == "GET"


async def test_missing_sound_goes_to_the_fallback(server, network):
    """A sound file that cannot be had is an error of the document."""
    server.pages |= {"/twilio/voice": "<Response><Play>/none.wav</Play></Response>", "/fallback": EMPTY}
    record = await ring(network(fallback_url="/fallback"))
    assert record.warnings == (11200,)
    assert server.asked_at("/fallback")[0]["ErrorUrl"] == "https://shop.example/twilio/voice"


async def test_message_is_recorded(server, network):
    """A caller who speaks and hangs up has left a recording; the action is told `hangup`."""
    server.pages |= {
        "/twilio/voice": (
            '<Response><Say>Beep.</Say><Record action="/recorded" recordingStatusCallback="/ready"/></Response>'
        ),
        "/recorded": EMPTY,
        "/ready": EMPTY,
    }
    sound = b"\x20" * 8000
    record = await ring(network(), Say("전화 주세요", sound), HangUp(when=AfterPrevious()))
    (recorded,), (ready,) = server.asked_at("/recorded"), server.asked_at("/ready")
    assert (recorded["Digits"], recorded["RecordingDuration"], recorded["CallStatus"]) == ("hangup", "1", "completed")
    assert record.recordings == {recorded["RecordingSid"]: sound}
    assert (ready["RecordingStatus"], ready["RecordingUrl"]) == ("completed", recorded["RecordingUrl"])
    assert record.ended_by == "caller"


async def test_recording_ends_with_silence_or_a_key(server, network):
    """A pause after the message, or a key instead of one, sends the action while the caller is still there."""
    server.pages |= {
        "/twilio/voice": '<Response><Record action="/again" timeout="3"/></Response>',
        "/again": '<Response><Record action="/recorded"/></Response>',
        "/recorded": EMPTY,
    }
    await ring(network(), Say("메모예요", b"\x20" * 800), Press("#"))
    assert server.asked_at("/again")[0].get("Digits") is None
    assert server.asked_at("/recorded")[0]["Digits"] == "#"


async def test_silence_leaves_no_recording(server, network):
    """Nobody spoke: the next verb runs."""
    server.pages["/twilio/voice"] = '<Response><Record action="/recorded"/><Say>Goodbye.</Say></Response>'
    record = await ring(network(), Wait(60))
    assert [said.text for said in record.said] == ["Goodbye."]
    assert record.recordings == {}


async def test_status_callback_cannot_stop_a_call(server, network):
    """A status callback nobody answers is only a warning."""
    server.pages["/twilio/voice"] = EMPTY
    record = await ring(network(status_callback="https://elsewhere.example/status"))
    assert (record.status, record.warnings) == ("completed", (11210,))


async def test_listener_hears_everything_at_once(server, network):
    """A listener is told every event, with the call it belongs to, in the order of the record."""
    told = []
    server.pages["/twilio/voice"] = "<Response><Say>Hello</Say></Response>"
    record = await ring(network(listener=lambda sid, event: told.append((sid, event))))
    assert told == [(record.sid, event) for event in record.events]
