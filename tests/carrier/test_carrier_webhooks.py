"""How the carrier asks a server: what it sends, how long it waits, when it asks again, what it does without answer."""

import asyncio

import pytest
from fastapi import Response
from twilio.request_validator import RequestValidator

from assistant.carrier import Faults, Network, NetworkSettings, ScriptedCaller
from assistant.carrier.webhooks import Overrides, overrides_of

CALLER = "+821000001234"
SHOP = "+8225550001"
EMPTY = "<Response/>"


async def ring(network, **faults):
    """A call of somebody who says nothing."""
    return await network.call(from_=CALLER, to=SHOP, caller=ScriptedCaller([]), faults=Faults(**faults))


async def test_first_webhook_has_everything_twilio_sends(server, network):
    """The incoming call's webhook carries the standard parameters, the legacy ones, and Twilio's headers."""
    server.pages["/twilio/voice"] = EMPTY
    record = await network().call(from_=CALLER, to=SHOP, caller=ScriptedCaller([]), forwarded_from="+8225550002")
    (asked,) = server.asked
    sent = dict(asked.form)
    expected = {
        "CallSid": record.sid,
        "AccountSid": "AC" + "0" * 32,
        "From": CALLER,
        "To": SHOP,
        "Caller": CALLER,
        "Called": SHOP,
        "CallStatus": "ringing",
        "ApiVersion": "2010-04-01",
        "Direction": "inbound",
        "ForwardedFrom": "+8225550002",
        "FromCountry": "KR",
        "CalledCity": "",
    }
    assert sent | expected == sent
    assert len(record.sid) == 34
    assert record.sid.startswith("CA")
    assert asked.method == "POST"
    assert asked.headers["content-type"] == "application/x-www-form-urlencoded; charset=UTF-8"
    assert asked.headers["host"] == "shop.example"
    assert asked.headers["i-twilio-idempotency-token"]


async def test_withheld_number_has_no_country(server, network):
    """A caller who withholds the number is sent as the word carriers use."""
    server.pages["/twilio/voice"] = EMPTY
    await network().call(from_="anonymous", to=SHOP, caller=ScriptedCaller([]))
    assert (server.asked[0]["From"], server.asked[0]["FromCountry"]) == ("anonymous", "")


async def test_bad_signature_is_bad(server, network):
    """With the fault switched on Twilio's validator refuses the request, and without a signature there is no header."""
    server.pages["/twilio/voice"] = EMPTY
    await ring(network(), bad_signature=True)
    await ring(network(), missing_signature=True)
    bad, missing = server.asked
    signature = bad.headers["x-twilio-signature"]
    assert not RequestValidator("12345").validate("https://shop.example/twilio/voice", dict(bad.form), signature)
    assert "x-twilio-signature" not in missing.headers


async def test_cookies_last_for_one_call(server, network):
    """A cookie comes back on the same call's next request and on no other call's."""

    def first(asked):
        return Response(
            "<Response><Redirect>/next</Redirect></Response>",
            media_type="text/xml",
            headers={"Set-Cookie": "seat=7; Path=/"},
        )

    server.pages |= {"/twilio/voice": first, "/next": EMPTY}
    calls = network()
    await ring(calls)
    await ring(calls)
    assert [asked.headers.get("cookie") for asked in server.asked] == [None, "seat=7", None, "seat=7"]


async def test_redirects_lose_the_form(server, network):
    """A 302 becomes a GET without parameters; a 307 keeps the form."""
    server.pages |= {
        "/twilio/voice": Response(status_code=302, headers={"Location": "/second"}),
        "/second": "<Response><Redirect>/third</Redirect></Response>",
        "/third": Response(status_code=307, headers={"Location": "/fourth"}),
        "/fourth": EMPTY,
    }
    record = await ring(network())
    second, fourth = server.asked_at("/second")[0], server.asked_at("/fourth")[0]
    assert (second.method, second.form) == ("GET", [])
    assert (fourth.method, fourth["CallSid"]) == ("POST", record.sid)


async def test_circle_of_http_redirects_ends(server, network):
    """After ten redirects the request has failed with 11215."""
    server.pages["/twilio/voice"] = Response(status_code=307, headers={"Location": "/twilio/voice"})
    record = await ring(network())
    assert record.warnings == (11215,)
    assert len(server.asked) == 11


async def test_circle_of_twiml_redirects_ends(server, network):
    """A document that redirects to itself for ever is given up."""
    server.pages["/twilio/voice"] = "<Response><Redirect/></Response>"
    record = await ring(network())
    assert (record.ended_by, record.warnings) == ("error", (11215,))


async def test_server_error_goes_to_the_fallback(server, network):
    """A 500 is not asked again by default; the fallback is told what failed."""
    server.pages |= {
        "/twilio/voice": Response(status_code=500),
        "/fallback": "<Response><Say>One moment.</Say></Response>",
    }
    record = await ring(network(fallback_url="/fallback"))
    asked = server.asked_at("/fallback")[0]
    assert len(server.asked_at("/twilio/voice")) == 1
    assert (asked["ErrorCode"], asked["ErrorUrl"]) == ("11200", "https://shop.example/twilio/voice")
    assert [said.text for said in record.said] == ["One moment."]
    assert record.ended_by == "assistant"


async def test_server_error_is_asked_again_if_the_address_says_so(server, network):
    """`#rc=2&rp=5xx` asks three times, with one idempotency token, and the fragment is not signed."""
    answers = iter([Response(status_code=503), Response(status_code=503), EMPTY])
    server.pages["/twilio/voice"] = lambda asked: next(answers)
    record = await ring(network(voice_url="/twilio/voice#rc=2&rp=5xx"))
    assert record.warnings == ()
    assert len(server.asked) == 3
    assert len({asked.headers["i-twilio-idempotency-token"] for asked in server.asked}) == 1
    for asked in server.asked:
        url, signature = "https://shop.example/twilio/voice", asked.headers["x-twilio-signature"]
        assert RequestValidator("12345").validate(url, dict(asked.form), signature)


async def test_unreachable_server_is_asked_twice(network):
    """A refused connection is tried once more, then the caller hears that there was an error."""
    record = await ring(network(local_url="http://127.0.0.1:9"))
    assert record.warnings == (11205,)
    assert len(record.of_kind("webhook_sent")) == 2
    assert (record.ended_by, record.status) == ("error", "completed")
    assert record.said[0].text.endswith("an application error has occurred. Goodbye.")


async def test_slow_server_is_not_waited_for(server, network):
    """An answer later than the read timeout has failed, and is not asked for again."""

    async def slow(asked):
        await asyncio.sleep(0.5)
        return EMPTY

    server.pages["/twilio/voice"] = slow
    record = await ring(network(voice_url="/twilio/voice#rt=100"))
    assert record.warnings == (11200,)
    assert len(server.asked) == 1


async def test_unknown_host_is_not_contacted(server, network):
    """An address that leads to no server on this machine is an error, and nothing leaves the machine."""
    server.pages["/twilio/voice"] = "<Response><Redirect>https://elsewhere.example/</Redirect></Response>"
    record = await ring(network())
    assert record.warnings == (11210,)


def test_network_to_another_machine_is_refused():
    """Settings that route calls away from this machine are refused, naming the server."""
    with pytest.raises(ValueError, match=r"http://203\.0\.113\.5.*not this machine"):
        Network(NetworkSettings("https://shop.example", "http://203.0.113.5", "12345"))


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        (Response("<Response/>", media_type="application/json"), 12300),
        (Response("<Response/>"), 12300),
        (Response("<Response>", media_type="text/xml"), 12100),
        (Response("<html/>", media_type="text/html"), 12100),
        (Response("<Response><Fax/></Response>", media_type="text/xml"), 12200),
        (Response("<Response>" + " " * 65536 + "</Response>", media_type="text/xml"), 11750),
    ],
)
async def test_unusable_answers(server, network, answer, code):
    """A wrong content type, broken XML, another document, an unknown verb and too long a body have Twilio's numbers."""
    server.pages["/twilio/voice"] = answer
    assert (await ring(network())).warnings == (code,)


async def test_plain_text_is_read_aloud(server, network):
    """text/plain that is no TwiML is read to the caller."""
    server.pages["/twilio/voice"] = Response("We are closed today.", media_type="text/plain")
    record = await ring(network())
    assert [said.text for said in record.said] == ["We are closed today."]


async def test_duplicate_delivery(server, network):
    """Every webhook arrives three times with one token, and the call goes on once."""
    server.pages |= {"/twilio/voice": "<Response><Redirect>/next</Redirect></Response>", "/next": EMPTY}
    record = await ring(network(), webhook_copies=3)
    tokens = [asked.headers["i-twilio-idempotency-token"] for asked in server.asked]
    assert len(tokens) == 6
    assert len(set(tokens)) == 2
    assert record.ended_by == "assistant"


async def test_get_sends_the_parameters_in_the_address(server, network):
    """With method GET the parameters are in the query, and that address is what is signed."""
    server.pages |= {
        "/twilio/voice": '<Response><Redirect method="GET">/next?x=1</Redirect></Response>',
        "/next": EMPTY,
    }
    await ring(network())
    (asked,) = server.asked_at("/next")
    assert asked.method == "GET"
    assert asked.query.startswith("x=1&CallSid=CA")
    url = f"https://shop.example/next?{asked.query}"
    assert RequestValidator("12345").validate(url, {}, asked.headers["x-twilio-signature"])


async def test_login_in_the_address(server, network):
    """A login in the configured address is sent as basic authorization and not signed."""
    server.pages["/twilio/voice"] = EMPTY
    await ring(network(voice_url="https://me:secret@shop.example/twilio/voice"))
    (asked,) = server.asked
    assert asked.headers["authorization"] == "Basic bWU6c2VjcmV0"
    signature = asked.headers["x-twilio-signature"]
    assert RequestValidator("12345").validate("https://shop.example/twilio/voice", dict(asked.form), signature)


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://h/v", Overrides()),
        (
            "https://h/v#ct=2000&rt=5000&tt=9000&rc=3&rp=ct,5xx",
            Overrides(2000, 5000, 9000, 3, frozenset({"ct", "5xx"})),
        ),
        ("https://h/v#ct=20&rt=99999&rc=9&rp=sometimes", Overrides()),
        ("https://h/v#ct=soon", Overrides()),
    ],
)
def test_overrides(url, expected):
    """Time limits are read from the fragment; what is out of Twilio's range does not count."""
    assert overrides_of(url) == expected
