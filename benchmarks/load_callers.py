"""Many callers from one process: Twilio's frames every 20 ms, each call a little later than the one before.

As lean as it can be, so that it does not take the cores from the server it loads: frames are put together from ready
bytes and written straight to the sockets. The simulated carrier is the one to ask what a caller hears.

    python benchmarks/load_callers.py PORT CALLS SECONDS
"""

import asyncio
import base64
import json
import os
import struct
import sys
import time
from collections.abc import Sequence

from load_server import LISTENS, PUBLIC, TOKEN

from assistant.audio import FRAME_BYTES, FRAME_MS, MULAW_SILENCE, for_the_line
from assistant.carrier.signature import sign
from assistant.speaking.espeak import Espeak
from assistant.telephony.tokens import StreamTokens

SENTENCES = (
    ("내일 저녁 일곱 시에 네 명 예약하고 싶은데요", "ko", "f3"),
    ("김치찌개 두 개하고 된장찌개 하나 포장할게요", "ko", "m3"),
    ("Can I get two kimchi stews to go, please?", "en", "f5"),
    ("거기 주차는 되나요", "ko", "m7"),
)
PAUSE_MS = 4000  # what a caller listens to us, or thinks
OPENED_PER_SECOND = 10


def payloads(place: int) -> list[bytes]:
    """What a caller sends, frame by frame and over again: a sentence, then silence."""
    text, language, voice = SENTENCES[place % len(SENTENCES)]
    sound = for_the_line(Espeak(voice).synthesize(text, language)) + MULAW_SILENCE * (8 * PAUSE_MS)
    frames = [sound[at : at + FRAME_BYTES] for at in range(0, len(sound) - FRAME_BYTES + 1, FRAME_BYTES)]
    return [base64.b64encode(frame) for frame in frames]


def text_frame(text: bytes) -> bytes:
    """A websocket text frame; masked with zeros, which is a mask as good as any other on loopback."""
    if len(text) < 126:
        return struct.pack("!BBI", 0x81, 0x80 | len(text), 0) + text
    return struct.pack("!BBHI", 0x81, 0xFE, len(text), 0) + text


class LeanCall:
    """One call on a socket of its own."""

    def __init__(self, place: int, sound: Sequence[bytes]) -> None:
        self._sid = f"MZ{place:032}"
        self._call = f"CA{os.urandom(4).hex()}{place:024}"
        self._sound = sound
        self._sent = place * 37  # not all at the same word

    async def open(self, port: int) -> None:
        """Handshake and start; raises when it is refused."""
        self._reader, self._writer = await asyncio.open_connection("127.0.0.1", port)
        signature = sign(TOKEN, "wss" + PUBLIC.removeprefix("https") + "/twilio/media")
        self._writer.write(
            f"GET /twilio/media HTTP/1.1\r\nHost: load.example\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            f"Sec-WebSocket-Key: {base64.b64encode(os.urandom(16)).decode()}\r\nSec-WebSocket-Version: 13\r\n"
            f"X-Twilio-Signature: {signature}\r\n\r\n".encode()
        )
        answer = await self._reader.readuntil(b"\r\n\r\n")
        if b" 101 " not in answer:
            raise ConnectionError(f"the handshake was answered with {answer[:80]!r}")
        token = StreamTokens((TOKEN,), time.time).issue(self._call)
        start = {
            "callSid": self._call, "streamSid": self._sid, "customParameters": {"token": token, "shop": LISTENS}
        }  # fmt: skip
        for message in ({"event": "connected"}, {"event": "start", "start": start}):
            self._writer.write(text_frame(json.dumps(message).encode()))
        self._reading = asyncio.create_task(self._read())
        self._number = 0

    async def _read(self) -> None:
        while await self._reader.read(65536):
            pass

    def send_frame(self) -> None:
        """The next 20 ms."""
        self._number += 1
        self._writer.write(
            text_frame(
                b'{"event":"media","sequenceNumber":"%d","media":{"track":"inbound","chunk":"%d","timestamp":"%d",'
                b'"payload":"%s"},"streamSid":"%s"}'
                % (
                    self._number + 1, self._number, FRAME_MS * (self._number - 1),
                    self._sound[self._sent % len(self._sound)], self._sid.encode(),
                )
            )
        )  # fmt: skip
        self._sent += 1

    async def close(self) -> bool:
        """Hang up; whether the server had kept the call until now."""
        was_open = not self._reading.done()
        if was_open:
            self._writer.write(text_frame(b'{"event":"stop","streamSid":"%s"}' % self._sid.encode()))
        self._writer.close()
        self._reading.cancel()
        return was_open


async def call_for(port: int, calls: int, seconds: float) -> dict[str, float]:
    """Open the calls one after the other, hold them, hang up; how late frames left and how many calls stayed."""
    sounds = [payloads(place) for place in range(len(SENTENCES))]
    lines = [LeanCall(place, sounds[place % len(sounds)]) for place in range(calls)]
    lates: list[float] = []
    opened = asyncio.Event()

    async def keep_sending(line: LeanCall, place: int) -> None:
        loop = asyncio.get_running_loop()
        await asyncio.sleep(place / OPENED_PER_SECOND + place * FRAME_MS / calls / 1000)
        await line.open(port)
        if place == calls - 1:
            opened.set()
            print("open", flush=True)
        due, frame = loop.time(), 0
        while True:
            line.send_frame()
            frame += 1
            await asyncio.sleep(due + frame * FRAME_MS / 1000 - loop.time())
            lates.append(1000 * (loop.time() - due - frame * FRAME_MS / 1000))

    sending = [asyncio.create_task(keep_sending(line, place)) for place, line in enumerate(lines)]
    await asyncio.wait([asyncio.create_task(opened.wait()), *sending], return_when=asyncio.FIRST_COMPLETED)
    lates.clear()
    await asyncio.sleep(seconds)
    for task in sending:
        task.cancel()
    failed = [error for error in await asyncio.gather(*sending, return_exceptions=True) if isinstance(error, Exception)]
    if failed:
        raise failed[0]
    kept = [await line.close() for line in lines]
    lates.sort()
    return {"kept": sum(kept), "late_p99_ms": round(lates[int(0.99 * len(lates))], 1)}


if __name__ == "__main__":
    print(json.dumps(asyncio.run(call_for(int(sys.argv[1]), int(sys.argv[2]), float(sys.argv[3])))), flush=True)
