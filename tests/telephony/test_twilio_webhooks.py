"""Twilio's webhooks: signed forms in, TwiML out, whatever is delivered twice, late, or never."""

import asyncio
import threading
import xml.etree.ElementTree as ET
from urllib.parse import urlencode

import pytest
from fastapi import Depends, FastAPI
from fastapi.testclient import TestClient
from telephony_fakes import GREETING, CodeEars, Gate, LevelListener, LevelVoice, OneShopDesk, ScriptedReceptionist
from twilio.request_validator import RequestValidator

from assistant.call import HungUp, Keypress, Reply, Silence, Utterance, Voicemail
from assistant.telephony._requests import signed_form
from assistant.telephony._roles import LiveParts
from assistant.telephony._twilio_forms import heard_in
from assistant.telephony.signatures import Form, SignatureGuard, TwilioSettings
from assistant.telephony.twilio_door import twilio_door

TOKEN, PUBLIC = "12345", "https://shop.example"
CALL = {"CallSid": "CA1", "From": "+821000001234", "To": "+82255500001", "CallStatus": "ringing"}
ASK_DAY = Reply("며칠로 할까요?")
BYE = Reply("예약되었습니다.", then="hang_up")
TRANSFER = Reply("연결할게요.", then="transfer")
DOORS = [
    "/twilio/voice", "/twilio/turn/haneul/CA1/1", "/twilio/resume/haneul/CA1/1", "/twilio/after-transfer/haneul/CA1",
    "/twilio/whisper/haneul/CA1", "/twilio/whisper-key/haneul/CA1", "/twilio/fallback", "/twilio/after-trouble/ko",
    "/twilio/voicemail/ko", "/twilio/status", "/twilio/stream-status",
]  # fmt: skip


class Phone:
    """Twilio's side of the webhooks."""

    def __init__(
        self, replies=(GREETING, ASK_DAY, BYE), *, tokens=(TOKEN,), streams=False, gate=None, transfer_to=True
    ):
        self.receptionist = ScriptedReceptionist(replies)
        self.desk = OneShopDesk(self.receptionist)
        self.gate = gate or Gate()
        parts = LiveParts(CodeEars({}), LevelVoice(), LevelListener, self.gate) if streams else None
        self.door = twilio_door(self.desk, TwilioSettings(PUBLIC, tokens), parts)
        app = FastAPI()
        app.include_router(self.door.routes)
        self.client = TestClient(app, base_url="http://127.0.0.1", raise_server_exceptions=True)

    def post(self, path, signature=None, **params):
        form = {**CALL, **params}
        signed = RequestValidator(TOKEN).compute_signature(PUBLIC + path, form)
        return self.client.post(path, data=form, headers={"X-Twilio-Signature": signature or signed})

    def verbs(self, path, **params):
        answer = self.post(path, **params)
        assert (answer.status_code, answer.headers["content-type"].split(";")[0]) == (200, "text/xml")
        return list(ET.fromstring(answer.content))

    def tags(self, path, **params):
        return [verb.tag for verb in self.verbs(path, **params)]

    def heard(self):
        return self.receptionist.heard("CA1")


@pytest.mark.parametrize("path", DOORS)
def test_no_door_opens_unsigned(path):
    """A missing signature and a false one get 403 at every door, and nothing happens behind it."""
    phone = Phone()
    assert phone.client.post(path, data=CALL).status_code == 403
    assert phone.post(path, signature="false").status_code == 403
    assert phone.receptionist.calls == {}
    assert phone.receptionist.voicemails == []


@pytest.mark.parametrize("path", DOORS)
def test_no_door_opens_without_an_auth_token(path):
    """Fail closed: a server without a token refuses even what looks rightly signed."""
    assert Phone(tokens=()).post(path).status_code == 403


@pytest.mark.parametrize("path", ["/twilio/voice", "/twilio/fallback", "/twilio/voice/", "/twilio/fallback/"])
def test_an_address_may_be_called_by_get_and_end_in_a_slash(path):
    """Whoever types the addresses at Twilio may choose GET there: the form is in the address then, and signed so."""
    phone = Phone()
    address = f"{path}?{urlencode(CALL)}"
    signed = {"X-Twilio-Signature": RequestValidator(TOKEN).compute_signature(PUBLIC + address, {})}
    by_get = phone.client.get(address, headers=signed, follow_redirects=False)
    assert by_get.status_code == 200
    assert by_get.text == phone.post(path).text
    assert phone.client.get(address.replace("1234", "9999"), headers=signed).status_code == 403


@pytest.mark.parametrize("path", ["/twilio/status", "/twilio/status/"])
def test_the_end_of_a_call_may_be_told_by_get(path):
    """As the beginning may."""
    phone = Phone()
    phone.post("/twilio/voice")
    address = f"{path}?{urlencode({**CALL, 'CallStatus': 'completed'})}"
    signed = {"X-Twilio-Signature": RequestValidator(TOKEN).compute_signature(PUBLIC + address, {})}
    assert phone.client.get(address, headers=signed).status_code == 204
    assert phone.receptionist.ended == ["CA1"]


def test_a_call_from_a_sip_line():
    """Numbers inside SIP addresses are found: which shop is called, and by whom."""
    phone = Phone()
    called = {"From": "sip:01000001234@10.0.0.1:5060", "To": "sip:0255500001@shop.sip.twilio.com"}
    assert phone.tags("/twilio/voice", **called) == ["Gather", "Gather", "Redirect"]
    assert phone.receptionist.callers["CA1"] == ("01000001234", "twilio-turns")


def test_the_host_header_decides_nothing():
    """The signed address comes from the settings, so a proxy's or a forger's Host header changes nothing."""
    phone = Phone()
    signed = RequestValidator(TOKEN).compute_signature("https://evil.example/twilio/voice", CALL)
    headers = {"X-Twilio-Signature": signed, "Host": "evil.example", "X-Forwarded-Host": "evil.example"}
    assert phone.client.post("/twilio/voice", data=CALL, headers=headers).status_code == 403


def test_a_huge_body_is_refused():
    """64 kB is more than any webhook has."""
    assert Phone().post("/twilio/voice", SpeechResult="가" * 30_000).status_code == 413


def test_a_call_by_turns():
    """Greeting, question, answer, farewell: one webhook each."""
    phone = Phone()
    _protected, question, _ = phone.verbs("/twilio/voice")
    assert question.get("action") == f"{PUBLIC}/twilio/turn/haneul/CA1/1"
    assert phone.tags("/twilio/turn/haneul/CA1/1", SpeechResult="예약이요", Confidence="0.83") == ["Gather", "Redirect"]
    assert phone.tags("/twilio/turn/haneul/CA1/2", SpeechResult="토요일") == ["Say", "Hangup"]
    assert phone.heard() == [Utterance("예약이요", "ko", 0.83), Utterance("토요일", "ko", 1.0)]
    assert phone.receptionist.callers["CA1"] == ("01000001234", "twilio-turns")
    assert phone.receptionist.ended == ["CA1"]


def test_a_webhook_delivered_twice_is_one_turn():
    """A retry gets the very same document, also when both arrive at once."""
    phone = Phone()
    phone.post("/twilio/voice")
    answers = []
    threads = [
        threading.Thread(
            target=lambda: answers.append(phone.post("/twilio/turn/haneul/CA1/1", SpeechResult="예약").text)
        )
        for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(answers)) == 1
    assert len(answers) == 4
    assert phone.heard() == [Utterance("예약")]


def test_a_number_that_rings_again_goes_on():
    """A late retry of the first webhook gets the question that is open now, not the greeting."""
    phone = Phone()
    phone.post("/twilio/voice")
    phone.post("/twilio/turn/haneul/CA1/1", SpeechResult="예약")
    gather = phone.verbs("/twilio/voice")[0]
    assert gather[0].text == ASK_DAY.say
    assert gather.get("action").endswith("/twilio/turn/haneul/CA1/2")


def test_a_late_retry_changes_nothing():
    """The first turn delivered again after the second gives the first turn's document."""
    phone = Phone()
    phone.post("/twilio/voice")
    first = phone.post("/twilio/turn/haneul/CA1/1", SpeechResult="예약").text
    phone.post("/twilio/turn/haneul/CA1/2", SpeechResult="토요일")
    assert phone.post("/twilio/turn/haneul/CA1/1", SpeechResult="예약").text == first
    assert len(phone.heard()) == 2


def test_a_turn_of_an_unknown_call_gets_a_person():
    """A turn whose call was never begun here is apologised for."""
    assert Phone().tags("/twilio/turn/haneul/CA9/4", CallSid="CA9", SpeechResult="네") == ["Say", "Say", "Dial"]


def test_an_error_inside_a_turn_gets_a_person(caplog):
    """The caller hears an apology and is put through; the log has the call's id and the error."""
    phone = Phone()
    phone.receptionist.fails_at = 1
    phone.post("/twilio/voice")
    assert phone.tags("/twilio/turn/haneul/CA1/1", SpeechResult="예약") == ["Say", "Say", "Dial"]
    assert "call=CA1" in caplog.text
    assert "the disk is full" in caplog.text


def test_a_lost_record_still_answers():
    """When the shop's record cannot be opened, the shop itself is rung all the same."""
    phone = Phone()
    phone.desk.broken = True
    for path in ("/twilio/voice", "/twilio/turn/haneul/CA1/1", "/twilio/fallback"):
        assert phone.tags(path) == ["Say", "Say", "Dial"]
    assert phone.tags("/twilio/fallback", To="+1") == ["Say", "Say", "Hangup"]


@pytest.mark.parametrize("shop", ["haneul", "gone"])
def test_who_picks_up_hears_no_apology_of_ours(shop):
    """Behind <Number url> only a question is allowed, whatever fails here: no <Dial>, no <Record>."""
    phone = Phone()
    phone.desk.broken = True
    gather, _ = phone.verbs(f"/twilio/whisper/{shop}/CA1", CallSid="CA7")
    assert "1번" in gather[0].text


def test_an_unknown_number_is_answered_politely(caplog):
    """No shop has the called number: said in both languages, and the log says what to do."""
    assert Phone().tags("/twilio/voice", To="+82255509999") == ["Say", "Say", "Hangup"]
    assert "+82255509999" in caplog.text
    assert "numbers" in caplog.text


def test_a_withheld_number_is_no_number():
    """Twilio's word for a withheld number is not stored as one."""
    phone = Phone()
    phone.post("/twilio/voice", From="anonymous")
    assert phone.receptionist.callers["CA1"][0] == ""


def test_sound_is_streamed_when_we_can_listen():
    """With ears, the call is connected to the media socket with a token of its own."""
    phone = Phone(streams=True)
    connect, redirect = phone.verbs("/twilio/voice")
    tokens = {parameter.get("name"): parameter.get("value") for parameter in connect[0]}
    assert tokens["opening"] == "answer"
    assert len(tokens["token"]) > 60
    assert redirect.text == f"{PUBLIC}/twilio/resume/haneul/CA1/1"
    phone.gate.is_open = False
    assert "Gather" in phone.tags("/twilio/voice", CallSid="CA2")


def test_whom_the_owner_blocked_gets_no_socket():
    """A greeting that ends the call is said and done with, also where we can listen."""
    phone = Phone((Reply("이 번호로는 전화를 받지 않고 있어요.", then="hang_up"),), streams=True)
    say, hang_up = phone.verbs("/twilio/voice")
    assert (say.tag, hang_up.tag) == ("Say", "Hangup")
    assert phone.receptionist.ended == ["CA1"]


def test_a_dropped_socket_is_opened_again():
    """After an accident the call streams again, and after three it goes on by <Gather> with the open question."""
    phone = Phone(streams=True)
    phone.post("/twilio/voice")
    connect, redirect = phone.verbs("/twilio/resume/haneul/CA1/1")
    assert {each.get("name"): each.get("value") for each in connect[0]}["opening"] == "resume"
    assert redirect.text.endswith("/twilio/resume/haneul/CA1/2")
    gather = phone.verbs("/twilio/resume/haneul/CA1/3")[0]
    assert gather[0].text.startswith("방금 끊겼네요.")


def test_a_server_about_to_stop_opens_no_socket():
    """New calls and dropped ones go on by <Gather>, whose next turn the next process can take."""
    phone = Phone(streams=True)
    phone.post("/twilio/voice")
    phone.door.open_no_more_sockets()
    assert phone.tags("/twilio/voice", CallSid="CA2") == ["Gather", "Gather", "Redirect"]
    assert phone.verbs("/twilio/resume/haneul/CA1/1")[0][0].text.startswith("방금 끊겼네요.")


def test_leaving_after_the_farewell_hangs_up():
    """The socket closes because the farewell was said: the next document ends the call and its record."""
    phone = Phone((GREETING, BYE), streams=True)
    phone.post("/twilio/voice")
    phone.receptionist.hear("CA1", 1, Utterance("네"))
    assert phone.tags("/twilio/resume/haneul/CA1/1") == ["Hangup"]
    assert phone.receptionist.ended == ["CA1"]


def test_leaving_for_a_transfer_rings_the_shop():
    """The socket closes because a person is wanted: the next document dials the owner's number and no other."""
    phone = Phone((GREETING, TRANSFER), streams=True)
    phone.post("/twilio/voice")
    phone.receptionist.hear("CA1", 1, Keypress("0"))
    (dial,) = phone.verbs("/twilio/resume/haneul/CA1/1", To="+82255500001", transfer_to="+19005550000")
    assert dial[0].text == "+821000000001"


@pytest.mark.parametrize(
    ("params", "accepts", "talked"),
    [
        ({"DialCallStatus": "completed", "DialBridged": "true"}, True, True),
        ({"DialCallStatus": "completed", "DialBridged": "true"}, False, True),
        ({"DialCallStatus": "completed", "DialBridged": "false"}, False, False),
        ({"DialCallStatus": "completed"}, True, True),
        ({"DialCallStatus": "completed"}, False, False),
        ({"DialCallStatus": "no-answer"}, False, False),
        ({"DialCallStatus": "busy", "DialBridged": "false"}, False, False),
    ],
)
def test_whether_a_person_was_reached(params, accepts, talked):
    """Voicemail counts as "completed", so bridging, or our own note of key 1, decides."""
    phone = Phone((GREETING, TRANSFER))
    phone.post("/twilio/voice")
    phone.receptionist.hear("CA1", 1, Keypress("0"))
    key = phone.tags("/twilio/whisper-key/haneul/CA1", CallSid="CA7", Digits="1" if accepts else "5")
    assert key == ([] if accepts else ["Hangup"])
    tags = phone.tags("/twilio/after-transfer/haneul/CA1", **params)
    assert tags == (["Hangup"] if talked else ["Gather", "Redirect"])
    assert phone.receptionist.ended == (["CA1"] if talked else [])


def test_hanging_up_while_it_rings_is_no_conversation():
    """The <Dial> ends because the caller left: nobody talked to them, and the record ends with that."""
    phone = Phone((GREETING, TRANSFER), streams=True)
    phone.post("/twilio/voice")
    phone.receptionist.hear("CA1", 1, Keypress("0"))
    gone = {"CallStatus": "completed", "DialCallStatus": "no-answer", "DialBridged": "false"}
    assert phone.tags("/twilio/after-transfer/haneul/CA1", **gone) == ["Hangup"]
    assert phone.heard()[-1] == HungUp()
    assert phone.receptionist.ended == ["CA1"]


@pytest.mark.parametrize(
    ("said", "heard"),
    [({"SpeechResult": "예약이요"}, [Utterance("예약이요"), HungUp()]), ({"SpeechResult": ""}, [HungUp()])],
)
def test_hanging_up_into_a_question(said, heard):
    """The last words before hanging up count; without words it is no silence to be asked about."""
    phone = Phone()
    phone.post("/twilio/voice")
    assert phone.tags("/twilio/turn/haneul/CA1/1", CallStatus="completed", **said) == ["Hangup"]
    assert phone.heard() == heard
    assert phone.receptionist.ended == ["CA1"]


def test_a_caller_who_left_gets_no_new_socket():
    """The socket closed because the call is over: nothing is opened again."""
    phone = Phone(streams=True)
    phone.post("/twilio/voice")
    assert phone.tags("/twilio/resume/haneul/CA1/1", CallStatus="completed") == ["Hangup"]
    assert phone.receptionist.ended == ["CA1"]


def test_a_slow_sender_is_not_waited_for():
    """A body that does not come is given up: 408."""
    app = FastAPI()
    read = signed_form(SignatureGuard(TwilioSettings(PUBLIC, (TOKEN,))), body_seconds=0)
    app.add_api_route("/slow", lambda form: None, methods=["POST"], dependencies=[Depends(read)])

    async def never() -> dict[str, object]:
        await asyncio.Event().wait()
        return {}

    async def answers() -> list[int]:
        sent: list[int] = []

        async def send(message: dict[str, object]) -> None:
            if message["type"] == "http.response.start":
                sent.append(message["status"])

        scope = {
            "type": "http",
            "method": "POST",
            "path": "/slow",
            "headers": [],
            "query_string": b"",
            "http_version": "1.1",
        }
        await app(scope, never, send)
        return sent

    assert asyncio.run(answers()) == [408]


def test_who_hangs_up_while_it_rings_has_reached_nobody():
    """Also when Twilio tells it only by the end of the call: the owner is not to believe that somebody talked."""
    phone = Phone((GREETING, TRANSFER))
    phone.post("/twilio/voice")
    phone.post("/twilio/turn/haneul/CA1/1", Digits="0")
    phone.post("/twilio/status", CallStatus="completed")
    assert phone.heard() == [Keypress("0"), HungUp()]
    assert phone.receptionist.calls["CA1"][2][1].say.startswith("지금은 받을 수 있는 분이 없어요")


def test_who_was_put_through_is_not_told_otherwise_at_the_end():
    """The person pressed 1, and then the call ended: nothing more is written but its end."""
    phone = Phone((GREETING, TRANSFER))
    phone.post("/twilio/voice")
    phone.post("/twilio/turn/haneul/CA1/1", Digits="0")
    phone.post("/twilio/whisper-key/haneul/CA1", Digits="1", CallSid="CA2")
    phone.post("/twilio/status", CallStatus="completed")
    assert phone.heard() == [Keypress("0")]
    assert phone.receptionist.ended == ["CA1"]


def test_the_end_of_a_call_is_written_down_once_it_is_over():
    """Only final states end a record; the end of a call that never came to us leaves who called."""
    phone = Phone()
    phone.post("/twilio/voice")
    assert phone.post("/twilio/status", CallStatus="in-progress").status_code == 204
    assert phone.receptionist.ended == []
    assert phone.post("/twilio/status", CallStatus="completed").status_code == 204
    assert phone.heard() == [HungUp()]
    assert phone.post("/twilio/status", CallStatus="completed", CallSid="CA404").status_code == 204
    assert phone.receptionist.missed == [("CA404", "01000001234")]
    assert phone.post("/twilio/status", CallStatus="completed", To="+1").status_code == 204


def test_an_end_that_cannot_be_written_down_is_logged(caplog):
    """Twilio sends a status callback once and can do nothing about our disk."""
    phone = Phone()
    phone.desk.broken = True
    assert phone.post("/twilio/status", CallStatus="completed").status_code == 204
    assert "call=CA1" in caplog.text


def test_the_fallback_apologises_and_rings_the_shop():
    """Whatever failed, the fallback needs no record of the call."""
    phone = Phone()
    assert phone.tags("/twilio/fallback", ErrorCode="11200") == ["Say", "Say", "Dial"]
    assert phone.receptionist.calls == {}
    assert phone.tags("/twilio/after-trouble/ko", DialCallStatus="completed", DialBridged="true") == ["Hangup"]
    assert phone.tags("/twilio/after-trouble/ko", DialCallStatus="no-answer") == ["Say", "Record", "Say", "Hangup"]


def test_a_voicemail_is_kept():
    """A message on the tape reaches the shop's receptionist, with where it lies."""
    phone = Phone()
    where = "https://api.twilio.com/2010-04-01/Accounts/AC1/Recordings/RE1"
    assert phone.tags("/twilio/voicemail/ko", RecordingUrl=where, RecordingDuration="12") == ["Say", "Hangup"]
    assert phone.receptionist.voicemails == [Voicemail("CA1", "01000001234", where, 12)]


def test_a_voicemail_that_cannot_be_kept_is_thanked_for(caplog):
    """The caller has spoken; that our disk is full is not their business, and the log says where the tape lies."""
    phone = Phone()
    phone.receptionist.voicemails = None
    answer = phone.tags("/twilio/voicemail/ko", RecordingUrl="https://api.twilio.com/RE1", RecordingDuration="9" * 5000)
    assert answer == ["Say", "Hangup"]
    assert "https://api.twilio.com/RE1" in caplog.text
    assert "could not be put before the owner" in caplog.text


@pytest.mark.parametrize(
    ("form", "heard"),
    [
        ({"SpeechResult": " 예약\x00이요\n"}, Utterance("예약 이요", "ko", 1.0)),
        ({"SpeechResult": "네", "Confidence": "0.5"}, Utterance("네", "ko", 0.5)),
        ({"SpeechResult": "네", "Confidence": "nan"}, Utterance("네", "ko", 1.0)),
        ({"SpeechResult": "네", "Confidence": "-3"}, Utterance("네", "ko", 1.0)),
        ({"SpeechResult": "  "}, Silence(5.0)),
        ({}, Silence(5.0)),
        ({"Digits": "010#"}, Keypress("010#")),
        ({"Digits": "0", "SpeechResult": "영"}, Keypress("0")),
        ({"Digits": "w<>"}, Silence(5.0)),
        ({"Digits": "0" * 3000}, Keypress("0" * 20)),
        ({"SpeechResult": "가" * 20_000}, Utterance("가" * 1000, "ko", 1.0)),
        ({"CallStatus": "completed"}, HungUp()),
    ],
)
def test_what_a_gather_heard(form, heard):
    """Words, keys or silence; confidence may be missing or nonsense."""
    assert heard_in(Form(form), "ko") == heard
