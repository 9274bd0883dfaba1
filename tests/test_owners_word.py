"""The owner's word from one call to the next: what it does, what ends it, and who may not give it."""

from pathlib import Path

import pytest

from assistant.call import Keypress, Utterance
from assistant.call_log.erasure import forget_caller
from assistant.call_log.portable import export_shop, import_shop
from assistant.front_desk import FrontDesk
from assistant.protocols import DiaryChanged
from tests.conftest import DeskAt

OWNER, CUSTOMER = "01000000001", "01000001234"


def talk(desk: FrontDesk, caller: str, *said: str, shop: str = "haneul") -> list[str]:
    """A call from greeting to hanging up; keys are written "#2580". What the assistant said."""
    receptionist = desk.receptionist(shop)
    assert receptionist
    call_id = f"call-{len(desk.log(shop).calls())}"
    replies = [receptionist.answer(call_id, caller, "typed")]
    for number, words in enumerate(said, 1):
        heard = Keypress(words[1:]) if words.startswith("#") else Utterance(words)
        replies.append(receptionist.hear(call_id, number, heard))
    receptionist.hang_up(call_id)
    return [reply.say for reply in replies]


def test_from_the_owners_word_to_the_caller(desk_at: DeskAt) -> None:
    """One call orders, the next caller hears it; a third call undoes it, and it is forgotten."""
    desk = desk_at("2026-11-25T18:00")
    talk(desk, OWNER, "갈비탕 품절", "응")
    assert "갈비탕은 오늘 다 떨어졌어요" in talk(desk, CUSTOMER, "갈비탕 하나 포장할게요")[-1]
    talk(desk, OWNER, "방금 거 취소", "응")
    assert "떨어졌어요" not in talk(desk, CUSTOMER, "갈비탕 하나 포장할게요")[-1]


def test_it_ends_by_itself(desk_at: DeskAt) -> None:
    """Nobody undoes anything: the next day is a day like any other."""
    talk(desk_at("2026-11-25T14:00"), OWNER, "오늘 여덟 시까지만 할게", "#2580", "응", "지금 만석이야", "응")
    evening = desk_at("2026-11-25T20:10")
    assert "사정이 있어 일찍 닫았고" in talk(evening, CUSTOMER, "지금 문 열었어요?")[-1]
    tomorrow = desk_at("2026-11-26T20:10")
    assert "지금 영업 중이고" in talk(tomorrow, CUSTOMER, "지금 문 열었어요?")[-1]
    assert "취소할 지시가 없어요" in talk(tomorrow, OWNER, "방금 거 취소")[-1]


def test_a_pin_is_not_written_down(desk_at: DeskAt, tmp_path: Path) -> None:
    """Neither the right one nor a wrong one, by voice or by keys, stands anywhere in the shop's file."""
    desk = desk_at("2026-11-25T14:00")
    said = talk(desk, OWNER, "오늘 쉬어", "이오팔일", "#9753", "이오팔공", "응")
    assert "쉰다고 안내할게요" in said[-1]
    desk.log("haneul").close()
    kept = b"".join(path.read_bytes() for path in tmp_path.rglob("haneul.db*"))
    assert "쉬어".encode() in kept
    for pin in ("이오팔", "2581", "9753", "2580"):
        assert pin.encode() not in kept


def test_wrong_pins_add_up(desk_at: DeskAt) -> None:
    """Hanging up after every guess does not help: the third wrong one locks, from whatever call."""
    desk = desk_at("2026-11-25T14:00")
    for guess in ("#1111", "#2222", "#3333"):
        assert talk(desk, OWNER, "오늘 쉬어", guess)[0].startswith("사장님")
    assert not talk(desk, OWNER, "오늘 쉬어")[0].startswith("사장님")
    assert export_shop(desk.log("haneul"))["overrides"] == []
    (memo,) = [kept for kept in desk.log("haneul").ledger.open("message") if kept.entry.details["kind"] == "wrong_pin"]
    desk.log("haneul").ledger.mark("message", memo.entry.id, "done", "owner", memo.created)
    assert "쉬는 걸로 할까요?" in talk(desk, OWNER, "오늘 쉬어", "#2580")[-1]


def test_a_right_pin_forgets_the_wrong_ones(desk_at: DeskAt) -> None:
    """Who mistypes now and then is not locked out in the end."""
    desk = desk_at("2026-11-25T14:00")
    for _ in range(3):
        assert "쉬는 걸로 할까요?" in talk(desk, OWNER, "오늘 쉬어", "#1111", "#2222", "#2580")[-1]
    assert desk.log("haneul").ledger.open("message") == ()


def test_two_calls_guess_at_the_same_time(desk_at: DeskAt) -> None:
    """Guesses made side by side are counted one by one."""
    desk = desk_at("2026-11-25T14:00")
    receptionist, log = desk.receptionist("haneul"), desk.log("haneul")
    assert receptionist
    for call in ("a", "b"):
        receptionist.answer(call, OWNER, "typed")
        receptionist.hear(call, 1, Utterance("오늘 쉬어"))
    before = log.diary()
    receptionist.hear("a", 2, Keypress("1111"))
    late = receptionist._decide(log.load("b"), Keypress("2222"), before)
    with pytest.raises(DiaryChanged):
        log.append("b", late, before)
    receptionist.hear("b", 2, Keypress("2222"))
    assert [kept.entry.details["tries"] for kept in log.ledger.open("message")] == [2]


def test_an_erased_caller_is_not_blocked_any_more(desk_at: DeskAt) -> None:
    """Nothing about a number is left when it is erased, the order to block it neither."""
    desk = desk_at("2026-11-25T14:00")
    talk(desk, OWNER, "010-0000-0009 차단해", "#2580", "응", "갈비탕 품절", "응")
    assert "이 번호로는" in talk(desk, "01000000009")[0]
    gone = forget_caller(desk.log("haneul"), desk.books.recordings("haneul"), "01000000009")
    assert gone["overrides"] == 1
    assert [row["kind"] for row in export_shop(desk.log("haneul"))["overrides"]] == ["sold_out"]


def test_a_withheld_number_is_nobodys(desk_at: DeskAt) -> None:
    """Without a number nobody is the owner; nor in another shop."""
    desk = desk_at("2026-11-25T14:00")
    talk(desk, "", "갈비탕 품절", "응")
    talk(desk, OWNER, "오늘 여섯 시까지만 할게", "#2580", "응", shop="sarang")
    assert export_shop(desk.log("haneul"))["overrides"] == []
    assert export_shop(desk.log("sarang"))["overrides"] == []


def test_orders_are_taken_away_and_brought_back(desk_at: DeskAt, tmp_path: Path) -> None:
    """Export and import carry every order, and it holds where it arrives."""
    desk = desk_at("2026-11-25T18:00")
    orders = (
        "오늘 여덟 시까지만 할게|#2580|응|갈비탕 품절|응|내일 단체 받지 마|응|차단해|010-0000-0009|응|지금 만석이야|응"
    )
    talk(desk, OWNER, *orders.split("|"), "방금 거 취소", "응")
    taken = export_shop(desk.log("haneul"))
    kinds = {each["kind"]: each["status"] for each in taken["overrides"]}
    assert kinds == dict.fromkeys(["closes", "sold_out", "no_groups", "blocked"], "active") | {"full": "undone"}
    other = desk.log("sarang")
    import_shop(other, {"overrides": taken["overrides"]})
    assert export_shop(other)["overrides"] == taken["overrides"]
    assert "이 번호로는" in talk(desk, "01000000009", shop="sarang")[0]
