"""What config.yaml says about the machine: how the server listens, hears, understands and speaks."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal


@dataclass(frozen=True)
class ServerSettings:
    """Where the server listens."""

    host: str = "127.0.0.1"
    """The address to listen on. Anything but loopback needs the owner's password."""
    port: int = 8080
    public_url: str = ""
    """How Twilio reaches this server, "https://phone.example.com", without a slash at the end; "" when not at all."""

    metrics_port: int | None = None
    """Where Prometheus finds the server's figures, on 127.0.0.1 only; None: nowhere."""

    @property
    def loopback(self) -> bool:
        """Whether only programs on this machine can connect."""
        return self.host in ("localhost", "::1") or self.host.startswith("127.")


@dataclass(frozen=True)
class TwilioSettings:
    """The telephone company's side."""

    auth_tokens: tuple[str, ...] = field(default=(), repr=False)
    """Secrets that sign requests; several while a token is being replaced. Empty: every Twilio door answers 403."""
    mode: Literal["stream", "gather"] = "stream"
    """"stream": sound comes here and our own recogniser hears it; "gather": Twilio's recogniser hears it."""
    voices: Mapping[str, str] = field(default_factory=dict)
    """Twilio's own voice for each language, for the turns that Twilio speaks; unnamed languages take our default."""


@dataclass(frozen=True)
class HearingSettings:
    """The speech recogniser."""

    engine: Literal["whisper", "faster-whisper", "twilio"] = "whisper"
    """"twilio": no recogniser here, every call is heard by Twilio's own."""
    model: str = "small"
    """A published Whisper size, the absolute path of a checkpoint, or (faster-whisper only) a hub's "owner/name"."""
    device: Literal["auto", "cpu", "cuda"] = "auto"
    workers: int = 1
    """How many turns are heard at the same time; each needs the model's memory and a core or more."""
    queue: int = 16
    """Turns that may wait for a worker; beyond it a call goes on with Twilio's recogniser."""

    @property
    def model_path(self) -> Path | None:
        """The checkpoint's path; None for a size or a name that is downloaded."""
        path = Path(self.model)
        return path if path.is_absolute() else None


@dataclass(frozen=True)
class UnderstandingSettings:
    """The classifier of what callers want."""

    model: Path | None = None
    """A folder that transformers loads; None: the one that comes with the program, or words alone without it."""


@dataclass(frozen=True)
class SpeakingSettings:
    """The voice."""

    engine: Literal["espeak", "endpoint", "polly", "vits"] = "espeak"
    """"endpoint": a server that speaks as OpenAI's does; "vits": a model that transformers loads."""
    voices: Mapping[str, str] = field(default_factory=dict)
    """By language: the names of the engine's voices, or VITS models. espeak-ng needs none."""
    url: str = ""
    """Of an endpoint, whole: "https://…/v1/audio/speech"."""
    model: str = "tts-1"
    """What an endpoint is asked to speak with."""
    api_keys: tuple[str, ...] = field(default=(), repr=False)
    """The endpoint's secret; the first counts. Empty: none is sent."""
    voice: str = "f3"
    """espeak-ng's variant: f1-f5, m1-m8. It also speaks while another engine fails."""
    speed: int = 220
    """Words a minute, 80 to 450; 220 is about 6.7 Korean syllables a second, as people speak."""


@dataclass(frozen=True)
class OwnerSettings:
    """The owner's page."""

    password: str | None = field(default=None, repr=False)
    """In plain or as an argon2 hash; None: the page opens without one, on loopback only."""


@dataclass(frozen=True)
class FollowupSettings:
    """By which ways news of a call goes out; which news, and to whom, is each shop's own matter."""

    texts: Literal["off", "file", "twilio", "solapi"] = "off"
    """Text messages. "file": written down on this machine instead of being sent, for trying it out."""
    alerts: Literal["off", "file", "apprise"] = "off"
    """The owner's messengers and e-mail."""
    webhooks: Literal["off", "file", "http"] = "off"
    twilio_account: str = ""
    """The account's SID; its auth token is `TwilioSettings.auth_tokens`."""
    solapi_key: str = ""
    solapi_secret: str = field(default="", repr=False)
    alert_urls: tuple[tuple[str, str], ...] = field(default=(), repr=False)
    """(shop, address as Apprise writes it); shop "" is every shop. The addresses hold passwords."""

    def alert_urls_of(self, shop_id: str) -> tuple[str, ...]:
        """Where the owner of one shop is told."""
        return tuple(url for shop, url in self.alert_urls if shop in ("", shop_id))


@dataclass(frozen=True)
class Settings:
    """config.yaml, read. A relative path in it was meant from the folder it lies in; here all are absolute."""

    server: ServerSettings = ServerSettings()
    twilio: TwilioSettings = TwilioSettings()
    hearing: HearingSettings = HearingSettings()
    understanding: UnderstandingSettings = UnderstandingSettings()
    speaking: SpeakingSettings = SpeakingSettings()
    owner: OwnerSettings = OwnerSettings()
    followups: FollowupSettings = FollowupSettings()
    data: Path = Path("data")
    """The folder of the shops' SQLite files."""
    language: Literal["ko", "en"] = "ko"
    """In which language the program speaks to the owner about mistakes."""


@dataclass(frozen=True)
class WhisperSize:
    """A published Whisper checkpoint."""

    megabytes: int
    """The download, which is also its size on disk."""
    memory_megabytes: int
    """What it needs while running on a CPU, about twice its parameters in single precision."""
    file: str
    """Its name in openai-whisper's cache folder."""


WHISPER_SIZES: Mapping[str, WhisperSize] = {
    "tiny": WhisperSize(73, 400, "tiny.pt"),
    "base": WhisperSize(139, 600, "base.pt"),
    "small": WhisperSize(461, 1500, "small.pt"),
    "medium": WhisperSize(1457, 4200, "medium.pt"),
    "large": WhisperSize(2944, 8000, "large-v3.pt"),
    "large-v2": WhisperSize(2944, 8000, "large-v2.pt"),
    "large-v3": WhisperSize(2944, 8000, "large-v3.pt"),
    "turbo": WhisperSize(1543, 4500, "large-v3-turbo.pt"),
    "large-v3-turbo": WhisperSize(1543, 4500, "large-v3-turbo.pt"),
}
"""Sizes of the multilingual checkpoints of openai-whisper 20250625 (its model card and download list).

Korean needs a multilingual one, so the English-only ".en" sizes are not among them.
"""
