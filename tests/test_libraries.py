"""The weighing of libraries counts what it says it counts; a scripted reader stands for a library."""

import sys
from pathlib import Path
from typing import Any

import pytest

from assistant.call import Mention

BENCHMARKS = Path(__file__).parents[1] / "benchmarks"


@pytest.fixture(autouse=True)
def _benchmarks_importable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "path", [str(BENCHMARKS), *sys.path])


def row(number: int, text: str, *expect: dict[str, Any]) -> dict[str, Any]:
    return {"id": f"made-{number}", "text": text, "language": "ko", "expect": list(expect)}


ROWS = (
    row(1, "내일 일곱 시", {"kind": "day", "value": "2026-11-26"}, {"kind": "time", "value": "19:00"}),
    row(2, "내일", {"kind": "day", "value": "2026-11-26"}),
    row(3, "두 시간", {"kind": "duration", "value": 120}),
    row(4, "안녕하세요"),
)


def scripted(row: dict[str, Any]) -> list[Mention]:
    """Finds days only; sees one in a greeting; breaks on a duration."""
    if row["text"] == "두 시간":
        raise ValueError("a library's own mistake")
    return [Mention("day", "내일", 0, 2, "2026-11-26")]


def test_rows_are_right_with_every_detail_and_nothing_else() -> None:
    """All kinds first, then only those that the library claims, then what it makes up."""
    import libraries
    from candidates import Candidate

    claims = frozenset({"day"})
    with pytest.warns(UserWarning, match="scripted on made-3: ValueError"):
        read = libraries.readings(Candidate("scripted", {"ko": claims}, scripted), ROWS, {"day", "time", "duration"})
    scores = libraries.scores(read, claims)
    assert scores == {
        "all": 1 / 4, "own": 2 / 2, "own_rows": 2, "quiet": 1 / 2, "kinds": {"day": 1.0},
    }  # fmt: skip


def test_ours_stands_beside_a_library_on_its_kinds_only() -> None:
    """Where a library reads days alone, times that we miss are not counted against us there."""
    import libraries
    from candidates import Candidate

    days = Candidate("scripted", {"ko": frozenset({"day"})}, lambda row: scripted(ROWS[0]))
    ours = libraries.readings(days, ROWS[:2], {"day", "time"})
    figures = libraries.weigh(days, {"datetime_ko": ours}, "datetime_ko", ROWS[:2])
    assert figures
    assert (figures["all"], figures["own"], figures["ours_own"]) == (1 / 2, 1.0, 1.0)
    english = Candidate("english only", {"en": frozenset({"day"})}, scripted)
    assert libraries.weigh(english, {"datetime_ko": ours}, "datetime_ko", ROWS[:2]) is None


def test_details_match_in_any_order_but_each_only_once() -> None:
    """One mention cannot answer for two details."""
    import libraries

    day, time = Mention("day", "내일", 0, 2, "2026-11-26"), Mention("time", "일곱 시", 3, 7, "19:00")
    assert libraries.is_right([time, day], ROWS[0]["expect"])
    assert not libraries.is_right([day, day], [*ROWS[1]["expect"], *ROWS[0]["expect"][1:]])


@pytest.mark.parametrize(
    ("hour", "minute", "said", "meant"),
    [
        (7, 0, "일곱 시", "19:00"),
        (7, 0, "아침 일곱 시", "07:00"),
        (11, 30, "열한 시 반", "11:30"),
        (19, 0, "7", "19:00"),
    ],
)
def test_the_shop_decides_which_half_of_the_day_is_meant(hour: int, minute: int, said: str, meant: str) -> None:
    """As it does for our own readers, so that no library loses for not knowing the shop."""
    from candidates import clock_meant

    assert clock_meant(hour, minute, said) == meant


def test_a_library_that_is_not_installed_is_left_out(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The table is made of those that are here, and says which are not."""
    import libraries
    from candidates import Candidate

    def absent() -> Candidate:
        raise ImportError("No module named 'absent'")

    monkeypatch.setattr(libraries, "ours", lambda: Candidate("ours", {}, scripted))
    monkeypatch.setattr(libraries, "LOADERS", (absent,))
    assert [candidate.name for candidate in libraries.installed(None)] == ["ours"]
    assert "not here: absent (No module named 'absent')" in capsys.readouterr().out
