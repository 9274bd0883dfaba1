"""A Saturday at two made-up shops, as the phone would have left it. Everybody in it is invented."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from assistant.call import (
    Act,
    Call,
    Heard,
    HungUp,
    Keypress,
    Mention,
    Outcome,
    Reply,
    Silence,
    State,
    Turn,
    Understood,
    Utterance,
)
from assistant.call_log import SqliteCallLog
from assistant.opening_hours import DayHours, OpeningHours
from assistant.shop import Shop
from assistant.shop_rules import OrderRules, ReservationRules

SEOUL = ZoneInfo("Asia/Seoul")
NOW = datetime(2026, 11, 28, 17, 42, tzinfo=SEOUL)
TODAY = NOW.date()

HANEUL = Shop(
    "haneul",
    "하늘식당",
    OpeningHours((DayHours(11 * 60, 21 * 60 + 30, ((15 * 60, 17 * 60),), 20 * 60 + 50),) * 7),
    names={"en": "Haneul Sikdang"},
    reservations=ReservationRules(seats=44),
    orders=OrderRules(),
)
SARANG = Shop("sarang", "사랑헤어", OpeningHours((DayHours(10 * 60, 20 * 60),) * 7), reservations=ReservationRules())

Exchange = tuple[Heard | None, str, Understood, tuple[str, ...], tuple[Outcome, ...], str]


def heard(
    text: str,
    say: str,
    *outcomes: Outcome,
    acts: tuple[Act, ...] = (),
    mentions: tuple[Mention, ...] = (),
    answer: Any = None,
    sources: tuple[str, ...] = (),
    then: str = "listen",
    language: str = "ko",
    **how: Any,
) -> Exchange:
    """One exchange in words."""
    understood = Understood(language, acts, answer, mentions)
    return Utterance(text, language, **how), say, understood, sources, outcomes, then


def event(what: Heard, say: str, *outcomes: Outcome, then: str = "listen") -> Exchange:
    """One exchange without words."""
    return what, say, Understood(), (), outcomes, then


GREETING = (
    "안녕하세요, 하늘식당입니다. 저는 전화를 대신 받는 인공지능 상담원이고, 통화 내용은 글로 기록됩니다. "
    "직원과 통화하시려면 영번을 눌러 주세요. 무엇을 도와드릴까요?"
)


def hold(log: SqliteCallLog, call: Call, exchanges: list[Exchange], summary: str | None) -> None:
    """Write a whole call."""
    log.begin(call)
    greeting: Exchange = (None, GREETING, Understood(), (), (), "listen")
    for number, (what, say, understood, sources, outcomes, then) in enumerate([greeting, *exchanges]):
        at = call.began + timedelta(seconds=11 * number)
        reply = Reply(say, understood.language, then, sources)  # type: ignore[arg-type]
        log.append(call.id, Turn(number, at, what, reply, State(), understood, outcomes), log.diary())
    if summary is not None:
        log.end(call.id, call.began + timedelta(seconds=11 * len(exchanges) + 9), summary)


def booking(day: date, time: str, party: int, name: str, phone: str, **more: Any) -> Outcome:
    """A booking as the conversation leaves it."""
    details = {"day": str(day), "time": time, "party": party, "name": name, "phone": phone, "services": [], **more}
    return Outcome("reservation", details)


def fill_haneul(log: SqliteCallLog) -> None:
    """A restaurant's day: bookings, an order, questions, a call that goes on."""

    def call(number: int, caller: str, hour: int, minute: int, day: date = TODAY) -> Call:
        began = datetime(day.year, day.month, day.day, hour, minute, tzinfo=SEOUL)
        return Call(f"CA{number:032d}", "haneul", caller, "twilio-stream", began)

    hold(
        log,
        call(1, "01000007788", 19, 5, TODAY - timedelta(days=1)),
        [
            heard("내일 점심에 룸으로 여덟 명 되나요", "네, 열두 시에 룸으로 여덟 분 예약해 드릴게요. 맞으세요?"),
            heard("네 맞아요", "예약되었습니다.", booking(TODAY, "12:00", 8, "최은우", "01000007788", area="룸",
                  note="돌 전 아기 의자 하나"), answer="yes"),
        ],
        "예약: 11월 28일(토) 12:00, 최은우 님, 8명",
    )  # fmt: skip
    booked = [
        booking(TODAY, "18:30", 2, "박하나", "01000002468", area="홀", note="창가 자리"),
        booking(TODAY, "18:00", 3, "정민수", "01000001357"),
    ]
    for number, outcome in enumerate(booked):
        earlier = call(20 + number, str(outcome.details["phone"]), 20, number, TODAY - timedelta(days=1))
        hold(log, earlier, [heard("네 맞아요", "예약되었습니다.", outcome, answer="yes")], "예약")

    hold(
        log,
        call(2, "01000004321", 10, 12),
        [
            heard("거기 주차 돼요", "네, 가게 앞에 세 대까지 세우실 수 있어요. 더 필요하신 거 있으세요?",
                  acts=(Act("faq", 0.93, 0, 8, "faq.parking"),), sources=("faq.parking",)),
            heard("아니요 됐어요", "전화 주셔서 감사합니다. 좋은 하루 보내세요.", answer="no", then="hang_up"),
        ],
        "문의에 답함: 주차",
    )  # fmt: skip
    hold(
        log,
        call(3, "01000001234", 11, 31),
        [
            heard(
                "오늘 저녁 일곱 시에 네 명 예약이요 그리고 갈비탕 얼마예요",
                "갈비탕은 만 육천 원이에요. 오늘 저녁 일곱 시 네 분이요. 성함이 어떻게 되세요?",
                acts=(Act("reservation.make", 0.97, 0, 18), Act("faq", 0.91, 23, 32, "menu.갈비탕")),
                mentions=(
                    Mention("day", "오늘", 0, 2, "2026-11-28"),
                    Mention("time", "저녁 일곱 시", 3, 10, "19:00"),
                    Mention("count", "네 명", 12, 15, 4),
                    Mention("item", "갈비탕", 23, 26, {"name": "갈비탕", "quantity": 1, "options": []}),
                ),
                sources=("menu.갈비탕.price", "hours.2026-11-28"),
            ),
            heard("김지혜요 지혜 할 때 혜", "김지혜 님, 전화번호는 010-0000-1234 맞으세요?",
                  mentions=(Mention("name", "김지혜", 0, 3, "김지혜"),)),
            heard("네", "오늘 저녁 일곱 시, 네 분, 김지혜 님으로 예약되었습니다. 더 필요하신 거 있으세요?",
                  booking(TODAY, "19:00", 4, "김지혜", "01000001234"),
                  Outcome("consent", {"read_out": "15분 넘게 늦으시면 예약이 취소될 수 있습니다.", "said": "네"}),
                  answer="yes", sources=("reservations.policy",), spoke_over=True, heard_ms=2400),
            heard("없어요 감사합니다", "전화 주셔서 감사합니다. 좋은 하루 보내세요.",
                  acts=(Act("goodbye", 0.98, 0, 9),), then="hang_up"),
        ],
        "예약: 11월 28일(토) 19:00, 김지혜 님, 4명",
    )  # fmt: skip
    order = {
        "day": "2026-11-28", "time": "12:20", "fulfilment": "pickup", "total": 47000, "delivery_fee": 0,
        "items": [
            {"name": "갈비탕", "quantity": 2, "options": ["특"], "price": 20000, "note": ""},
            {"name": "공깃밥", "quantity": 1, "options": [], "price": 1000, "note": ""},
            {"name": "물냉면", "quantity": 1, "options": ["덜 맵게"], "price": 6000, "note": "겨자 빼고"},
        ],
        "pickup_time": "18:10", "address": None, "name": "박서준", "phone": "01000005678", "status": "placed",
        "note": "일회용 수저 필요 없음",
    }  # fmt: skip
    hold(
        log,
        call(4, "01000005678", 12, 20),
        [heard("갈비탕 특 두 개랑 공깃밥 하나 물냉면 하나 포장이요", "모두 사만 칠천 원, 여섯 시 십 분에 준비돼요.",
               Outcome("order", order), acts=(Act("order.make", 0.99, 0, 27),), then="hang_up")],
        "포장 주문: 18:10 찾아감, 박서준 님, 갈비탕 (특) ×2, 공깃밥 ×1, 물냉면 (덜 맵게) ×1, 47,000원",
    )  # fmt: skip
    hold(
        log,
        call(5, "01000009012", 13, 48),
        [heard("다음 달에 서른 명 회식 되나 사장님하고 얘기하고 싶은데요",
               "사장님이 오후 다섯 시까지 전화드릴게요.",
               Outcome("message", {"kind": "callback", "name": "이도현", "phone": "01000009012",
                                   "about": "12월 셋째 주 30명 회식 문의", "due": "2026-11-28T17:00:00+09:00"}),
               acts=(Act("human", 0.88, 0, 30),), sources=("callback_minutes",), then="hang_up")],
        "전화 요청: 이도현 님, 12월 셋째 주 30명 회식 문의",
    )  # fmt: skip
    hold(
        log,
        call(6, "+12025550123", 15, 2),
        [
            heard("Hi, do you have anything vegan?", "I'm sorry, I don't know that. The owner will call you back.",
                  Outcome("unanswered", {"question": "Do you have anything vegan?"}),
                  Outcome("message", {"kind": "question", "name": None, "phone": "+12025550123",
                                      "about": "Do you have anything vegan?", "due": "2026-11-28T18:30+09:00"}),
                  acts=(Act("faq", 0.71, 0, 31),), language="en", then="hang_up"),
        ],
        "답 못한 질문: Do you have anything vegan?",
    )  # fmt: skip
    hold(
        log,
        call(7, "", 16, 26),
        [
            event(Silence(6.0), "여보세요? 무엇을 도와드릴까요?"),
            heard("저 그 뭐냐", "죄송해요, 잘 못 들었어요. 무엇을 도와드릴까요?", confidence=0.31),
            event(Keypress("0"), "네, 직원에게 연결해 드릴게요.", then="transfer"),
        ],
        "직원에게 연결",
    )
    hold(
        log,
        call(8, "01000002468", 17, 8),
        [heard("오늘 일곱 시 예약한 박하나인데 십오 분 늦을 것 같아요", "네, 말씀 전해 둘게요. 조심히 오세요.",
               Outcome("reservation", {"id": 2, "late_minutes": 15}),
               then="hang_up")],
        "늦는다는 연락: 박하나 님, 15분",
    )  # fmt: skip
    hold(
        log,
        call(9, "01000001357", 17, 20),
        [heard("오늘 여섯 시 예약 취소할게요", "네, 취소해 드렸습니다.",
               Outcome("reservation", {"id": 3, "status": "cancelled"}), then="hang_up"),
         event(HungUp(), "")],
        "예약 취소: 11월 28일(토) 18:00, 정민수 님, 3명",
    )  # fmt: skip
    hold(log, call(10, "01000008642", 17, 41), [heard("여보세요 예약 좀 하려고요", "네, 언제로 해 드릴까요?")], None)


def open_shops(folder: Path) -> Mapping[str, tuple[Shop, SqliteCallLog]]:
    """Both shops with their files in a folder, on a clock that stands at `NOW`."""
    haneul = SqliteCallLog(folder / "haneul.db", clock=lambda: NOW)
    fill_haneul(haneul)
    sarang = SqliteCallLog(folder / "sarang.db", clock=lambda: NOW)
    cut = booking(TODAY, "14:00", 1, "오세영", "01000003690", services=["커트", "뿌리염색"], staff="민지", minutes=120)
    call = Call("CB1", "sarang", "01000003690", "twilio-turns", NOW - timedelta(hours=5))
    hold(
        sarang,
        call,
        [heard("두 시에 민지 선생님 커트랑 뿌리염색이요", "예약되었습니다.", cut)],
        "예약: 14:00, 오세영 님",
    )
    return {"haneul": (HANEUL, haneul), "sarang": (SARANG, sarang)}
