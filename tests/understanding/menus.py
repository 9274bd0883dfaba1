"""A made-up café, snack bar and coffee shop, for the tests of orders."""

from assistant.opening_hours import DayHours, OpeningHours
from assistant.shop import MenuItem, Option, Shop
from assistant.shop_rules import OrderRules

_HOURS = OpeningHours((DayHours(540, 1290),) * 7)
_DRINK = ("라지", "레귤러", "아이스", "따뜻하게", "디카페인", "샷 추가", "두유 변경", "오트 변경", "얼음 적게")
_CUP = (
    "small",
    "large",
    "iced",
    "hot",
    "oat milk",
    "soy milk",
    "vanilla syrup",
    "extra shot",
    "decaf",
    "whipped cream",
    "sugar",
)


def _item(name: str, *aliases: str, options: tuple[str, ...] = ()) -> MenuItem:
    return MenuItem(name, 5000, aliases=aliases, options=tuple(map(Option, options)))


def _shop(name: str, languages: tuple[str, ...], *menu: MenuItem) -> Shop:
    return Shop(name, name, _HOURS, languages=languages, menu=menu, orders=OrderRules())


CAFE = _shop(
    "cafe",
    ("ko", "en"),
    _item("아메리카노", options=_DRINK),
    _item("카페라떼", "라떼", options=_DRINK),
    _item("카페모카", "모카", options=(*_DRINK, "휘핑 빼고")),
    _item("복숭아에이드", options=("라지", "레귤러", "얼음 적게")),
    _item("청귤에이드", options=("라지", "레귤러", "얼음 적게")),
    _item("스콘", options=("데워서",)),
    _item("와플", options=("아이스크림 추가",)),
)
SNACKS = _shop(
    "snacks",
    ("ko", "en"),
    _item("떡볶이", options=("순한맛", "매운맛", "치즈 추가", "계란 추가")),
    _item("김치우동", options=("계란 추가", "곱빼기")),
    _item("유부우동", options=("계란 추가", "곱빼기")),
    _item("멸치김밥", options=("오이 빼고", "당근 빼고")),
    _item("새우김밥", options=("오이 빼고", "당근 빼고")),
    _item("오뎅꼬치", "오뎅"),
    _item("공깃밥"),
)
COFFEE = _shop(
    "coffee",
    ("en", "ko"),
    _item("Latte", options=_CUP),
    _item("Americano", options=("small", "large", "iced", "hot", "vanilla syrup", "extra shot", "decaf")),
    _item("Mocha", options=_CUP),
    _item("Cherry Pie", options=("warmed",)),
    _item("Apple Pie", options=("warmed",)),
    _item("Scone", options=("warmed", "clotted cream")),
    _item("Pizza", options=("large", "ham", "olives", "mushrooms", "pineapple")),
    _item("Steamed Egg"),
    _item("Espresso"),
    _item("Fish Stew"),
    _item("Bean Stew"),
)
