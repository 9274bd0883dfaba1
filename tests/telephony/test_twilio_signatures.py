"""Only Twilio gets in: signatures of webhooks and handshakes, and the one-time tokens of the media socket."""

import pytest
from starlette.datastructures import ImmutableMultiDict
from twilio.request_validator import RequestValidator

from assistant.telephony.signatures import Form, SignatureGuard, TwilioSettings
from assistant.telephony.tokens import LIFETIME_SECONDS, StreamTokens

TOKEN = "12345"
DOCUMENTED = [("CallSid", "CA1234567890ABCDE"), ("Caller", "+14158675310"), ("Digits", "1234"),
              ("From", "+14158675310"), ("To", "+18005551212")]  # fmt: skip
LIBRARY = [(name, value.replace("5310", "5309")) for name, value in DOCUMENTED]
DUPLICATES = [("Sid", "CA123"), ("SidAccount", "AC123"), ("Digits", "5678"), ("Digits", "1234"), ("Digits", "1234")]
KOREAN = [("CallSid", "CA1"), ("Confidence", "0.92"), ("SpeechResult", "내일 오후 세 시 예약이요")]


def guard(public_url="https://shop.example.com", tokens=(TOKEN,)):
    return SignatureGuard(TwilioSettings(public_url, tokens))


def form(pairs):
    return Form(ImmutableMultiDict(pairs))


@pytest.mark.parametrize(
    ("public_url", "path", "query", "pairs", "signature"),
    [
        ("https://example.com", "/myapp.php", "foo=1&bar=2", DOCUMENTED, "L/OH5YylLD5NRKLltdqwSvS0BnU="),
        ("https://mycompany.com", "/myapp.php", "foo=1&bar=2", LIBRARY, "RSOYDt4T1cUTdK1PDd93/VVr8B8="),
        ("https://mycompany.com", "/myapp.php", "foo=1&bar=2", LIBRARY, "kvajT1Ptam85bY51eRf/AJRuM3w="),
        ("http://mycompany.com", "/myapp.php", "foo=1&bar=2", LIBRARY, "0ZXoZLH/DfblKGATFgpif+LLRf4="),
        ("http://mycompany.com:1234", "/myapp.php", "foo=1&bar=2", LIBRARY, "Zmvh+3yNM1Phv2jhDCwEM3q5ebU="),
        ("https://shop.example.com", "/gather", "", KOREAN, "4efk9HnId/S3mOZSNQHp82O41rE="),
    ],
    ids=["documented", "library", "port 443", "port 80", "port 1234", "korean"],
)  # fmt: skip
def test_worked_examples_of_webhooks(public_url, path, query, pairs, signature):
    """Every worked example of Twilio's documentation and library is let in."""
    assert guard(public_url).passes_webhook(path, query, form(pairs), signature)


def test_repeated_parameters_count():
    """A name sent twice is signed with each of its values once."""
    mine, signature = guard("https://mycompany.com"), "IK+Dwps556ElfBT0I3Rgjkr1wJU="
    assert mine.passes_webhook("/myapp.php", "foo=1&bar=2", form(DUPLICATES), signature)
    assert not mine.passes_webhook("/myapp.php", "foo=1&bar=2", form(DUPLICATES[:3]), signature)


def test_a_json_body_is_signed_by_its_hash():
    """A JSON request carries the hash of its body in the query; another body is refused."""
    body = '{"property": "value", "boolean": true}'
    query = "foo=1&bar=2&bodySHA256=0a1ff7634d9ab3b95db5c9a2dfe9416e41502b283a80c7cf19632632f96e6620"
    mine = guard("https://mycompany.com")
    assert mine.passes_webhook("/myapp.php", query, body, "a9nBmqA0ju/hNViExpshrM61xv4=")
    assert not mine.passes_webhook("/myapp.php", query, body + " ", "a9nBmqA0ju/hNViExpshrM61xv4=")


@pytest.mark.parametrize("query", ["", "foo=1", "bodySHA256", "bodySHA256="])
def test_a_json_body_without_its_hash_is_refused(query):
    """Nobody vouches for such a body; it is refused and stumbled over by nobody."""
    assert not guard("https://mycompany.com").passes_webhook("/myapp.php", query, '{"a": 1}', "x")


@pytest.mark.parametrize("signature", ["7tT2ZUDa64tuOqa0ch+/W+O4VAo=", "P7wCEzY5s3OV1+vLoEJHsChGIv8="])
def test_worked_examples_of_handshakes(signature):
    """A socket's signature is over the wss address, with or without a slash at its end."""
    assert guard().passes_handshake("/media", "", signature)


@pytest.mark.parametrize("signature", [None, "", "7tT2ZUDa64tuOqa0ch+/W+O4VAo", "ä", "x" * 10_000])
def test_anything_else_is_refused(signature):
    """A missing, cut, foreign or huge signature is a plain no."""
    assert not guard().passes_handshake("/media", "", signature)
    assert not guard().passes_webhook("/gather", "", form(KOREAN), signature)


def test_a_changed_parameter_is_refused():
    """The signature covers every parameter."""
    assert not guard().passes_webhook("/gather", "", form(KOREAN[1:]), "4efk9HnId/S3mOZSNQHp82O41rE=")


def test_the_old_token_counts_during_a_rotation():
    """Both tokens are accepted, in any order."""
    rotating = guard(tokens=("new", TOKEN))
    assert rotating.passes_webhook("/gather", "", form(KOREAN), "4efk9HnId/S3mOZSNQHp82O41rE=")


@pytest.mark.parametrize("tokens", [(), ("",)])
def test_without_a_token_every_door_is_shut(tokens, caplog):
    """No auth token: even the signature an empty key would make is refused, and the log says why."""
    signature = RequestValidator("").compute_signature("https://shop.example.com/gather", form(KOREAN))
    assert not guard(tokens=tokens).passes_webhook("/gather", "", form(KOREAN), signature)
    assert "no auth token is configured" in caplog.text


@pytest.mark.parametrize("public_url", ["https://shop.example.com/", "https://me:secret@shop.example.com"])
def test_the_public_address_is_written_as_twilio_signs_it(public_url):
    """A trailing slash, a user and a password in the setting change nothing."""
    assert guard(public_url).passes_webhook("/gather", "", form(KOREAN), "4efk9HnId/S3mOZSNQHp82O41rE=")


class Now:
    """A clock set by hand."""

    def __init__(self):
        self.seconds = 1_000_000.5

    def __call__(self):
        return self.seconds


def test_a_stream_token_opens_once():
    """A token is redeemed once."""
    tokens = StreamTokens((TOKEN,), Now())
    token = tokens.issue("CA1")
    assert tokens.redeem("CA1", token)
    assert not tokens.redeem("CA1", token)


def test_a_stream_token_is_bound_to_its_call():
    """Another call's token opens nothing."""
    tokens = StreamTokens((TOKEN,), Now())
    assert not tokens.redeem("CA2", tokens.issue("CA1"))


def test_a_stream_token_ages():
    """Thirty seconds, and it is worth nothing."""
    now = Now()
    tokens = StreamTokens((TOKEN,), now)
    young, old = tokens.issue("CA1"), tokens.issue("CA2")
    now.seconds += LIFETIME_SECONDS
    assert tokens.redeem("CA1", young)
    now.seconds += 2
    assert not tokens.redeem("CA2", old)


def test_another_process_accepts_the_token():
    """Processes with the same auth token accept each other's; with the old one too, during a rotation."""
    now = Now()
    token = StreamTokens((TOKEN,), now).issue("CA1")
    assert StreamTokens(("new", TOKEN), now).redeem("CA1", token)
    assert not StreamTokens(("new",), now).redeem("CA1", token)


@pytest.mark.parametrize("token", ["", ".", "..", "1.2.3", "1000000.x." + "0" * 64, "\ud800", "가.나.다"])
def test_a_made_up_token_opens_nothing(token):
    """Garbage is refused without an error, also by a server that has no key."""
    assert not StreamTokens((TOKEN,), Now()).redeem("CA1", token)
    assert not StreamTokens((), Now()).redeem("CA1", StreamTokens((), Now()).issue("CA1"))
