"""What `assistant check` says about a configuration on a machine, and its exit code."""

import json
import socket
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from assistant.check import Finding, Machine, as_json, exit_code, findings, look_at, run_check
from assistant.check.messages import CHECK_MESSAGES
from assistant.config import (
    FollowupSettings,
    HearingSettings,
    Loaded,
    Mistake,
    OwnerSettings,
    ServerSettings,
    Settings,
    SpeakingSettings,
    TwilioSettings,
    load,
)
from assistant.opening_hours import DayHours, OpeningHours
from assistant.shop import Faq, MenuItem, Shop
from assistant.shop_rules import Owner, RecordingRules

SHOP = Shop(
    "haneul",
    "하늘식당",
    OpeningHours((DayHours(660, 1260),) * 7),
    names={"en": "Haneul"},
    numbers=("+82255500001",),
    transfer_to="+821000000001",
)
GOOD = Machine(
    packages=frozenset(("whisper", "faster_whisper", "transformers", "twilio", "espeakng_loader", "onnxruntime")),
    hearing_megabytes=461.0,
    voice_activity_present=True,
    understanding_present=True,
    voices=("Annie", "f3", "m1"),
    free_megabytes=50_000,
    memory_megabytes=16_000,
    now=datetime(2026, 11, 25, 4, 0, tzinfo=UTC),
)
READY = Settings(
    server=ServerSettings(public_url="https://phone.example.com"),
    twilio=TwilioSettings(auth_tokens=("token",)),
)


def loaded(settings: Settings = READY, *shops: Shop, mistakes: tuple[Mistake, ...] = ()) -> Loaded:
    return Loaded(settings, {shop.id: shop for shop in shops or (SHOP,)}, mistakes)


def kinds(found: list[Finding], level: str) -> list[str]:
    return [each.kind for each in found if each.level == level]


def test_a_machine_that_is_ready() -> None:
    """Nothing but good news, and exit code 0."""
    found = findings(loaded(), GOOD, "en")
    assert {each.level for each in found} == {"ok"}
    assert exit_code(found) == 0
    about = ["config", "hearing", "understanding", "speaking", "twilio", "followups", "server", "data", "clock"]
    assert [each.about for each in found] == about


def test_twilio_without_a_token() -> None:
    """Without an auth token the doors answer 403, and the finding says why and what to do."""
    settings = replace(READY, twilio=TwilioSettings())
    error = next(each for each in findings(loaded(settings), GOOD, "en") if each.level == "error")
    assert error.kind == "twilio_no_token"
    assert "403" in error.text
    assert "TWILIO_AUTH_TOKEN" in error.next_step
    korean = next(each for each in findings(loaded(settings), GOOD, "ko") if each.level == "error")
    assert "403" in korean.text
    assert "TWILIO_AUTH_TOKEN" in korean.next_step


def test_what_goes_out_after_a_call_is_told() -> None:
    """Which ways are on; a way that cannot work is an error, with what to do."""
    off = next(each for each in findings(loaded(), GOOD, "en") if each.about == "followups")
    assert off.kind == "followups_off"
    ways = FollowupSettings(texts="twilio", alerts="apprise", webhooks="http")
    found = [each for each in findings(loaded(replace(READY, followups=ways)), GOOD, "en") if each.about == "followups"]
    assert [(each.level, each.kind) for each in found] == [("error", "package_missing"), ("ok", "followups_on")]
    assert "yeoboseyo[alerts]" in found[0].next_step
    assert "texts: twilio, alerts: apprise, webhooks: http" in found[1].text
    no_token = replace(READY, twilio=TwilioSettings(), followups=ways)
    assert "texts_no_token" in kinds(findings(loaded(no_token), GOOD, "ko"), "error")


def test_what_cannot_be_recorded_is_told() -> None:
    """Where Twilio hears the calls no sound comes here; a shop that wants recordings is told, the others are not."""
    gather = replace(READY, twilio=replace(READY.twilio, mode="gather"))
    records = replace(SHOP, recording=RecordingRules())
    assert kinds(findings(loaded(gather, records), GOOD, "en"), "warning") == ["not_recorded"]
    assert not kinds(findings(loaded(READY, records), GOOD, "ko"), "warning")
    assert not kinds(findings(loaded(gather), GOOD, "ko"), "warning")


def test_twilio_addresses_are_given() -> None:
    """What to put into Twilio's Console is printed with the shop's own address."""
    ready = next(each for each in findings(loaded(), GOOD, "en") if each.kind == "twilio_ready")
    for door in ("voice", "fallback", "status"):
        assert f"https://phone.example.com/twilio/{door}" in ready.next_step


HUB = replace(READY, hearing=HearingSettings("faster-whisper", "someone/whisper-ko"))
HEARING = replace(READY, hearing=HearingSettings(model="/models/demo.pt"))


@pytest.mark.parametrize(
    ("settings", "machine", "level", "kind"),
    [
        (Settings(), GOOD, "warning", "twilio_unused"),
        (replace(READY, server=ServerSettings()), GOOD, "error", "twilio_no_url"),
        (READY, replace(GOOD, hearing_megabytes=None), "warning", "hearing_to_download"),
        (HUB, replace(GOOD, hearing_megabytes=None), "warning", "hearing_to_download"),
        (HEARING, replace(GOOD, hearing_megabytes=None), "warning", "hearing_missing"),
        (HEARING, GOOD, "warning", "hearing_demo"),
        (READY, replace(GOOD, packages=GOOD.packages - {"whisper"}), "error", "package_missing"),
        (replace(READY, hearing=HearingSettings("twilio")), Machine(), "ok", "hearing_by_twilio"),
        (replace(READY, hearing=HearingSettings(model="large", workers=4)), GOOD, "warning", "memory_short"),
        (replace(READY, hearing=HearingSettings(device="cuda")), GOOD, "error", "no_gpu"),
        (READY, replace(GOOD, voice_activity_present=False), "error", "voice_activity_missing"),
        (READY, replace(GOOD, understanding_present=False), "warning", "understanding_missing"),
        (replace(READY, speaking=SpeakingSettings(voice="x9")), GOOD, "error", "voice_missing"),
        (READY, replace(GOOD, packages=GOOD.packages - {"espeakng_loader"}), "error", "package_missing"),
        (READY, replace(GOOD, port_problem="Address already in use"), "warning", "port_taken"),
        (READY, replace(GOOD, data_problem="permission denied"), "error", "data_not_writable"),
        (READY, replace(GOOD, free_megabytes=150), "error", "disk_full"),
        (READY, replace(GOOD, free_megabytes=900), "warning", "disk_low"),
        (READY, replace(GOOD, now=datetime(1970, 1, 1, tzinfo=UTC)), "error", "clock_wrong"),
        (READY, replace(GOOD, now=datetime(2032, 1, 1, tzinfo=UTC)), "warning", "holidays_end"),
        (replace(READY, server=ServerSettings(host="0.0.0.0")), GOOD, "error", "page_open_to_all"),
    ],
)  # fmt: skip
def test_what_is_missing(settings: Settings, machine: Machine, level: str, kind: str) -> None:
    """Whatever is missing is found, at the right level, in both languages; an error makes the exit code 1."""
    for language in ("ko", "en"):
        found = findings(loaded(settings), machine, language)
        assert kind in kinds(found, level)
        assert exit_code(found) == bool(kinds(found, "error"))


def test_a_password_closes_the_page() -> None:
    """Listening for others is fine with a password."""
    settings = replace(READY, server=replace(READY.server, host="0.0.0.0"), owner=OwnerSettings("sesame"))
    assert kinds(findings(loaded(settings), GOOD, "en"), "error") == []


def test_mistakes_come_first() -> None:
    """Every mistake of the configuration is an error with its place, in the configuration's own language."""
    mistake = Mistake("not_a_list", "menu", file="shops/a.yaml", line=3, column=7)
    settings = replace(READY, language="en")
    found = findings(replace(loaded(settings, mistakes=(mistake,)), shop_files={"/x/shops/a.yaml": None}), GOOD)
    assert found[0].level == "error"
    assert found[0].about == "shops/a.yaml:3:7"
    assert found[0].text == "menu: this must be a list: begin each line with '- ', or write [a, b]."
    assert found[1].text == "a.yaml: this shop's calls cannot be answered until it is corrected."
    assert exit_code(found) == 1


def test_no_shop_at_all() -> None:
    """Without a shop there is nothing to answer for."""
    assert kinds(findings(Loaded(READY, {}), GOOD, "en"), "error") == ["no_shop"]


def test_a_configuration_that_cannot_be_used_hides_nothing_else() -> None:
    """Where config.yaml cannot be read, its mistakes are all there is to say: defaults are nobody's settings."""
    unread = Loaded(Settings(), {}, (Mistake("no_file", file="config.yaml"),), settings_are_whole=False)
    assert {each.level for each in findings(unread, GOOD, "en")} == {"error"}


def test_what_a_shop_lacks() -> None:
    """An unreachable owner, or one without a PIN, unknown allergens, missing texts and numbers are warnings."""
    shop = replace(
        SHOP,
        transfer_to="",
        numbers=(),
        menu=tuple(MenuItem(f"국{number}", 1, {"en": "soup"}) for number in range(7)),
        faqs=(Faq("wifi", ("와이파이?",), {"ko": "네"}), Faq("pets", ("개?",), {"ko": "네", "en": "Yes"})),
        address={"ko": "서울"},
        owner=Owner(("01000000001",)),
    )
    found = {each.kind: each.text for each in findings(loaded(READY, shop), GOOD, "en") if each.level == "warning"}
    assert found == {
        "no_number": "하늘식당: it has no number, so no call reaches it.",
        "nobody_to_reach": "하늘식당: there is no number (transfer_to) for callers who want a person.",
        "no_pin": "하늘식당: the owner has no PIN, so no order to close or to block is taken by telephone.",
        "allergens_unknown": "하늘식당: allergens are not given for 7 dishes: 국0, 국1, 국2, 국3, 국4 …",
        "untranslated": "하늘식당: 2 texts are missing in en: faq.wifi, address",
    }


def test_messages_have_both_languages() -> None:
    """Every sentence exists in Korean and English, and says the same things."""
    for kind, said in CHECK_MESSAGES.items():
        assert set(said) == {"ko", "en"}, kind
        assert [bool(text) for text in said["ko"]] == [bool(text) for text in said["en"]], kind


def test_json_for_programs() -> None:
    """The same findings as one JSON object."""
    result = json.loads(as_json(findings(loaded(), GOOD, "ko")))
    assert result["ok"] is True
    assert result["findings"][0] == {
        "level": "ok",
        "about": "config",
        "text": "설정과 가게 1곳을 읽었습니다: 하늘식당",
        "next_step": "",
        "kind": "config_read",
    }


def test_looking_at_this_machine(tmp_path: Path) -> None:
    """What is on this machine is found: the voice, a model file, a taken port, a folder that cannot be one."""
    (tmp_path / "model.pt").write_bytes(bytes(2_000_000))
    (tmp_path / "intents").mkdir()
    (tmp_path / "intents" / "config.json").write_text("{}", encoding="utf-8")
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        settings = Settings(
            server=ServerSettings(port=taken.getsockname()[1]),
            hearing=HearingSettings(model=str(tmp_path / "model.pt")),
            data=tmp_path / "model.pt" / "data",
        )
        settings = replace(settings, understanding=replace(settings.understanding, model=tmp_path / "intents"))
        machine = look_at(settings)
    assert machine.hearing_megabytes == 2.0
    assert machine.understanding_present
    assert machine.voice_activity_present
    assert "f3" in machine.voices
    assert machine.port_problem
    assert "is not a folder" in machine.data_problem
    assert look_at(replace(settings, data=tmp_path / "new" / "data")).data_problem == ""


def test_the_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The command prints every mistake with its place and gives 1; without mistakes 0; JSON when asked."""
    (tmp_path / "shop.yaml").write_text("name: 가게\nhours: {weekly: 11-21}\nmenu: [3]\n", encoding="utf-8")
    (tmp_path / "config.yaml").write_text("shops: shop.yaml\nlanguage: en\n", encoding="utf-8")
    assert run_check(tmp_path / "config.yaml", tmp_path / "data") == 1
    assert "✗ shop.yaml:3:8  menu[1]: this must be keys with values." in capsys.readouterr().out
    assert run_check(tmp_path / "none.yaml", as_json=True) == 1
    assert json.loads(capsys.readouterr().out)["ok"] is False
    assert load(tmp_path / "config.yaml", {}).shops == {}
