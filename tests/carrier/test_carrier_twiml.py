"""Documents made with Twilio's own builder come out as verbs; mistakes come out as Twilio's errors."""

import pytest
from twilio.twiml import voice_response
from twilio.twiml.voice_response import VoiceResponse

from assistant.carrier import twiml
from assistant.carrier.twiml_reader import read_twiml


def read(response: VoiceResponse) -> tuple[twiml.Verb, ...]:
    document = read_twiml(str(response))
    assert document.warnings == ()
    return document.verbs


def test_prompts():
    """Say, Play, Pause, Redirect and Hangup come out in order."""
    response = VoiceResponse()
    response.say("갈비탕 & 냉면", language="ko-KR", voice="Google.ko-KR-Neural2-A")
    response.play("/tts/1.wav", loop=2)
    response.play("", digits="ww1")
    response.pause(length=3)
    response.redirect("/next", method="GET")
    response.hangup()
    assert read(response) == (
        twiml.Say("갈비탕 & 냉면", "ko-KR", "Google.ko-KR-Neural2-A"),
        twiml.Play("/tts/1.wav", loop=2),
        twiml.Play("", digits="ww1"),
        twiml.Pause(3),
        twiml.Redirect("/next", "GET"),
        twiml.Hangup(),
    )


def test_gather():
    """A <Gather> has Twilio's defaults, and what is written otherwise."""
    response = VoiceResponse()
    response.append(voice_response.Gather())
    gather = voice_response.Gather(
        input="speech dtmf",
        action="/turn",
        timeout=7,
        speech_timeout="auto",
        num_digits=4,
        finish_on_key="*",
        action_on_empty_result=True,
        language="ko-KR",
        speech_model="googlev2_telephony",
        hints="예약,주차",
        profanity_filter=False,
    )
    gather.say("몇 분이세요?")
    gather.pause(length=1)
    response.append(gather)
    plain, full = read(response)
    assert plain == twiml.Gather(speech_timeout_s=5)
    assert full == twiml.Gather(
        input=frozenset({"speech", "dtmf"}),
        action="/turn",
        timeout_s=7,
        speech_timeout_s=None,
        num_digits=4,
        finish_on_key="*",
        action_on_empty_result=True,
        language="ko-KR",
        speech_model="googlev2_telephony",
        hints="예약,주차",
        prompts=(twiml.Say("몇 분이세요?"), twiml.Pause(1)),
    )


def test_transfer():
    """A <Dial> with a whispered-to number and one with the number as its text."""
    response = VoiceResponse()
    dial = response.dial(action="/after", timeout=20, answer_on_bridge=True, caller_id="+8225550001")
    dial.number("+821000009999", url="/whisper", status_callback="/leg", status_callback_event="initiated answered")
    response.dial("+821000009998")
    first, second = read(response)
    events = frozenset({"initiated", "answered"})
    number = twiml.Number("+821000009999", url="/whisper", status_callback="/leg", status_events=events)
    assert first == twiml.Dial((number,), "/after", timeout_s=20, answer_on_bridge=True, caller_id="+8225550001")
    assert second == twiml.Dial((twiml.Number("+821000009998"),))


def test_stream():
    """A <Connect><Stream> with its parameters."""
    response = VoiceResponse()
    connect = voice_response.Connect(action="/after-stream")
    stream = connect.stream(url="wss://shop.example/media", name="s1", status_callback="https://shop.example/s")
    stream.parameter(name="shop", value="42")
    response.append(connect)
    expected = twiml.Stream("wss://shop.example/media", "s1", "https://shop.example/s", (("shop", "42"),))
    assert read(response) == (twiml.Connect(expected, "/after-stream"),)


def test_record():
    """A <Record> with its limits."""
    response = VoiceResponse()
    response.record(action="/recorded", max_length=60, timeout=3, finish_on_key="#", play_beep=False)
    expected = twiml.Record("/recorded", timeout_s=3, finish_on_key="#", max_length_s=60, play_beep=False)
    assert read(response) == (expected,)


@pytest.mark.parametrize(
    ("text", "code", "says"),
    [
        ("", 12100, "not XML"),
        ("<Response><Say>a & b</Say></Response>", 12100, "not XML"),
        ("<Response><Say>\0</Say></Response>", 12100, "not XML"),
        ("<Reply/>", 12100, "begins with <Reply>"),
        ("<Response><say>lower case</say></Response>", 12200, "<say> is not a verb"),
        ("<Response><Gather><Dial>+8210</Dial></Gather></Response>", 12200, "<Dial> may not stand in <Gather>"),
        ('<Response><Gather input="dreams"/></Response>', 12200, "dreams"),
        ("<Response><Play/></Response>", 12200, "no sound file"),
        ("<Response><Dial/></Response>", 12200, "names 0 numbers"),
        ("<Response><Connect/></Response>", 12200, "holds 0 streams"),
        ('<Response><Connect><Stream url="wss://h/m" track="both_tracks"/></Connect></Response>', 12200, "both_tracks"),
        (
            f'<Response><Connect><Stream url="wss://h/m"><Parameter name="x" value="{"y" * 499}"/></Stream></Connect>'
            "</Response>",
            12200,
            "500 characters",
        ),
    ],
)
def test_bad_documents(text, code, says):
    """What Twilio could not execute is an error that names the place."""
    with pytest.raises(twiml.BadTwiml, match=says) as caught:
        read_twiml(text)
    assert caught.value.code == code


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ('<Response><Say tone="kind">Hi</Say></Response>', "<Say> has no attribute tone"),
        ('<Response><Gather timeout="soon"/></Response>', 'timeout="soon"'),
        ('<Response><Gather actionOnEmptyResult="yes"/></Response>', "neither true nor false"),
        ('<Response><Redirect method="PUT">/x</Redirect></Response>', "neither GET nor POST"),
        ("<Response><Say>Hi</Say><Reject/></Response>", "only works as the first"),
    ],
)
def test_warnings(text, says):
    """What Twilio would overlook is a 12200 warning, and the rest of the document stands."""
    document = read_twiml(text)
    assert document.verbs
    (warned,) = document.warnings
    assert warned.code == 12200
    assert says in warned.message
