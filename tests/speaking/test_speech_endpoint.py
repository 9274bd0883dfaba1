"""A voice behind an address: what is asked of it, and what becomes of answers that are late, wrong or endless."""

import io
import json
import threading
import wave
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from assistant.speaking.speech_endpoint import DEADLINE_SECONDS, SpeechEndpoint
from assistant.speaking.voices import NoVoice


def wav(seconds: float = 0.5, rate_hz: int = 24_000) -> bytes:
    target = io.BytesIO()
    with wave.open(target, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(rate_hz)
        file.writeframes(bytes(2 * round(seconds * rate_hz)))
    return target.getvalue()


class Server:
    """A speech server with a script: (status, body) for each request in turn."""

    def __init__(self, *script: tuple[int, bytes]) -> None:
        self.asked: list[tuple[dict[str, str], dict[str, Any]]] = []
        answers = iter(script)
        asked = self.asked

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                asked.append((dict(self.headers), json.loads(body)))
                status, content = next(answers)
                self.send_response(status)
                self.send_header("Content-Length", str(len(content)))
                self.end_headers()
                self.wfile.write(content)

            def log_message(self, *_: object) -> None:
                pass

        self.web = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.web.server_address[1]}/v1/audio/speech"
        threading.Thread(target=self.web.serve_forever, daemon=True).start()


@pytest.fixture
def served(request: pytest.FixtureRequest) -> Iterator[Server]:
    server = Server(*request.param)
    yield server
    server.web.shutdown()
    server.web.server_close()


@pytest.mark.parametrize("served", [[(200, wav())]], indirect=True)
def test_a_sentence_is_asked_for_as_openai_documents(served: Server) -> None:
    """Model, voice, words and WAV, with the key in its header."""
    voice = SpeechEndpoint(served.url, "tts-1", {"ko": "nova"}, "sk-test")
    spoken = voice.synthesize("어서 오세요", "ko")
    assert (spoken.rate_hz, round(spoken.seconds, 2)) == (24_000, 0.5)
    headers, asked = served.asked[0]
    assert asked == {"model": "tts-1", "voice": "nova", "input": "어서 오세요", "response_format": "wav"}
    assert {name.lower(): value for name, value in headers.items()}["authorization"] == "Bearer sk-test"


@pytest.mark.parametrize(
    ("served", "said"),
    [
        ([(429, b"slow down")], "429"),
        ([(200, b"<html>")], "no WAV"),
        ([(200, bytes(9_000_000))], "8,000,000 bytes"),
    ],
    indirect=["served"],
)
def test_an_answer_that_is_no_speech_is_an_error(served: Server, said: str) -> None:
    """The message names the address and what came."""
    with pytest.raises(NoVoice, match=said) as caught:
        SpeechEndpoint(served.url, "tts-1", {"ko": "nova"}).synthesize("네", "ko")
    assert served.url in str(caught.value)


@pytest.mark.parametrize("served", [[(200, wav(3.0))]], indirect=True)
def test_an_answer_that_drips_in_is_given_up(served: Server) -> None:
    """By a clock that jumps behind the deadline while the answer is read."""
    moments = iter((0.0, *[DEADLINE_SECONDS + 1.0] * 1000))
    voice = SpeechEndpoint(served.url, "tts-1", {"ko": "nova"}, seconds=lambda: next(moments))
    with pytest.raises(NoVoice, match="longer than 4 s"):
        voice.synthesize("네", "ko")


def test_a_server_that_is_not_there_is_an_error() -> None:
    """Nobody listens: said at once."""
    with pytest.raises(NoVoice, match="did not speak"):
        SpeechEndpoint("http://127.0.0.1:9/v1/audio/speech", "tts-1", {"ko": "nova"}).synthesize("네", "ko")


def test_a_language_without_a_voice_is_named() -> None:
    """The key to write is in the message."""
    with pytest.raises(NoVoice, match=r"speaking\.voices.*'en'"):
        SpeechEndpoint("http://127.0.0.1:9/", "tts-1", {"ko": "nova"}).synthesize("hello", "en")
