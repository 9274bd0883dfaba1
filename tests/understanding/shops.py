"""A made-up restaurant and a made-up salon for the tests of understanding."""

from datetime import datetime
from zoneinfo import ZoneInfo

from assistant.opening_hours import DayHours, OpeningHours
from assistant.shop import Faq, MenuItem, Option, Service, Shop, Staff
from assistant.shop_rules import OrderRules, ReservationRules

AT = datetime(2026, 11, 25, 12, 0, tzinfo=ZoneInfo("Asia/Seoul"))
"""A Wednesday noon."""
_HOURS = OpeningHours((DayHours(660, 1290),) * 7)


def _dish(name: str, english: str, *aliases: str, options: tuple[Option, ...] = ()) -> MenuItem:
    return MenuItem(name, 10_000, names={"en": english}, aliases=aliases, options=options)


RESTAURANT = Shop(
    "haru",
    "하루식당",
    _HOURS,
    menu=(
        _dish("갈비탕", "short-rib soup", "갈탕", options=(Option("특", {"en": "large"}),)),
        _dish(
            "김치찌개", "kimchi stew", "김찌", options=(Option("덜 맵게", {"en": "less spicy"}), Option("고기 추가"))
        ),
        _dish("된장찌개", "soybean stew", "된장"),
        _dish("김밥", "kimbap"),
        _dish("떡볶이", "tteokbokki", options=(Option("덜 맵게"),)),
        _dish("순대", "sundae"),
        _dish("공깃밥", "bowl of rice", "공기밥", "밥"),
        _dish(
            "아이스 아메리카노",
            "iced americano",
            "아아",
            options=(Option("디카페인", {"en": "decaf"}), Option("샷 추가", {"en": "extra shot"})),
        ),
        _dish("카페라떼", "latte", "라떼", options=(Option("귀리 우유", {"en": "oat milk"}),)),
        _dish("짜장면", "jajang", "짜장"),
        _dish("짬뽕", "jjamppong", options=(Option("안 맵게", {"en": "mild"}),)),
        _dish("후라이드", "fried chicken", options=(Option("순살", {"en": "boneless"}),)),
        _dish("양념치킨", "sweet and spicy chicken", "양념", options=(Option("순살", {"en": "boneless"}),)),
        _dish("돌솥비빔밥", "stone-pot bibimbap", "비빔밥", "bibimbap", options=(Option("고기 빼고"),)),
    ),
    faqs=(
        Faq(
            "parking",
            ("주차 되나요?", "차 가져가도 돼요?", "Is there parking?"),
            {"ko": "가게 뒤에 여섯 대 댈 수 있어요."},
        ),
        Faq("high-chair", ("아기 의자 있어요?",), {"ko": "네 개 있어요."}),
        Faq("pets", ("강아지 데려가도 돼요?",), {"ko": "바깥 자리에서 돼요."}),
        Faq("corkage", ("콜키지 되나요?", "와인 가져가도 돼요?"), {"ko": "한 병에 이만 원이에요."}),
        Faq("room", ("룸 있어요?", "조용한 방 있나요?"), {"ko": "하나 있어요."}),
        Faq("group", ("단체 되나요?",), {"ko": "마흔 분까지 돼요."}),
    ),
    reservations=ReservationRules(seats=40),
    orders=OrderRules(),
)

SALON = Shop(
    "bom",
    "봄헤어",
    _HOURS,
    services=(
        Service("남자 커트", 40, 25_000, aliases=("남자 컷",)),
        Service("여자 커트", 50, 30_000, aliases=("커트", "컷")),
        Service("일반 펌", 150, 100_000, names={"en": "perm"}, aliases=("파마",)),
    ),
    staff=(Staff("지민", aliases=("지민 쌤",)), Staff("현우")),
    reservations=ReservationRules(),
)
