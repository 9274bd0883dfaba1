"""The carrier's buffer: what is heard when, and which marks come back when."""

from assistant.carrier.playout import MAX_BUFFERED_BYTES, PlayedChunk, Playout


def test_sound_is_played_in_frames():
    """Messages of any size come out 160 bytes at a time, with silence behind the last."""
    playout = Playout()
    playout.add(b"a" * 100, 1.0)
    playout.add(b"b" * 100, 2.0)
    assert playout.buffered_ms == 25
    first, second, third = playout.tick(), playout.tick(), playout.tick()
    assert (first.heard, first.sounding_bytes) == (b"a" * 100 + b"b" * 60, 160)
    assert (second.heard, second.sounding_bytes) == (b"b" * 40 + b"\xff" * 120, 40)
    assert (third.heard, third.sounding_bytes) == (b"\xff" * 160, 0)
    assert playout.chunks == (PlayedChunk(1.0, 0, 100), PlayedChunk(2.0, 100, 100))


def test_mark_comes_back_when_its_sound_has_been_heard():
    """A mark behind 30 ms of sound comes back with the third frame: the second has then been played to its end."""
    playout = Playout()
    playout.add(b"a" * 240, 0)
    assert playout.mark("end")
    assert [playout.tick().echoes for _ in range(4)] == [(), (), ("end",), ()]


def test_marks_between_sounds_come_back_in_order():
    """Two marks behind different sounds in one frame both come back after that frame."""
    playout = Playout()
    playout.add(b"a" * 50, 0)
    playout.mark("one")
    playout.add(b"b" * 50, 0)
    playout.mark("two")
    assert [playout.tick().echoes for _ in range(3)] == [(), ("one", "two"), ()]


def test_mark_without_sound_is_echoed_at_once():
    """With nothing left to play a mark does not wait."""
    playout = Playout()
    assert not playout.mark("now")


def test_mark_during_the_last_frame_waits_for_its_end():
    """A mark that comes while the last frame still sounds is echoed with the next."""
    playout = Playout()
    playout.add(b"a" * 160, 0)
    playout.tick()
    assert playout.mark("end")
    assert playout.tick().echoes == ("end",)
    assert not playout.mark("later")


def test_clear_drops_sound_and_returns_every_mark():
    """After `clear` nothing is heard, all waiting marks come back in order, and the chunk counts as cut."""
    playout = Playout()
    playout.add(b"a" * 800, 0)
    playout.mark("one")
    playout.add(b"b" * 800, 0)
    playout.mark("two")
    playout.tick()
    assert playout.clear() == ("one", "two")
    frame = playout.tick()
    assert (frame.heard, frame.echoes) == (b"\xff" * 160, ())
    assert playout.chunks == (PlayedChunk(0, 0, 160),)
    assert playout.buffered_ms == 0


def test_clear_returns_a_mark_whose_sound_was_just_played():
    """A mark that waits for the end of the frame now sounding comes back with `clear`, once."""
    playout = Playout()
    playout.add(b"a" * 160, 0)
    playout.mark("end")
    playout.tick()
    assert playout.clear() == ("end",)
    assert playout.tick().echoes == ()


def test_ten_minutes_are_the_limit():
    """What would make more than ten minutes wait is thrown away; after some has been played there is room again."""
    playout = Playout()
    assert playout.add(b"a" * MAX_BUFFERED_BYTES, 0)
    assert not playout.add(b"b", 0)
    playout.tick()
    assert playout.add(b"b", 0)
