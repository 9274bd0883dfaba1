"""Which recordings go by themselves: old ones, refused ones, those of calls that are erased."""

from datetime import date
from pathlib import Path

from assistant.call import Utterance
from assistant.call_log.erasure import forget_caller
from assistant.call_log.recordings import Recordings
from tests.conftest import DeskAt, desk_in

SOUND = b"\x80" * 8000


def recorded(recordings: Recordings, call_id: str, day: date) -> Path:
    path = recordings.begin(call_id, day)
    recordings.append(path, SOUND, SOUND)
    return path


def called(desk_at: DeskAt, call_id: str, at: str, *said: str) -> None:
    """A call at the shop that records."""
    receptionist = desk_at(at).receptionist("noeul")
    assert receptionist
    receptionist.answer(call_id, f"0100000000{call_id[-1]}", "twilio-stream")
    for number, words in enumerate(said, 1):
        receptionist.hear(call_id, number, Utterance(words))
    receptionist.hang_up(call_id)


def test_what_is_not_to_be_kept_goes(tmp_path: Path) -> None:
    """After two weeks, after a no, and without a call a recording is deleted; the others stay."""
    desk_at = desk_in(tmp_path)
    for call, at in (("CA1", "2026-11-10T17:00"), ("CA2", "2026-11-14T17:00"), ("CA3", "2026-11-28T17:00")):
        called(desk_at, call, at, "몇 시까지 해요")
    called(desk_at, "CA4", "2026-11-28T17:00", "녹음하지 마세요")
    desk = desk_at("2026-11-28T18:00")
    recordings = desk.books.recordings("noeul")
    days = {"CA1": 10, "CA2": 14, "CA3": 28, "CA4": 28, "CA9": 28}
    for call, day in days.items():
        recorded(recordings, call, date(2026, 11, day))
    desk.sweep_recordings()
    assert {call for call in days if recordings.of(call)} == {"CA2", "CA3"}
    desk.sweep_recordings()
    assert {call for call in days if recordings.of(call)} == {"CA2", "CA3"}


def test_a_shop_that_records_no_more_keeps_nothing_for_ever(tmp_path: Path) -> None:
    """Recordings from before go after the usual two weeks."""
    desk = desk_in(tmp_path)("2026-11-28T18:00")
    recordings = desk.books.recordings("haneul")
    recorded(recordings, "CA1", date(2026, 11, 1))
    desk.sweep_recordings()
    assert recordings.of("CA1") is None


def test_a_disk_that_fails_does_not_stop_the_sweep(tmp_path: Path) -> None:
    """What cannot be deleted is left for the next time; the other shops are looked through."""
    desk = desk_in(tmp_path)("2026-11-28T18:00")
    blocked = desk.books.recordings("haneul").folder
    (blocked / "2026-11-01" / "CA1.wav").mkdir(parents=True)  # no file: it cannot be unlinked
    recorded(desk.books.recordings("noeul"), "CA2", date(2026, 11, 1))
    desk.sweep_recordings()
    assert (blocked / "2026-11-01" / "CA1.wav").exists()
    assert desk.books.recordings("noeul").of("CA2") is None


def test_forgetting_a_caller_forgets_their_voice(tmp_path: Path) -> None:
    """`assistant forget` deletes the sound of the caller's calls and no other."""
    desk_at = desk_in(tmp_path)
    for call in ("CA1", "CA2"):
        called(desk_at, call, "2026-11-28T17:00", "몇 시까지 해요")
    desk = desk_at("2026-11-28T18:00")
    recordings = desk.books.recordings("noeul")
    for call in ("CA1", "CA2"):
        recorded(recordings, call, date(2026, 11, 28))
    gone = forget_caller(desk.log("noeul"), recordings, "01000000001")
    assert gone["recordings"] == gone["calls"] == 1
    assert recordings.of("CA1") is None
    assert recordings.of("CA2") is not None
