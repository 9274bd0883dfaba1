"""What goes wrong on a simulated call, on purpose and repeatably."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Faults:
    """The troubles of one call; the defaults are none. Chance is drawn from `seed`, so a call can be repeated."""

    seed: int = 0

    bad_signature: bool = False
    """Webhooks and the socket handshake carry a signature made with another token."""
    missing_signature: bool = False
    """They carry none at all."""
    webhook_copies: int = 1
    """Every webhook arrives so many times at one moment, with one idempotency token; the first copy's answer counts."""
    status_before_end: bool = False
    """When a caller hangs up on a media stream, the final status callback is answered before `stop` is sent."""

    hang_up_at_ms: int | None = None
    """The caller hangs up at this moment of the call, whatever is going on."""
    press_at_ms: tuple[tuple[int, str], ...] = ()
    """Keys pressed at moments of the media stream, beside the script: (ms, key)."""

    start_delay_ms: int = 0
    """Pause between the socket's opening and its `start` message."""
    jitter_ms: int = 0
    """Each inbound frame is held for 0 to this many ms, in order."""
    stalls: tuple[tuple[int, int], ...] = ()
    """(start, length) in ms of the stream: no frame leaves meanwhile, then all leave at once."""
    loss: float = 0.0
    """The share of inbound frames that never arrive; their timestamps are missing."""
    duplicates: float = 0.0
    """The share of inbound frames that arrive twice."""
    swaps: float = 0.0
    """The share of inbound frames that arrive after their successor."""
    garbage: tuple[tuple[int, str | bytes], ...] = ()
    """Messages sent just as they are at moments of the stream: (ms, text or bytes)."""
    reader_delay_ms: int = 0
    """Pause before reading each message of the server: a slow reader, which makes the server's sends wait."""
    drop_socket_at_ms: int | None = None
    """The first media socket breaks without `stop` or a closing handshake at this moment of the stream."""
    second_socket_at_ms: int | None = None
    """Somebody opens a second media socket with the same start message at this moment of the stream."""
