"""Replies as TwiML: what Twilio is told to do, and what it does when that fails."""

import xml.etree.ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.call import Reply
from assistant.telephony._text import called_number, caller_number, sentences, speakable
from assistant.telephony.signatures import TwilioSettings
from assistant.telephony.twiml import Connection, Doors, TwimlWriter

BASE = "https://shop.example"
WRITE = TwimlWriter(TwilioSettings(BASE + "/", ("t",), ring_seconds=25))
DOORS = Doors("haneul", "CA1")


def verbs(document):
    return list(ET.fromstring(document))


def test_a_question_listens_for_speech_and_keys():
    """<Gather> in the reply's language, with hints, and a way on when it fails."""
    gather, redirect = verbs(WRITE.turn(Reply("며칠로 할까요?"), DOORS, 3, "day", ("토요일", "김치, 찌개")))
    assert gather.attrib == {
        "input": "speech dtmf", "action": f"{BASE}/twilio/turn/haneul/CA1/3", "method": "POST", "language": "ko-KR",
        "hints": "토요일,김치  찌개", "speechTimeout": "auto", "timeout": "5", "actionOnEmptyResult": "true",
        "profanityFilter": "false",
    }  # fmt: skip
    assert (gather[0].text, gather[0].get("language")) == ("며칠로 할까요?", "ko-KR")
    assert redirect.text == f"{BASE}/twilio/turn/haneul/CA1/3"


def test_one_key_is_an_answer_unless_digits_are_asked_for():
    """A 0 for a person must not wait for more digits; a telephone number must."""
    assert verbs(WRITE.turn(Reply("네?"), DOORS, 1, None))[0].get("numDigits") == "1"
    assert verbs(WRITE.turn(Reply("전화번호는요?"), DOORS, 1, "phone"))[0].get("numDigits") is None


def test_english_is_heard_and_said_in_english():
    """Voice and recogniser follow the reply's language."""
    gather = verbs(WRITE.turn(Reply("Which day?", "en"), DOORS, 1, None))[0]
    assert gather.get("language") == gather[0].get("language") == "en-US"
    assert gather[0].get("voice").startswith("Polly.")


def test_twilio_speaks_in_the_voices_of_the_settings():
    """A voice of another accent is asked for in its own locale; what is not named keeps our default."""
    write = TwimlWriter(TwilioSettings(BASE, voices={"en": "Google.en-GB-Neural2-A"}))
    gather = verbs(write.turn(Reply("Which day?", "en"), DOORS, 1, None))[0]
    assert (gather[0].get("voice"), gather[0].get("language")) == ("Google.en-GB-Neural2-A", "en-GB")
    assert gather.get("language") == "en-US"
    say = verbs(write.hang_up(Reply("네.")))[0]
    assert (say.get("voice"), say.get("language")) == ("Google.ko-KR-Neural2-A", "ko-KR")


def test_a_named_speech_model_goes_without_auto():
    """Twilio refuses speechTimeout="auto" together with a model."""
    write = TwimlWriter(TwilioSettings(BASE, speech_model="googlev2_telephony"))
    gather = verbs(write.turn(Reply("네?"), DOORS, 1, None))[0]
    assert (gather.get("speechModel"), gather.get("speechTimeout")) == ("googlev2_telephony", "2")


def test_what_must_be_heard_yields_only_to_keys():
    """All of an uninterruptible reply but its last sentence is said where only a key is listened for."""
    protected, question, _ = verbs(
        WRITE.turn(Reply("인공지능입니다. 무엇을 도와드릴까요?", uninterruptible=True), DOORS, 1, None)
    )
    assert (protected.get("input"), protected[0].text) == ("dtmf", "인공지능입니다.")
    assert (question.get("input"), question[0].text) == ("speech dtmf", "무엇을 도와드릴까요?")
    assert protected.get("action") == question.get("action")


def test_a_stream_is_followed_by_a_way_back():
    """The media socket's address has no query; token and shop are parameters; behind it stands the resume door."""
    connect, redirect = verbs(WRITE.connect(DOORS, Connection("haneul", "one-time", "answer", attempt=1)))
    stream = connect[0]
    assert stream.get("url") == "wss://shop.example/twilio/media"
    assert {each.get("name"): each.get("value") for each in stream} == {
        "shop": "haneul", "token": "one-time", "opening": "answer",
    }  # fmt: skip
    assert redirect.text == f"{BASE}/twilio/resume/haneul/CA1/2"


def test_a_transfer_rings_with_a_whisper():
    """The person hears who calls before the call is theirs, and the end of it comes back to us."""
    say, dial = verbs(WRITE.transfer(DOORS, "+821000000001", Reply("연결할게요.", then="transfer")))
    assert say.text == "연결할게요."
    assert (dial.get("timeout"), dial.get("action")) == ("25", f"{BASE}/twilio/after-transfer/haneul/CA1")
    assert (dial[0].text, dial[0].get("url")) == ("+821000000001", f"{BASE}/twilio/whisper/haneul/CA1")


def test_a_whisper_without_the_key_hangs_up():
    """Voicemail presses no key."""
    gather, hangup = verbs(WRITE.whisper(DOORS, "하늘식당", "ko"))
    assert (gather.get("numDigits"), hangup.tag) == ("1", "Hangup")
    assert "하늘식당" in gather[0].text
    assert verbs(WRITE.bridge()) == []


def test_trouble_rings_the_shop_or_takes_a_message():
    """The caller gets a person, or a tape, and a goodbye where it stays empty; never a dead line."""
    assert [verb.tag for verb in verbs(WRITE.trouble("ko", DOORS, "+821000000001"))] == ["Say", "Say", "Dial"]
    document = verbs(WRITE.trouble("ko", None, ""))
    assert [verb.tag for verb in document] == ["Say", "Say", "Record", "Say", "Hangup"]
    assert document[2].get("action") == f"{BASE}/twilio/voicemail/ko"  # without one the document would run again


def test_a_shop_may_have_a_korean_id():
    """Addresses are percent-encoded, as Twilio will sign them."""
    assert Doors("하늘", "CA1").turn(1) == "/twilio/turn/%ED%95%98%EB%8A%98/CA1/1"


def test_an_unknown_number_is_told_so_in_both_languages():
    """Whoever dialled a number we do not know hears it in Korean and English."""
    korean, english, hangup = verbs(WRITE.unknown_number())
    assert [korean.get("language"), english.get("language"), hangup.tag] == ["ko-KR", "en-US", "Hangup"]


@settings(deadline=None)
@given(st.text(max_size=300))
def test_any_text_gives_a_document(text):
    """No reply breaks the XML, and what is said survives."""
    gather = verbs(WRITE.turn(Reply(text, uninterruptible=True), DOORS, 1, None, (text,)))[-2]
    assert [say.text for say in gather] in ([], [sentences(text)[-1]] if sentences(text) else [])


@settings(deadline=None)
@given(st.text(max_size=500))
def test_sentences_are_the_whole_text(text):
    """Cutting loses nothing and leaves no empty piece."""
    assert "".join("".join(sentences(text)).split()) == "".join(speakable(text).split())
    assert all(sentences(text))


@pytest.mark.parametrize(
    "pieces",
    [
        ["안녕하세요.", "하늘식당입니다.", "무엇을 도와드릴까요?"],
        ["갈비탕은 12.5점, 만 이천 원입니다."],
        ["토요일 저녁 일곱 시 네 분,", "성함은 김민수 님,", "번호는 공일공 공공공공 일이삼사,", "이렇게 예약할까요?"],
        ["Seven o'clock."],
        [],
    ],
)
def test_sentences_are_cut_where_a_speaker_breathes(pieces):
    """At sentence ends, and at commas where a sentence is long; never inside a number."""
    assert sentences(" ".join(pieces)) == pieces


@pytest.mark.parametrize(
    ("sent", "number"),
    [
        ("+821000001234", "01000001234"), ("+8201000001234", "01000001234"), ("+8225550001", "025550001"),
        ("+14158675310", "+14158675310"), ("01000001234", "01000001234"), ("anonymous", ""), ("client:bob", ""),
        ("+anonymous", ""), ("", ""), ("+266696687", ""), ("sip:anonymous@anonymous.invalid", ""), ("sip:bob@pbx", ""),
        ("sip:+821000001234@10.0.0.1:5060;transport=udp", "01000001234"), ("<sip:01000001234@pbx>", "01000001234"),
        ("sips:821000001234@carrier.example", "01000001234"), ("sip:+266696687@carrier.example", ""),
        ("+8215880000", "15880000"), ("15880000", "15880000"), ("0215880000", "0215880000"), ("1234", ""),
        ("00821000001234", ""), ("+7378742833", ""), ("+266221234", "+266221234"),
        ("٠١٠٠٠٠٠١٢٣٤", ""),
    ],
)  # fmt: skip
def test_callers_numbers(sent, number):
    """Korean numbers as dialled at home, foreign ones in E.164, withheld ones empty; from SIP lines too."""
    assert caller_number(sent) == number


@pytest.mark.parametrize(
    ("sent", "number"),
    [
        ("+82255500001", "+82255500001"), ("0255500001", "+82255500001"), ("client:shop", ""), ("", ""),
        ("sip:+82255500001@shop.sip.twilio.com", "+82255500001"), ("sip:0255500001@10.0.0.1", "+82255500001"),
        ("+820255500001", "+82255500001"), ("sip:15880000@10.0.0.1", "+8215880000"), ("+14158675310", "+14158675310"),
    ],
)  # fmt: skip
def test_called_numbers(sent, number):
    """However a line writes the number that was dialled, it is the one in the shop's file."""
    assert called_number(sent) == number
