"""config.yaml: its sections, the environment, secrets."""

from pathlib import Path

import pytest

from assistant.config import Loaded, Settings, load
from tests.config.writing import SHOP, complaints, written


def configured(folder: Path, text: str, **variables: str) -> Loaded:
    return written(folder, SHOP, f"shops: shop.yaml\n{text}", **variables)


def test_everything_has_a_default(tmp_path: Path) -> None:
    """A configuration that only names shops is whole; its paths begin at its own folder."""
    loaded = configured(tmp_path, "")
    assert complaints(loaded) == []
    assert loaded.settings == Settings()
    assert loaded.settings_are_whole


def test_every_value_arrives(tmp_path: Path) -> None:
    """Every key of config.yaml reaches the settings."""
    (tmp_path / "token").write_text("new-token\nold-token\n", encoding="utf-8")
    (tmp_path / "password").write_text("open sesame\n".replace(" ", "-"), encoding="utf-8")
    (tmp_path / "alerts").write_text("json://127.0.0.1/?a=b\nshop=tgram://1/2\n", encoding="utf-8")
    settings = configured(
        tmp_path,
        """
language: en
data: ../elsewhere
server: {host: 0.0.0.0, port: 9000, public_url: "https://phone.example.com/"}
twilio: {auth_token_file: token, mode: gather, voices: {ko: A, en: B}}
owner: {password_file: password}
followups: {texts: solapi, alerts: apprise, webhooks: http, twilio_account: AC0123456789abcdef0123456789abcdef,
  solapi_key: NCS0, solapi_secret_file: token, alert_urls_file: alerts}
hearing: {engine: faster-whisper, model: models/big.bin, device: cuda, workers: 2, queue: 5}
understanding: {model: my-model}
speaking: {voice: m3, speed: 170}
""",
    ).settings
    assert (settings.language, settings.data) == ("en", tmp_path / ".." / "elsewhere")
    assert (settings.server.host, settings.server.port) == ("0.0.0.0", 9000)
    assert settings.server.public_url == "https://phone.example.com"
    assert settings.twilio.auth_tokens == ("new-token", "old-token")
    assert settings.twilio.mode == "gather"
    assert settings.twilio.voices == {"ko": "A", "en": "B"}
    assert settings.owner.password == "open-sesame"
    followups = settings.followups
    assert (followups.texts, followups.alerts, followups.webhooks) == ("solapi", "apprise", "http")
    assert (followups.solapi_key, followups.solapi_secret) == ("NCS0", "new-token")
    assert followups.twilio_account.startswith("AC0123")
    assert followups.alert_urls_of("shop") == ("json://127.0.0.1/?a=b", "tgram://1/2")
    assert followups.alert_urls_of("other") == ("json://127.0.0.1/?a=b",)
    assert (settings.hearing.engine, settings.hearing.device) == ("faster-whisper", "cuda")
    assert (settings.hearing.workers, settings.hearing.queue) == (2, 5)
    assert settings.hearing.model_path == tmp_path / "models" / "big.bin"
    assert settings.understanding.model == tmp_path / "my-model"
    assert (settings.speaking.voice, settings.speaking.speed) == ("m3", 170)


@pytest.mark.parametrize(
    ("engine", "model", "means"),
    [
        ("whisper", "small", "small"), ("whisper", "Turbo", "turbo"), ("whisper", "demo.pt", "{folder}/demo.pt"),
        ("whisper", "models/demo.pt", "{folder}/models/demo.pt"), ("whisper", "/opt/w.pt", "/opt/w.pt"),
        ("faster-whisper", "someone/whisper-ko", "someone/whisper-ko"), ("faster-whisper", "./mine", "{folder}/mine"),
    ],
)  # fmt: skip
def test_models_by_name_and_by_path(tmp_path: Path, engine: str, model: str, means: str) -> None:
    """A speech model is a size, a path from config.yaml's folder, or a hub's name."""
    settings = configured(tmp_path, f"hearing: {{engine: {engine}, model: {model}}}").settings
    assert settings.hearing.model == means.format(folder=tmp_path)


def test_the_environment_stands_in(tmp_path: Path) -> None:
    """ASSISTANT__SECTION__KEY replaces a key, whether config.yaml has it or not."""
    variables = {
        "ASSISTANT__SERVER__PORT": "9001",
        "ASSISTANT__HEARING__MODEL": "base",
        "ASSISTANT__SHOPS": "[shop.yaml]",
        "ASSISTANT__LANGUAGE": "en",
        "ASSISTANT__TWILIO__VOICES__KO": "Polly.Seoyeon",
        "ASSISTANT__SERVER__PUBLIC_URL": "",
        "HOME": "/nowhere",
    }
    loaded = written(tmp_path, SHOP, "server: {port: 80}\nshops: other.yaml\n", **variables)
    assert complaints(loaded) == []
    assert (loaded.settings.server.port, loaded.settings.hearing.model, loaded.settings.language) == (
        9001,
        "base",
        "en",
    )
    assert loaded.settings.twilio.voices == {"ko": "Polly.Seoyeon"}
    assert list(loaded.shops) == ["shop"]


def test_a_way_of_sending_needs_what_it_needs(tmp_path: Path) -> None:
    """A gateway without an account or a secret is a mistake, not a silence; no password is repeated."""
    text = "followups: {texts: solapi, alerts: apprise, solapi_key: NCS0, twilio_account: AC1}"
    assert complaints(configured(tmp_path, text), "en") == [
        "config.yaml:2:79: followups.twilio_account: 'AC1' is no Twilio account: "
        "it begins with AC and has 34 characters."
    ]
    assert complaints(configured(tmp_path, text.replace(", twilio_account: AC1", "")), "en") == [
        "config.yaml:2:20: followups.texts: the key 'followups.solapi_secret_file' is needed. "
        "Example: solapi_secret_file: …",
        "config.yaml:2:36: followups.alerts: the key 'followups.alert_urls_file' is needed. "
        "Example: alert_urls_file: …",
    ]
    found = configured(tmp_path, "followups: {alerts: apprise}", OWNER_ALERTS="haneul=secret")
    assert complaints(found, "en") == [
        "environment variable OWNER_ALERTS: followups.alert_urls: line 1 of the alert addresses must be 'address' or "
        "'shop=address', such as haneul=tgram://…"
    ]


def test_mistakes_in_the_environment_name_the_variable(tmp_path: Path) -> None:
    """A wrong variable is named, and the one that was meant."""
    loaded = configured(
        tmp_path, "", ASSISTANT__SERVER__PROT="1", ASSISTANT__SERVER__PORT="eighty", ASSISTANT__SHOPS="[a"
    )
    assert complaints(loaded, "en") == [
        "environment variable ASSISTANT__SERVER__PORT: server.port: 'eighty' cannot be read as a whole number. "
        "Example: 10",
        "environment variable ASSISTANT__SERVER__PROT: 'server.prot' is not a known key. "
        "Did you mean: ASSISTANT__SERVER__PORT",
        "environment variable ASSISTANT__SHOPS: '[a': a bracket is not closed, or a comma is missing.",
    ]
    assert complaints(loaded, "ko")[0].startswith("환경 변수 ASSISTANT__SERVER__PORT: ")


def test_secrets_come_from_the_environment(tmp_path: Path) -> None:
    """Twilio's token and the owner's password have variables of their own; a token may be in exchange for another."""
    loaded = configured(tmp_path, "", TWILIO_AUTH_TOKEN="new,old", OWNER_PASSWORD="sesame")
    assert loaded.settings.twilio.auth_tokens == ("new", "old")
    assert loaded.settings.owner.password == "sesame"
    assert complaints(loaded) == []


SECRET = "0123456789secret0123456789secret"


@pytest.mark.parametrize(
    "text",
    [
        f"twilio: {{auth_token: {SECRET}}}",
        f"owner: {{password: {SECRET}}}",
        f"twilio:\n  auth_token: [{SECRET}]\n",
        f"twilio:\n  auth_token: {SECRET}: x\n",
        f'twilio:\n  auth_token: "{SECRET}\n',
        f"twilio:\n  auth_token:\n    @{SECRET}\n",
        f"twilio:\n  auth_token: !{SECRET} x\n",
        f"owner:\n  password: *{SECRET}\n",
        f"owner:\n  password: &{SECRET} &b c\n",
    ],
)
def test_secrets_in_the_file_are_refused_and_never_repeated(tmp_path: Path, text: str) -> None:
    """A secret in config.yaml is a mistake, even beside the variable, and no message holds it."""
    for variables in ({}, {"TWILIO_AUTH_TOKEN": SECRET, "OWNER_PASSWORD": SECRET}):
        loaded = configured(tmp_path, text, **variables)
        assert loaded.mistakes
        assert not loaded.settings_are_whole
        told = [*complaints(loaded), *complaints(loaded, "en"), repr(loaded.mistakes), repr(loaded.settings)]
        assert not any(SECRET in line for line in told)


def test_settings_with_secrets_do_not_print_them(tmp_path: Path) -> None:
    """A log line with the settings in it holds no secret."""
    loaded = configured(tmp_path, "", TWILIO_AUTH_TOKEN=SECRET, OWNER_PASSWORD=SECRET)
    assert SECRET not in repr(loaded)


def test_mistakes_in_config_yaml(tmp_path: Path) -> None:
    """Every mistake in config.yaml is told; wrong sections keep their defaults, the others and the shops are read."""
    loaded = configured(
        tmp_path,
        """sever: {port: 1}
language: kr
server: {host: my-machine, port: 99999, public_url: "http://phone.example.com/twilio"}
twilio: {mode: steam, auth_token_file: nowhere}
hearing: {model: smal, device: gpu, workers: 0}
speaking: {voice: m1}
""",
    )
    assert complaints(loaded, "en") == [
        "config.yaml:2:1: 'sever' is not a known key. Did you mean: server",
        "config.yaml:3:11: language: 'kr' cannot be used here. Use one of: ko, en.",
        "config.yaml:4:16: server.host: 'my-machine' must be an address to listen on, such as 127.0.0.1 or 0.0.0.0.",
        "config.yaml:4:34: server.port: '99999' must lie between 1 and 65,535.",
        "config.yaml:4:53: server.public_url: 'http://phone.example.com/twilio' must be an address such as "
        "https://phone.example.com, without a path or a question mark.",
        "config.yaml:5:16: twilio.mode: 'steam' cannot be used here. Did you mean: stream",
        "config.yaml:5:40: twilio.auth_token_file: there is no such file; check its name and folder.",
        "config.yaml:6:18: hearing.model: 'smal' is neither a Whisper size nor a path. Did you mean: small",
        "config.yaml:6:32: hearing.device: 'gpu' cannot be used here. Use one of: auto, cpu, cuda.",
        "config.yaml:6:46: hearing.workers: '0' must lie between 1 and 64.",
    ]
    assert loaded.settings.server == Settings().server
    assert loaded.settings.speaking.voice == "m1"
    assert list(loaded.shops) == ["shop"]
    assert not loaded.settings_are_whole


@pytest.mark.parametrize(
    ("url", "suggestion"),
    [("phone.example.com", "https://phone.example.com"), ("http://phone.example.com", "https://phone.example.com"),
     ("https://phone.example.com/x", ""), ("https://user:pw@example.com", ""), ("ftp://a.b", ""), ("https://[", ""),
     ("https://a.b:99999", "")],
)  # fmt: skip
def test_public_addresses(tmp_path: Path, url: str, suggestion: str) -> None:
    """The public address is https and nothing but a host and a port."""
    loaded = configured(tmp_path, f'server: {{public_url: "{url}"}}')
    assert [(mistake.kind, mistake.suggestion) for mistake in loaded.mistakes] == [("not_a_url", suggestion)]


def test_shops_by_pattern(tmp_path: Path) -> None:
    """A pattern names every shop file it matches; one that matches nothing, and a file named twice, are mistakes."""
    (tmp_path / "shops").mkdir()
    for name in ("b", "a"):
        (tmp_path / "shops" / f"{name}.yaml").write_text(SHOP.replace("0001", f"000{ord(name)}"), encoding="utf-8")
    config = "shops: [shops/*.yaml, shop.yaml, shop.yaml, none/*.yaml]"
    loaded = written(tmp_path, SHOP, config)
    assert list(loaded.shops) == ["a", "b", "shop"]
    told = [(mistake.kind, mistake.value) for mistake in loaded.mistakes]
    assert told == [("file_twice", "shop.yaml"), ("no_match", "none/*.yaml")]
    assert str(tmp_path / "shops") in loaded.files


@pytest.mark.parametrize("config", ["", "# nothing\n", "language: ko\n", "- shop.yaml\n", "shops:\n", "just words"])
def test_without_shops(tmp_path: Path, config: str) -> None:
    """A configuration without shops says so."""
    loaded = written(tmp_path, SHOP, config)
    assert loaded.shops == {}
    assert any("shops: [shops/haneul-sikdang.yaml]" in line for line in complaints(loaded))


def test_no_such_file(tmp_path: Path) -> None:
    """A configuration that is not there is one mistake, no traceback."""
    loaded = load(tmp_path / "config.yaml", {})
    assert complaints(loaded, "ko") == ["config.yaml: 파일이 없습니다. 파일 이름과 폴더를 확인해 주세요."]
    assert not loaded.settings_are_whole


def test_a_path_that_is_none(tmp_path: Path) -> None:
    """Odd characters in a path are a mistake, or a path that does not exist."""
    for path in ('"a\\0b"', '"~nobody-here/x"', '"' + "x" * 300 + '"'):
        loaded = configured(tmp_path, f"twilio: {{auth_token_file: {path}}}")
        assert [mistake.key for mistake in loaded.mistakes] == ["twilio.auth_token_file"]


def test_another_voice_is_read_with_its_secret_from_elsewhere(tmp_path: Path) -> None:
    """An endpoint needs its address and a voice; its key comes from a file."""
    (tmp_path / "key").write_text("sk-test\n")
    speaking = configured(
        tmp_path,
        "speaking: {engine: endpoint, url: 'https://speech.example.com/v1/audio/speech', model: big,"
        " voices: {ko: nova}, api_key_file: key}",
    ).settings.speaking
    assert (speaking.engine, speaking.voices, speaking.api_keys) == ("endpoint", {"ko": "nova"}, ("sk-test",))
    assert "sk-test" not in repr(speaking)


def test_a_voice_model_in_a_folder_is_found_from_anywhere(tmp_path: Path) -> None:
    """Beside config.yaml; a name at the hub stays a name."""
    (tmp_path / "voice").mkdir()
    voices = configured(tmp_path, "speaking: {engine: vits, voices: {ko: voice, en: someone/vits-en}}").settings
    assert voices.speaking.voices == {"ko": str(tmp_path / "voice"), "en": "someone/vits-en"}


@pytest.mark.parametrize(
    ("speaking", "kind"),
    [
        ("{engine: endpoint, voices: {ko: nova}}", "missing_key"),
        ("{engine: polly}", "missing_key"),
        ("{engine: endpoint, url: 'http://speech.example.com/v1', voices: {ko: nova}}", "not_an_endpoint"),
        ("{api_key: sk-test}", "secret_in_file"),
        ("{engine: siri}", "not_a_choice"),
    ],
)
def test_a_half_described_voice_is_a_mistake(tmp_path: Path, speaking: str, kind: str) -> None:
    """What is missing is named; a key sent in the clear, or written into the file, is refused."""
    mistakes = configured(tmp_path, f"speaking: {speaking}").mistakes
    assert kind in [mistake.kind for mistake in mistakes]
    assert all("sk-test" not in mistake.says("en") for mistake in mistakes)
