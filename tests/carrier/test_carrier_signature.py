"""Signatures against Twilio's worked examples and Twilio's own library."""

import pytest
from twilio.request_validator import RequestValidator

from assistant.carrier.signature import sign, signed_form_of

FORM_1 = [
    ("CallSid", "CA1234567890ABCDE"),
    ("Caller", "+14158675310"),
    ("Digits", "1234"),
    ("From", "+14158675310"),
    ("To", "+18005551212"),
]
FORM_2 = [(name, value.replace("5310", "5309")) for name, value in FORM_1]
DUPLICATES = [("Sid", "CA123"), ("SidAccount", "AC123"), ("Digits", "5678"), ("Digits", "1234"), ("Digits", "1234")]
KOREAN = [("CallSid", "CA1"), ("Confidence", "0.92"), ("SpeechResult", "내일 오후 세 시 예약이요")]
MY = "mycompany.com"
BODY_SHA = "0a1ff7634d9ab3b95db5c9a2dfe9416e41502b283a80c7cf19632632f96e6620"


@pytest.mark.parametrize(
    ("url", "form", "expected"),
    [
        ("https://example.com/myapp.php?foo=1&bar=2", FORM_1, "L/OH5YylLD5NRKLltdqwSvS0BnU="),
        (f"https://{MY}/myapp.php?foo=1&bar=2", FORM_2, "RSOYDt4T1cUTdK1PDd93/VVr8B8="),
        (f"https://{MY}:443/myapp.php?foo=1&bar=2", FORM_2, "kvajT1Ptam85bY51eRf/AJRuM3w="),
        (f"http://{MY}:80/myapp.php?foo=1&bar=2", FORM_2, "0ZXoZLH/DfblKGATFgpif+LLRf4="),
        (f"http://{MY}:1234/myapp.php?foo=1&bar=2", FORM_2, "Zmvh+3yNM1Phv2jhDCwEM3q5ebU="),
        (f"https://{MY}/myapp.php?foo=1&bar=2", DUPLICATES, "IK+Dwps556ElfBT0I3Rgjkr1wJU="),
        (f"https://{MY}/myapp.php?foo=1&bar=2&bodySHA256={BODY_SHA}", [], "a9nBmqA0ju/hNViExpshrM61xv4="),
        ("wss://shop.example.com/media", [], "7tT2ZUDa64tuOqa0ch+/W+O4VAo="),
        ("wss://shop.example.com/media/", [], "P7wCEzY5s3OV1+vLoEJHsChGIv8="),
        ("https://shop.example.com/gather", KOREAN, "4efk9HnId/S3mOZSNQHp82O41rE="),
    ],
)
def test_worked_examples(url, form, expected):
    """Every worked example of telephony.md 1.10 comes out."""
    assert sign("12345", url, form) == expected


def test_twilios_library_agrees():
    """Empty values, blanks at the ends and names that differ only in case sign as Twilio's library signs them."""
    form = {"b": "", "B": " two ", "a": "셋", "aa": "+82"}
    url = "https://shop.example/voice?turn=3"
    assert sign("secret", url, form.items()) == RequestValidator("secret").compute_signature(url, form)


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://shop.example/voice#rc=2&rp=ct", "https://shop.example/voice"),
        ("https://me:secret@shop.example:8443/voice?x=1", "https://shop.example/voice?x=1"),
        ("http://shop.example:8080/voice/", "http://shop.example:8080/voice/"),
        ("wss://shop.example:443/media", "wss://shop.example/media"),
    ],
)
def test_what_of_an_address_is_signed(url, expected):
    """Fragment and login never count; the port only over http; a slash at the end stays."""
    assert signed_form_of(url) == expected
