"""Single values of config.yaml: addresses, paths, secrets, the name of a model."""

import re
from dataclasses import dataclass
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import urlsplit

from assistant.config.fields import leaf
from assistant.config.mistakes import Misread, nearest
from assistant.config.scalars import Text
from assistant.config.settings import WHISPER_SIZES
from assistant.config.yaml_tree import Leaf, Node, mistake_at


def home_filled(text: str) -> Path:
    """A path with "~" filled in; as it stands when there is no such home."""
    try:
        return Path(text).expanduser()
    except RuntimeError:
        return Path(text)


@dataclass(frozen=True)
class FilePath:
    """Reads a path; a relative one begins at the folder of config.yaml."""

    folder: Path

    def __call__(self, node: Node, key: str) -> Path:
        """The absolute path; whether something is there is not looked at."""
        text = Text(1000, "data")(node, key)
        return (self.folder / home_filled(text)).absolute()


@dataclass(frozen=True)
class SecretFile:
    """Reads the secrets in a file, one a line."""

    folder: Path

    def __call__(self, node: Node, key: str) -> tuple[str, ...]:
        """The lines. Raises `Misread` when the file is missing or empty."""
        path = FilePath(self.folder)(node, key)
        try:
            lines = path.read_text(encoding="utf-8-sig").split()
        except FileNotFoundError:
            raise Misread([mistake_at(node, key, "no_file")]) from None
        except (OSError, UnicodeDecodeError) as error:
            reason = error.strerror if isinstance(error, OSError) else "UTF-8"
            raise Misread([mistake_at(node, key, "unreadable_file", reason=reason)]) from None
        if not lines:
            raise Misread([mistake_at(node, key, "empty_secret")])
        return tuple(lines)


@dataclass(frozen=True)
class Secret:
    """Refuses a secret that is written into config.yaml, without repeating it; takes it from the environment."""

    variable: str
    file_key: str

    def __call__(self, node: Node, key: str) -> tuple[str, ...]:
        """The secrets. Raises `Misread`."""
        if isinstance(node, Leaf) and node.file.startswith("$"):
            return tuple(node.text.replace(",", " ").split())
        words = {"variable": self.variable, "file_key": self.file_key}
        raise Misread([mistake_at(node, key, "secret_in_file", value="", **words)])


def host(node: Node, key: str) -> str:
    """An address to listen on."""
    text = leaf(node, key, "127.0.0.1").text.strip()
    try:
        return text if text == "localhost" else str(ip_address(text))
    except ValueError:
        raise Misread([mistake_at(node, key, "not_a_host")]) from None


def endpoint_url(node: Node, key: str) -> str:
    """The whole address of a service: https, or http on this machine."""
    text = leaf(node, key, "https://speech.example.com/v1/audio/speech").text.strip()
    try:
        parts = urlsplit(text)
        loopback = parts.hostname in ("localhost", "127.0.0.1", "::1")
        whole = bool(parts.hostname) and (parts.scheme == "https" or (parts.scheme == "http" and loopback))
        _ = parts.port
    except ValueError:
        whole = False
    if not whole or re.search(r"[\s@#]", text):
        raise Misread([mistake_at(node, key, "not_an_endpoint")])
    return text


def public_url(node: Node, key: str) -> str:
    """An https address of a server, without a slash at the end."""
    text = leaf(node, key, "https://phone.example.com").text.strip().rstrip("/")
    try:
        parts = urlsplit(text)
        whole = (
            parts.scheme in ("https", "http") and parts.hostname and not (parts.path or parts.query or parts.fragment)
        )
        plain = parts.scheme == "http" and parts.hostname not in ("localhost", "127.0.0.1")
        _ = parts.port
    except ValueError:
        whole = plain = False
    if not whole or plain or re.search(r"[\s@]", text):
        meant = text.replace("http://", "https://") if text.startswith("http://") and whole else ""
        meant = f"https://{text}" if not meant and re.fullmatch(r"[\w.-]+\.\w{2,}(:\d+)?", text) else meant
        raise Misread([mistake_at(node, key, "not_a_url", suggestion=meant)])
    return text


@dataclass(frozen=True)
class Model:
    """Reads a Whisper size or a path."""

    folder: Path

    def __call__(self, node: Node, key: str) -> str:
        """The size, an absolute path, or an "owner/name"; which of the last two is settled with the engine."""
        text = Text(1000, "small")(node, key)
        if text.casefold() in WHISPER_SIZES:
            return text.casefold()
        if "/" not in text and not text.endswith((".pt", ".bin")):
            known, near = ", ".join(WHISPER_SIZES), nearest(text.removesuffix(".en"), WHISPER_SIZES)
            raise Misread([mistake_at(node, key, "not_a_model", known=known, suggestion=near)])
        return text
