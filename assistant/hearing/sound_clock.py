"""Inbound sound placed by the line's timestamps, so that loss, jitter and bursts do not move the clock.

Frames may come late, twice, in the wrong order or not at all; what comes out is a continuous run of samples. Telling
speech from silence in it is left to others.
"""

from dataclasses import dataclass

from assistant.audio import LINE_RATE_HZ, MULAW_SILENCE

_SAMPLES_PER_MS = LINE_RATE_HZ // 1000


@dataclass(frozen=True)
class Piece:
    """Sound and its place; positions are samples of the line since its time 0."""

    position: int
    mulaw: bytes

    @property
    def end(self) -> int:
        """The position after its last sample."""
        return self.position + len(self.mulaw)


class SoundClock:
    """Where each frame of one call belongs.

    Sound behind a hole is held for up to *patience_ms*, because what is missing may only have been overtaken; a line
    without holes is not delayed. Then the hole is filled with silence, with *longest_fill_ms* of it at most, so that
    neither an hour's hole nor a broken stamp costs memory. Steps below *tolerance_ms* are the sender's rounding; Twilio
    stamps 20 ms frames in whole milliseconds, from about 0. A clock set back by more than *longest_step_back_ms* has
    been started again.
    """

    def __init__(
        self,
        *,
        tolerance_ms: int = 20,
        patience_ms: int = 60,
        longest_fill_ms: int = 2_000,
        longest_step_back_ms: int = 5_000,
    ) -> None:
        self._tolerance = tolerance_ms * _SAMPLES_PER_MS
        self._patience = patience_ms * _SAMPLES_PER_MS
        self._longest_fill = longest_fill_ms * _SAMPLES_PER_MS
        self._longest_step_back = longest_step_back_ms * _SAMPLES_PER_MS
        self._offset = 0
        self._next: int | None = None
        self._held: list[Piece] = []

    @property
    def now_ms(self) -> int:
        """The end of the sound placed so far."""
        return (self._next or 0) // _SAMPLES_PER_MS

    def place(self, at_ms: int, mulaw: bytes) -> list[Piece]:
        """The sound that *mulaw*, stamped *at_ms*, adds.

        A piece that starts before the end of the last one came late and belongs over the silence put there; one that
        starts after it follows a hole too long to fill. A frame that came twice is such a late piece: the same sound
        in the same place.
        """
        position = at_ms * _SAMPLES_PER_MS + self._offset
        if self._next is None:
            self._next = position
        if position < self._next - self._longest_step_back:
            # The sender's clock was set back. Ours goes on, and from here on theirs counts from our now.
            self._offset += self._next - position
            position = self._next
        if mulaw:
            self._held.append(Piece(position, mulaw))
            self._held.sort(key=lambda piece: piece.position)
        return self._release(self._next)

    def _release(self, now: int) -> list[Piece]:
        """What of the held sound can be placed, *now* being the end of the sound placed so far."""
        placed: list[Piece] = []
        while self._held:
            gap = self._held[0].position - now
            if gap >= self._tolerance and self._held[-1].end - now < self._patience:
                break
            piece = self._held.pop(0)
            if gap >= self._tolerance:
                placed.append(Piece(now, MULAW_SILENCE * min(gap, self._longest_fill)))
                now = piece.position
            elif gap > -self._tolerance:
                piece = Piece(now, piece.mulaw)
            elif piece.end > now:
                placed.append(Piece(piece.position, piece.mulaw[: now - piece.position]))
                piece = Piece(now, piece.mulaw[now - piece.position :])
            placed.append(piece)
            now = max(now, piece.end)
        self._next = now
        return placed


class SoundSoFar:
    """The last seconds of a call, addressed by position."""

    def __init__(self) -> None:
        self._mulaw = bytearray()
        self._first = 0

    def put(self, piece: Piece) -> None:
        """Lay the piece in its place; sound older than what is kept is dropped, after a hole everything before it."""
        if piece.position > self._first + len(self._mulaw) or not self._mulaw:
            self._mulaw = bytearray(piece.mulaw)
            self._first = piece.position
            return
        hidden = max(self._first - piece.position, 0)
        if hidden >= len(piece.mulaw):
            return
        start = piece.position + hidden - self._first
        self._mulaw[start : start + len(piece.mulaw) - hidden] = piece.mulaw[hidden:]

    @property
    def kept(self) -> bytes:
        """All of it."""
        return bytes(self._mulaw)

    def between(self, begin_ms: int, end_ms: int) -> bytes:
        """The mu-law from *begin_ms* to *end_ms*, as much of it as is kept."""
        begin = max(begin_ms * _SAMPLES_PER_MS - self._first, 0)
        end = max(end_ms * _SAMPLES_PER_MS - self._first, 0)
        return bytes(self._mulaw[begin:end])

    def forget_before(self, ms: int) -> None:
        """Keep nothing that was heard before *ms*."""
        count = min(max(ms * _SAMPLES_PER_MS - self._first, 0), len(self._mulaw))
        del self._mulaw[:count]
        self._first += count
