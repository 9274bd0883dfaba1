"""The owner listens to a call on its page; nobody else does."""

import html
import re
import wave
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from io import BytesIO

import pytest
from fastapi.testclient import TestClient

from assistant.call import Turn
from assistant.call_log import SqliteCallLog
from assistant.call_log.recordings import Recordings
from assistant.owner.sound import sound_of
from assistant.shop import RecordingRules, Shop
from tests.owner.conftest import PASSWORD, PASSWORD_HASH, Visitor
from tests.owner.sample_day import HANEUL

CALL = "CA00000000000000000000000000000003"
PAGE = f"/owner/haneul/calls/{CALL}"
SOUND = f"{PAGE}/recording.wav"
BLOCK = bytes(range(200)) * 400


@pytest.fixture
def recording(kept: Mapping[str, Recordings]) -> bytes:
    """A recording of one call; what its file holds."""
    path = kept["haneul"].begin(CALL, date(2026, 11, 28))
    kept["haneul"].append(path, BLOCK, BLOCK)
    return path.read_bytes()


def text(browser: TestClient, path: str) -> str:
    page = browser.get(path)
    assert page.status_code == 200
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page.text)).split())


def test_the_owner_listens_to_a_call(browser: TestClient, recording: bytes) -> None:
    """The page of a recorded call has a player, and says who is where and when it goes."""
    page = browser.get(PAGE).text
    assert f'<audio controls preload="metadata" src="{SOUND}">' in page
    assert "왼쪽은 손님, 오른쪽은 AI예요. 12월 13일 (일)에 저절로 지워져요." in text(browser, PAGE)
    answer = browser.get(SOUND)
    assert answer.content == recording
    assert answer.headers["content-type"] == "audio/wav"
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["cross-origin-resource-policy"] == "same-origin"
    with wave.open(BytesIO(answer.content)) as file:
        assert file.getnchannels() == 2


def test_a_player_asks_for_parts(browser: TestClient, recording: bytes) -> None:
    """Browsers seek by ranges; one that lies behind the end is refused."""
    part = browser.get(SOUND, headers={"Range": "bytes=100-199"})
    assert (part.status_code, part.content) == (206, recording[100:200])
    assert part.headers["content-range"] == f"bytes 100-199/{len(recording)}"
    assert browser.get(SOUND, headers={"Range": "bytes=-44"}).content == recording[-44:]
    assert browser.get(SOUND, headers={"Range": f"bytes={len(recording)}-"}).status_code == 416


def test_other_calls_have_no_player(browser: TestClient, recording: bytes) -> None:
    """A call without a recording shows none, and has none at its address."""
    other = PAGE.replace("003", "008")
    assert "<audio" not in browser.get(other).text
    assert browser.get(f"{other}/recording.wav").status_code == 404
    assert browser.get("/owner/sarang/calls/" + CALL + "/recording.wav").status_code == 404
    assert browser.get("/owner/haneul/calls/..%2F..%2Fetc/recording.wav").status_code == 404
    assert recording


def test_nobody_listens_without_the_password(visit: Visitor, recording: bytes) -> None:
    """The sound lies behind the same door as the page."""
    stranger = visit(PASSWORD_HASH, required=True)
    answer = stranger.get(SOUND, follow_redirects=False)
    assert answer.status_code == 303
    assert "/owner/-/login" in answer.headers["location"]
    token = re.findall(r'name="token" value="([^"]*)"', stranger.get("/owner/-/login").text)[0]
    stranger.post("/owner/-/login", data={"password": PASSWORD, "token": token})
    assert stranger.get(SOUND).content == recording


def test_no_other_host_name_opens_the_sound(visit: Visitor, recording: bytes) -> None:
    """Without a password only this very machine hears it."""
    assert visit(host="evil.example").get(SOUND).status_code == 403
    assert recording


def test_the_owner_deletes_a_recording(browser: TestClient, kept: Mapping[str, Recordings], recording: bytes) -> None:
    """A button deletes the sound before its time; only a form of our own page can press it."""
    assert browser.post(f"{PAGE}/recording", data={"token": "forged"}).status_code == 403
    assert kept["haneul"].of(CALL) is not None
    token = re.findall(r'name="token" value="([^"]*)"', browser.get(PAGE).text)[0]
    answer = browser.post(f"{PAGE}/recording", data={"token": token})
    assert answer.status_code == 200
    assert "<audio" not in answer.text
    assert kept["haneul"].of(CALL) is None
    assert browser.post(f"{PAGE}/recording", data={"token": token}).status_code == 200
    assert recording


def test_a_refused_recording_is_not_played(
    shops: Mapping[str, tuple[Shop, SqliteCallLog]], kept: Mapping[str, Recordings], recording: bytes
) -> None:
    """Where the caller said no there is nothing to hear, even before a slow disk has let go of the file."""
    turns = shops["haneul"][1].turns_of(CALL)
    assert sound_of(HANEUL, kept["haneul"], CALL, turns).there
    refused = (*turns[:-1], _refused(turns[-1]))
    heard = sound_of(HANEUL, kept["haneul"], CALL, refused)
    assert (heard.there, heard.refused) == (False, True)
    assert recording


def _refused(turn: Turn) -> Turn:
    return replace(turn, state=replace(turn.state, recorded="refused"))


def test_the_shops_own_days_count(kept: Mapping[str, Recordings], recording: bytes) -> None:
    """The page says the day on which the sweep deletes the file."""
    monthly = replace(HANEUL, recording=RecordingRules(keep_days=30))
    assert sound_of(monthly, kept["haneul"], CALL, ()).until == date(2026, 12, 29)
    assert recording
