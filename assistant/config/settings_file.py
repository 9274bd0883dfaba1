"""config.yaml and the environment to `Settings`, and the list of shop files.

A section with a mistake keeps its defaults here, so that everything else can still be read; whether a program goes on
with them is for it to decide (`Loaded.settings_are_whole`).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

from assistant.config.environment import AUTH_TOKEN_VARIABLE, PASSWORD_VARIABLE, SPEECH_KEY_VARIABLE, overlaid
from assistant.config.fields import Key, Listed, Read, Reader, Record, attempt, into, known_keys
from assistant.config.followup_keys import followup_settings
from assistant.config.mistakes import Misread, Mistake
from assistant.config.scalars import Choice, Text, Whole
from assistant.config.settings import (
    HearingSettings,
    OwnerSettings,
    ServerSettings,
    Settings,
    SpeakingSettings,
    TwilioSettings,
    UnderstandingSettings,
)
from assistant.config.settings_values import (
    FilePath,
    Model,
    Secret,
    SecretFile,
    endpoint_url,
    home_filled,
    host,
    public_url,
)
from assistant.config.shop_file import LANGUAGES
from assistant.config.yaml_tree import Items, Leaf, Node, Table, mistake_at

VOICES = {"endpoint": "nova", "polly": "Seoyeon", "vits": "models/voice-ko"}
"""A voice of each engine, to show how one is written."""


def _hearing(folder: Path) -> Record[HearingSettings]:
    def build(read: Read) -> HearingSettings:
        values = dict(read.values)
        model = values.get("model", "")
        named = model.count("/") == 1 and not model.startswith((".", "/", "~")) and not (folder / model).exists()
        on_hub = named and values.get("engine") == "faster-whisper"
        if ("/" in model and not on_hub) or model.endswith((".pt", ".bin")):
            values["model"] = str((folder / home_filled(model)).absolute())
        return HearingSettings(**values)

    return Record(
        (
            Key("engine", Choice(("whisper", "faster-whisper", "twilio"))),
            Key("model", Model(folder)),
            Key("device", Choice(("auto", "cpu", "cuda"))),
            Key("workers", Whole(1, 64)),
            Key("queue", Whole(1, 1000)),
        ),
        build,
    )


def _twilio(folder: Path) -> Record[TwilioSettings]:
    def build(read: Read) -> TwilioSettings:
        values = dict(read.values)
        tokens = (*values.pop("auth_token", ()), *values.pop("auth_token_file", ()))
        return TwilioSettings(**values, auth_tokens=tokens)

    voices = Record(tuple(Key(language, Text(80)) for language in LANGUAGES), lambda read: dict(read.values))
    return Record(
        (
            Key("auth_token", Secret(AUTH_TOKEN_VARIABLE, "auth_token_file"), also=("token",)),
            Key("auth_token_file", SecretFile(folder)),
            Key("mode", Choice(("stream", "gather"))),
            Key("voices", voices, also=("voice",)),
        ),
        build,
    )


def _speaking(folder: Path) -> Record[SpeakingSettings]:
    def build(read: Read) -> SpeakingSettings:
        values = dict(read.values)
        keys = (*values.pop("api_key", ()), *values.pop("api_key_file", ()))
        engine = values.get("engine", "espeak")
        if engine == "endpoint" and "url" not in values:
            example = "https://speech.example.com/v1/audio/speech"
            raise Misread([read.mistake("engine", "missing_key", missing="url", example=example)])
        if engine != "espeak" and not values.get("voices"):
            raise Misread(
                [read.mistake("engine", "missing_key", missing="voices", example=f"{{ko: {VOICES[engine]}}}")]
            )
        if engine == "vits":
            names = values["voices"].items()
            values["voices"] = {
                code: str((folder / name).absolute()) if (folder / name).exists() else name for code, name in names
            }
        return SpeakingSettings(**values, api_keys=keys)

    voices = Record(tuple(Key(language, Text(300)) for language in LANGUAGES), lambda read: dict(read.values))
    return Record(
        (
            Key("engine", Choice(("espeak", "endpoint", "polly", "vits"))),
            Key("voices", voices),
            Key("url", endpoint_url),
            Key("model", Text(200)),
            Key("api_key", Secret(SPEECH_KEY_VARIABLE, "api_key_file"), also=("key",)),
            Key("api_key_file", SecretFile(folder)),
            Key("voice", Text(40)),
            Key("speed", Whole(80, 450)),
        ),
        build,
    )


def _owner(folder: Path) -> Record[OwnerSettings]:
    def build(read: Read) -> OwnerSettings:
        passwords = (*read.values.get("password", ()), *read.values.get("password_file", ()))
        return OwnerSettings(passwords[0] if passwords else None)

    return Record(
        (
            Key("password", Secret(PASSWORD_VARIABLE, "password_file")),
            Key("password_file", SecretFile(folder)),
        ),
        build,
    )


def sections(folder: Path) -> tuple[Key[Any], ...]:
    """Every key of config.yaml with its reader."""
    server = Record(
        (
            Key("host", host),
            Key("port", Whole(1, 65535)),
            Key("public_url", public_url, also=("url",)),
            Key("metrics_port", Whole(1, 65535)),
        ),
        into(ServerSettings),
    )
    understanding = Record((Key("model", FilePath(folder)),), into(UnderstandingSettings))
    return (
        Key("language", Choice(LANGUAGES), also=("언어",)),
        Key("data", FilePath(folder), also=("데이터", "data_folder")),
        Key("shops", Listed(Text(300, "shops/*.yaml"), lone=True), also=("가게", "shop")),
        Key("server", server),
        Key("twilio", _twilio(folder)),
        Key("owner", _owner(folder)),
        Key("followups", followup_settings(folder), also=("알림", "문자", "followup", "notifications")),
        Key("hearing", _hearing(folder)),
        Key("understanding", understanding),
        Key("speaking", _speaking(folder)),
    )


@dataclass(frozen=True)
class ReadSettings:
    """config.yaml, as far as it could be read."""

    settings: Settings
    shop_files: tuple[tuple[str, Leaf], ...] | None
    """As named, with the place; None when the list could not be read."""
    mistakes: tuple[Mistake, ...]


def read_settings(root: Node, folder: Path, environment: Mapping[str, str]) -> ReadSettings:
    """The settings of a tree, overlaid by the environment."""
    keys = sections(folder)
    known = {name for key in keys for name in (key.name, *(f"{key.name}.{k}" for k in known_keys(key.reader)))}
    mistakes: list[Mistake] = []
    if not isinstance(root, Table):
        mistakes.append(mistake_at(root, "", "not_a_table", known=", ".join(key.name for key in keys)))
        root = Table((), 1, 1)
    root, wrong_variables = overlaid(root, environment, known)
    mistakes += wrong_variables
    values: dict[str, Any] = {}
    for key in keys:
        # Each section on its own: one mistake shall not hide the rest of the file.
        one = Table(tuple(pair for pair in root.entries if pair[0].text == key.name), root.line, root.column)
        part: Reader[dict[str, Any]] = Record((key,), lambda read: dict(read.values))
        values |= attempt(mistakes, part, one, "") or {}
    names = {key.name for key in keys}
    strangers = Table(tuple(pair for pair in root.entries if pair[0].text not in names), root.line, root.column)
    attempt(mistakes, Record(keys, lambda read: None), strangers, "")
    shops = values.pop("shops", None)
    written = root.get("shops")
    named: tuple[tuple[str, Leaf], ...] | None = None
    if shops is not None and written is not None:
        leaves = written.items if isinstance(written, Items) else (written,)
        named = tuple(zip(shops, cast("tuple[Leaf, ...]", leaves), strict=True))
    elif written is None or not any(mistake.key.startswith("shops") for mistake in mistakes):
        example = "shops: [shops/haneul-sikdang.yaml]"
        mistakes.append(mistake_at(root, "", "missing_key", missing="shops", example=example))
    settings = Settings(**{name: value for name, value in values.items() if value is not None})
    return ReadSettings(settings, named, tuple(mistakes))
