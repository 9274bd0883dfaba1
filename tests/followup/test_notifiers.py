"""Every way of sending keeps the same contract: it sends once, and says truly what became of the note."""

import base64
import hashlib
import hmac
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import pytest

from assistant.followup.alert import AppriseAlerts
from assistant.followup.solapi import SolapiTexts
from assistant.followup.text_message import TwilioTexts
from assistant.followup.to_file import ToFile
from assistant.followup.webhook import Webhooks
from assistant.notes.signing import shown_key
from assistant.protocols import NotDelivered, Note, Notifier, PerhapsDelivered, Undeliverable
from tests.followup.fakes import ALERT, NOON, SHOP, TEXT, FarSide, far_side

ACCOUNT, TOKEN = "AC0123456789abcdef0123456789abcdef", "not-a-secret"
REGISTERED = {
    "groupInfo": {"count": {"total": 1, "registeredSuccess": 1, "registeredFailed": 0}},
    "failedMessageList": [],
}


@pytest.fixture
def side() -> Iterator[FarSide]:
    """The far side's server."""
    with far_side() as opened:
        yield opened


def twilio_at(url: str) -> TwilioTexts:
    """Twilio's own client, whose requests end at our server."""
    from twilio.http.http_client import TwilioHttpClient

    class Rerouted(TwilioHttpClient):
        def request(self, method: str, address: str, *rest: Any, **more: Any) -> Any:
            return super().request(method, address.replace("https://api.twilio.com", url), *rest, **more)

    return TwilioTexts(ACCOUNT, TOKEN, Rerouted(timeout=2.0))


def webhook(side_url: str) -> Note:
    content = {"event": "order.make", "language": "ko", "details": {"total": 45000, "name": "김민수"}}
    return Note("haneul-9", "webhook", f"{side_url}/till", content, NOON, "CA1", 5)


@dataclass
class Way:
    """One way of sending, against a far side."""

    name: str
    make: Callable[[str], Notifier]
    note: Callable[[str], Note]
    fine: Any
    refused: tuple[int, Any]


WAYS = [
    Way("twilio", twilio_at, lambda url: TEXT, {"sid": "SM1"}, (400, {"code": 21614, "message": "not a mobile"})),
    Way(
        "solapi", lambda url: SolapiTexts("NCS0", "secret", url, lambda: NOON), lambda url: TEXT, REGISTERED,
        (400, {"errorCode": "ValidationError", "errorMessage": "발신번호 미등록"}),
    ),
    Way("webhook", lambda url: Webhooks(lambda shop: "secret", lambda: NOON), webhook, {}, (410, {})),
]  # fmt: skip
every_way = pytest.mark.parametrize("way", WAYS, ids=lambda way: way.name)


@every_way
def test_a_note_arrives_once(way: Way, side: FarSide) -> None:
    """One note is one request."""
    side.answer, side.status = way.fine, 201
    way.make(side.url).notify(SHOP, way.note(side.url))
    assert len(side.received) == 1


@every_way
def test_nobody_there_is_told_apart(way: Way) -> None:
    """Without a server nothing went out: it will be tried again."""
    with far_side() as gone:
        url = gone.url
    with pytest.raises(NotDelivered):
        way.make(url).notify(SHOP, way.note(url))


@every_way
@pytest.mark.parametrize("status", [401, 429, 503])
def test_what_can_be_put_right_is_tried_again(way: Way, side: FarSide, status: int) -> None:
    """A wrong key or a busy gateway took nothing."""
    side.status, side.answer = status, {"code": 20003, "message": "Authenticate"}
    with pytest.raises(NotDelivered):
        way.make(side.url).notify(SHOP, way.note(side.url))


@every_way
def test_a_refusal_is_final(way: Way, side: FarSide) -> None:
    """What will never be taken is not tried again; the reason is told."""
    side.status, side.answer = way.refused
    with pytest.raises(Undeliverable, match=re.escape(str(side.status))):
        way.make(side.url).notify(SHOP, way.note(side.url))


@every_way
@pytest.mark.parametrize("status", [500, 0])
def test_no_answer_is_no_no(way: Way, side: FarSide, status: int) -> None:
    """A server that breaks down in the middle may have sent the note: only what can be known twice is sent again."""
    side.status = status
    notifier = way.make(side.url)
    with pytest.raises((NotDelivered, PerhapsDelivered)) as raised:
        notifier.notify(SHOP, way.note(side.url))
    assert notifier.repeatable or isinstance(raised.value, PerhapsDelivered)


def test_twilio_gets_what_it_documents(side: FarSide) -> None:
    """From the registered sender, to the number as the world dials it, with the account's key."""
    side.answer, side.status = {"sid": "SM1"}, 201
    twilio_at(side.url).notify(SHOP, TEXT)
    (sent,) = side.received
    assert sent.path == f"/2010-04-01/Accounts/{ACCOUNT}/Messages.json"
    form = {name: values[0] for name, values in parse_qs(sent.body.decode()).items()}
    assert form == {"To": "+821000001234", "From": "+82255500009", "Body": "[하늘식당] 예약되었습니다."}
    assert base64.b64decode(sent.headers["authorization"].removeprefix("Basic ")).decode() == f"{ACCOUNT}:{TOKEN}"


def test_solapi_gets_what_it_documents(side: FarSide) -> None:
    """Signed by HMAC-SHA256 over date and salt; numbers as dialled at home, a foreign one by its country."""
    side.answer = REGISTERED
    texts = SolapiTexts("NCS0", "secret", side.url, lambda: NOON)
    texts.notify(SHOP, TEXT)
    texts.notify(SHOP, replace(TEXT, recipient="+12025550123", content={"text": "Booked"}))
    first, second = side.received
    assert first.path == "/messages/v4/send-many/detail"
    assert first.json["messages"] == [
        {"to": "01000001234", "from": "0255500009", "text": "[하늘식당] 예약되었습니다.", "type": "SMS",
         "customFields": {"note": "haneul-7"}}
    ]  # fmt: skip
    assert second.json["messages"][0] | {"customFields": {}} == {
        "to": "2025550123", "country": "1", "from": "0255500009", "text": "Booked", "customFields": {},
    }  # fmt: skip
    given = re.fullmatch(
        r"HMAC-SHA256 apiKey=NCS0, date=(\S+), salt=(\w{12,64}), signature=(\w+)", first.headers["authorization"]
    )
    assert given
    assert given[1] == "2026-11-25T03:00:00Z"
    assert given[3] == hmac.new(b"secret", f"{given[1]}{given[2]}".encode(), hashlib.sha256).hexdigest()
    assert given[2] not in second.headers["authorization"]  # a signature counts once in 15 minutes


@pytest.mark.parametrize(
    ("status", "answer", "error"),
    [
        (
            200,
            {"failedMessageList": [{"statusCode": "1062", "statusMessage": "발신번호 미등록"}], "groupInfo": {}},
            Undeliverable,
        ),
        (400, {"errorCode": "NotEnoughBalance", "errorMessage": "잔액 부족"}, NotDelivered),
        (200, ["what?"], PerhapsDelivered),
    ],
)
def test_solapis_own_refusals(side: FarSide, status: int, answer: Any, error: type[Exception]) -> None:
    """A refused number is final, an empty account is filled some day."""
    side.status, side.answer = status, answer
    with pytest.raises(error):
        SolapiTexts("NCS0", "secret", side.url).notify(SHOP, TEXT)


def test_a_webhook_can_be_checked_by_its_receiver(side: FarSide) -> None:
    """As Standard Webhooks describes it: the receiver computes the same signature with the key the owner gave it."""
    Webhooks(lambda shop: "secret", lambda: NOON).notify(SHOP, webhook(side.url))
    (sent,) = side.received
    key = base64.b64decode(shown_key("secret").removeprefix("whsec_"))
    signed = f"{sent.headers['webhook-id']}.{sent.headers['webhook-timestamp']}.".encode() + sent.body
    wanted = base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
    assert sent.headers["webhook-signature"] == f"v1,{wanted}"
    assert sent.headers["webhook-timestamp"] == str(int(NOON.timestamp()))
    assert sent.json == {
        "id": "haneul-9", "type": "order.make", "timestamp": NOON.isoformat(), "shop": "haneul", "call": "CA1",
        "language": "ko", "data": {"total": 45000, "name": "김민수", "id": 5},
    }  # fmt: skip


def test_a_webhook_that_fails_is_tried_again(side: FarSide) -> None:
    """Somebody mends their program or follows no redirect: only 410 is meant for good."""
    for status in (301, 400, 404, 500):
        side.status = status
        with pytest.raises(NotDelivered):
            Webhooks(lambda shop: "secret").notify(SHOP, webhook(side.url))


def test_a_file_holds_what_would_go_out(tmp_path: Path) -> None:
    """One line for each note; a folder that is gone is a note that is not delivered."""
    ToFile(tmp_path).notify(SHOP, TEXT)
    ToFile(tmp_path).notify(SHOP, ALERT)
    lines = (tmp_path / "haneul.outbox.jsonl").read_text(encoding="utf-8").splitlines()
    assert [json.loads(line)["id"] for line in lines] == ["haneul-7", "haneul-8"]
    assert json.loads(lines[0])["content"]["text"] == "[하늘식당] 예약되었습니다."
    with pytest.raises(NotDelivered):
        ToFile(tmp_path / "gone").notify(SHOP, TEXT)


def test_an_alert_reaches_the_owner(side: FarSide) -> None:
    """By every address that takes it; when none does, it is tried again."""
    pytest.importorskip("apprise", reason='the extra: pip install "yeoboseyo[alerts]"')
    address = side.url.replace("http", "json")
    AppriseAlerts(lambda shop: (address, "nonsense")).notify(SHOP, ALERT)
    (sent,) = side.received
    assert (sent.json["title"], sent.json["message"]) == ("예약", "예약: 4명\n할 일은 없습니다.")
    side.status = 500
    with pytest.raises(NotDelivered):
        AppriseAlerts(lambda shop: (address,)).notify(SHOP, ALERT)
