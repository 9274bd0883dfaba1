"""What a shop's file says it offers: `menu`, `services` and `staff`."""

from collections.abc import Mapping
from typing import Any

from assistant.config.allergens import read_allergen
from assistant.config.clock import weekdays
from assistant.config.fields import Key, Listed, Mapped, Read, Record, leaf
from assistant.config.mistakes import Misread
from assistant.config.scalars import NOTHING, Minutes, Money, Text, Whole, Words, yes_no
from assistant.config.yaml_tree import Items, Node, mistake_at
from assistant.shop import MenuItem, Option, Service, Staff

_NAMES = Listed(Text(40, "떡뽁이"), lone=True, most=30)


def named(read: Read, languages: tuple[str, ...]) -> dict[str, Any]:
    """The values of a record whose `name` is given in several languages."""
    name: dict[str, str] = read.values["name"]
    others = {language: text for language, text in name.items() if language != languages[0]}
    return {**read.values, "name": name[languages[0]], "names": others}


def _option(languages: tuple[str, ...]) -> Record[Option]:
    return Record(
        (
            Key("name", Words(languages, 40), needed=True, example="name: 곱빼기", also=("이름",)),
            Key("aliases", _NAMES, also=("별칭", "다른이름", "alias")),
            Key("price", Money(-1_000_000, 1_000_000), also=("가격", "추가금액")),
        ),
        lambda read: Option(**named(read, languages)),
    )


def _stock(node: Node, key: str) -> Mapping[str, int]:
    """How many there are of each size and colour. Raises `Misread`."""
    kinds = Mapped(Text(60, "검정 265"), Whole(0, 100_000, ("개", "켤레", "벌")), example="검정 265: 2")
    return dict(kinds(node, key))


def menu_item(languages: tuple[str, ...]) -> Record[MenuItem]:
    """Reads something the shop sells."""
    return Record(
        (
            Key("name", Words(languages, 60), needed=True, example="name: 갈비탕", also=("이름", "메뉴")),
            Key("price", Money(0, 10_000_000), needed=True, example="price: 15,000", also=("가격", "값", "cost")),
            Key("aliases", _NAMES, also=("별칭", "다른이름", "alias")),
            Key("options", Listed(_option(languages), most=30), also=("옵션", "추가", "option")),
            Key(
                "allergens",
                Listed(read_allergen, lone=True, none=NOTHING),
                also=("알레르기", "알러지", "allergies", "allergy"),
            ),
            Key("origin", Text(120), also=("원산지",)),
            Key("description", Words(languages), also=("설명",)),
            Key("sold_out", yes_no, also=("품절", "매진", "soldout")),
            Key("instead", Text(60, "비빔냉면"), also=("대신", "대체", "alternative")),
            Key("takeaway", yes_no, also=("포장", "takeout", "take_out")),
            Key("halves", yes_no, also=("반반", "half", "half_and_half")),
            Key("notice_days", Whole(0, 60, ("일", "일 전", "days", "day")), also=("예약일", "notice", "days_ahead")),
            Key("question", Words(languages, 120), also=("물어볼말", "문구", "ask")),
            Key("stock", _stock, also=("재고", "수량", "in_stock")),
        ),
        lambda read: MenuItem(**named(read, languages)),
    )


def service(languages: tuple[str, ...]) -> Record[Service]:
    """Reads something done by appointment."""
    return Record(
        (
            Key("name", Words(languages, 60), needed=True, example="name: 커트", also=("이름",)),
            Key(
                "minutes",
                Minutes(5, 12 * 60),
                needed=True,
                example="minutes: 40분",
                also=("시간", "소요시간", "duration"),
            ),
            Key("price", Money(0, 10_000_000), needed=True, example="price: 25,000", also=("가격", "값", "cost")),
            Key("aliases", _NAMES, also=("별칭", "다른이름", "alias")),
            Key("staff", Listed(Text(40), lone=True, most=50), also=("담당", "직원")),
        ),
        lambda read: Service(**named(read, languages)),
    )


def _days_off(node: Node, key: str) -> tuple[int, ...]:
    """Weekdays, 0 for Monday: "월", "월, 화", [월, 화]. Raises `Misread`."""
    written = node.items if isinstance(node, Items) else (node,)
    days: set[int] = set()
    for each in written:
        read = weekdays(leaf(each, key, "월").text)
        if read is None:
            raise Misread([mistake_at(each, key, "not_weekdays")])
        days.update(read)
    return tuple(sorted(days))


def staff(languages: tuple[str, ...]) -> Record[Staff]:
    """Reads somebody who serves customers by appointment."""
    return Record(
        (
            Key("name", Words(languages, 40), needed=True, example="name: 지민", also=("이름",)),
            Key("aliases", _NAMES, also=("별칭", "다른이름", "alias")),
            Key("days_off", _days_off, also=("휴무", "쉬는날", "off")),
        ),
        lambda read: Staff(**named(read, languages)),
    )
