"""Recordings on the disk: whole at every moment, deleted when asked and when old; no call waits for them."""

import threading
import wave
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from assistant.audio import MULAW_SILENCE, from_mulaw
from assistant.call_log import recordings as recordings_module
from assistant.call_log.recorder import MOST_UNWRITTEN_BYTES, Recorder
from assistant.call_log.recordings import Recordings

DAY = date(2026, 11, 28)
SECOND = 8000
LOUD, SOFT = b"\x80" * SECOND, b"\xf0" * SECOND


@pytest.fixture
def kept(tmp_path: Path) -> Recordings:
    return Recordings(tmp_path / "recordings" / "haneul")


def sides(path: Path) -> tuple[Any, Any]:
    """(caller, ours) of a recording as 16-bit samples, by Python's own reader."""
    with wave.open(str(path)) as file:
        assert (file.getnchannels(), file.getsampwidth(), file.getframerate()) == (2, 2, 8000)
        sound = np.frombuffer(file.readframes(file.getnframes()), dtype="<i2").reshape(-1, 2)
    return sound[:, 0], sound[:, 1]


def test_a_recording_is_a_stereo_wav_file(kept: Recordings) -> None:
    """The caller is left, we are right; a program that reads WAV files reads it after every block."""
    path = kept.begin("CA1", DAY)
    assert len(sides(path)[0]) == 0
    for seconds in (1, 2):
        kept.append(path, LOUD, SOFT)
        caller, ours = sides(path)
        assert len(caller) == len(ours) == seconds * SECOND
        assert set(caller / 32768) == {from_mulaw(b"\x80")[0]}
        assert set(ours / 32768) == {from_mulaw(b"\xf0")[0]}
    assert path == kept.of("CA1") == kept.folder / "2026-11-28" / "CA1.wav"


def test_only_the_owner_of_the_files_reads_them(kept: Recordings) -> None:
    """Nobody else on the machine hears the calls."""
    path = kept.begin("CA1", DAY)
    assert path.stat().st_mode & 0o077 == 0
    assert path.parent.stat().st_mode & 0o077 == 0


def test_a_call_taken_up_again_goes_on_in_its_file(kept: Recordings) -> None:
    """After a dropped line, past midnight too, there is still one recording."""
    kept.append(kept.begin("CA1", DAY), LOUD, SOFT)
    again = kept.begin("CA1", date(2026, 11, 29))
    kept.append(again, SOFT, LOUD)
    assert len(sides(again)[0]) == 2 * SECOND
    assert len(list(kept.folder.rglob("*.wav"))) == 1


def test_a_file_that_was_cut_off_goes_on_behind_what_is_whole(kept: Recordings) -> None:
    """Bytes that a crash left behind the last whole block are written over."""
    path = kept.begin("CA1", DAY)
    kept.append(path, LOUD, SOFT)
    with path.open("ab") as file:
        file.write(b"half a blo")
    kept.append(path, LOUD, SOFT)
    assert len(sides(path)[0]) == 2 * SECOND
    path.write_bytes(b"RIFF")
    kept.append(path, LOUD, SOFT)
    assert len(sides(path)[0]) == SECOND


@pytest.mark.parametrize("call_id", ["../../etc/passwd", "a/b", "", "전화", "x" * 300, ".."])
def test_no_id_leads_out_of_the_folder(kept: Recordings, call_id: str) -> None:
    """Whatever a call is called, its file lies in the day's folder."""
    path = kept.begin(call_id, DAY)
    assert path.parent == kept.folder / "2026-11-28"
    assert kept.of(call_id) == path
    assert kept.erase(call_id)
    assert kept.of(call_id) is None


def test_old_recordings_are_deleted(kept: Recordings) -> None:
    """What was recorded before a day goes, with the folder of its day; the rest stays."""
    for number, day in enumerate((14, 15, 16)):
        kept.begin(f"CA{number}", date(2026, 11, day))
    assert kept.erase_before(date(2026, 11, 16)) == 2
    assert [path.name for path in kept.folder.iterdir()] == ["2026-11-16"]


def test_recordings_of_unknown_calls_are_deleted(kept: Recordings) -> None:
    """A call that was erased leaves no sound behind."""
    for call in ("CA1", "CA2", "전화"):
        kept.begin(call, DAY)
    assert kept.keep_only(["CA1", "전화"]) == 1
    assert kept.of("CA2") is None
    assert kept.of("전화") is not None


def test_recordings_leave_room_for_the_shops_file(kept: Recordings, monkeypatch: pytest.MonkeyPatch) -> None:
    """A nearly full disk takes no more sound: the room that is left is for bookings."""
    path = kept.begin("CA1", DAY)
    monkeypatch.setattr(recordings_module, "LEAST_FREE_BYTES", 1 << 62)
    with pytest.raises(OSError, match="MB are free"):
        kept.append(path, LOUD, SOFT)
    assert len(sides(path)[0]) == 0


def reel(recorder: Recorder, kept: Recordings, call_id: str = "CA1") -> Any:
    return recorder.reel(kept, call_id, lambda: DAY)


def test_blocks_are_written_in_order(kept: Recordings) -> None:
    """What calls hand over is on the disk when the recorder has been closed."""
    recorder = Recorder()
    one, two = reel(recorder, kept, "CA1"), reel(recorder, kept, "CA2")
    for block in (LOUD, SOFT, LOUD):
        one.put(block, SOFT)
        two.put(SOFT, block)
    recorder.close()
    path = kept.of("CA1")
    assert path
    assert [int(each) for each in sides(path)[0][::SECOND]] == [
        int(32768 * from_mulaw(b[:1])[0]) for b in (LOUD, SOFT, LOUD)
    ]
    assert kept.of("CA2")


def test_a_no_deletes_what_is_still_on_its_way(kept: Recordings) -> None:
    """Blocks handed over before the no do not bring the file back."""
    recorder = Recorder()
    one = reel(recorder, kept)
    for _ in range(5):
        one.put(LOUD, SOFT)
    one.erase()
    one.put(LOUD, SOFT)
    recorder.close()
    assert kept.of("CA1") is None


def test_a_file_that_was_deleted_meanwhile_is_not_made_again(kept: Recordings) -> None:
    """When `forget` erases a caller who is on the line, the rest of the call is not recorded."""
    recorder = Recorder()
    one = reel(recorder, kept)
    one.put(LOUD, SOFT)
    _wait(recorder)
    kept.erase("CA1")
    one.put(LOUD, SOFT)
    recorder.close()
    assert kept.of("CA1") is None


@pytest.mark.parametrize(
    "error", [OSError(28, "No space left on device"), PermissionError(13, "denied"), MemoryError()]
)
def test_a_disk_that_fails_ends_the_recording_alone(
    kept: Recordings, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, error: Exception
) -> None:
    """The call hears nothing of it; the log says it once."""

    def failing(*_: object) -> None:
        raise error

    recorder = Recorder()
    one = reel(recorder, kept)
    monkeypatch.setattr(Recordings, "append", failing)
    for _ in range(10):
        one.put(LOUD, SOFT)
    _wait(recorder)
    one.put(LOUD, SOFT)
    recorder.close()
    assert [record.message for record in caplog.records if "recorded no further" in record.message] == [
        f"call=CA1 is recorded no further, and goes on: {error!r}"
    ]


def test_a_disk_that_hangs_holds_no_call_up(kept: Recordings, monkeypatch: pytest.MonkeyPatch) -> None:
    """Memory is bounded: what a hanging disk does not take is given up, and the caller's thread never waits."""
    hanging = threading.Event()
    append = Recordings.append
    monkeypatch.setattr(Recordings, "append", _waiting(hanging, append))
    recorder = Recorder()
    one = reel(recorder, kept)
    for _ in range(2 * MOST_UNWRITTEN_BYTES // (2 * SECOND)):
        one.put(LOUD, SOFT)
    assert one._unwritten <= MOST_UNWRITTEN_BYTES + 2 * SECOND
    hanging.set()
    recorder.close()


def test_a_recorder_that_has_ended_takes_nothing_more(kept: Recordings) -> None:
    """A call that outlives the server's end goes on unrecorded."""
    recorder = Recorder()
    one = reel(recorder, kept)
    recorder.close()
    one.put(LOUD, SOFT)
    one.erase()
    assert kept.of("CA1") is None


def _wait(recorder: Recorder) -> None:
    recorder._thread.submit(lambda: None).result()


def _waiting(until: threading.Event, work: Callable[..., None]) -> Callable[..., None]:
    def waited(*arguments: object) -> None:
        until.wait(30)
        work(*arguments)

    return waited


def test_silence_is_silence() -> None:
    """The tape's silence decodes to nothing."""
    assert not from_mulaw(MULAW_SILENCE).any()
