"""The section `orders` of a shop's file: preparation, and where and for how much is delivered."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from assistant.config.fields import Key, Listed, Read, Record, below, into, label
from assistant.config.mistakes import Misread, Mistake
from assistant.config.scalars import Minutes, Money, Text, Whole, Words, folded
from assistant.config.yaml_tree import Items, Leaf, Node, mistake_at
from assistant.shop_rules import DeliveryArea, DeliveryRules, OrderRules

_PLACES = Listed(Text(40, "사직동"), lone=True, most=50)
_LONGEST_DELIVERY = 6 * 60


def orders_reader(languages: tuple[str, ...]) -> Record[OrderRules]:
    """Reads how a shop takes orders."""
    return Record(
        (
            Key("prepare_minutes", Minutes(1, 24 * 60), also=("준비시간", "prepare")),
            Key("largest_quantity", Whole(1, 1000, ("개", "인분")), also=("최대수량",)),
            Key("delivery", _delivery(languages), also=("배달", "deliveries")),
        ),
        into(OrderRules),
    )


def _delivery(languages: tuple[str, ...]) -> Record[DeliveryRules]:
    areas = Listed(_Area(_area(languages), languages[0]), most=300, least=1)
    return Record(
        (
            Key("areas", areas, needed=True, example="areas: [사직동, 효자동]", also=("지역", "배달지역", "area")),
            Key("not_to", _PLACES, also=("안가는곳", "제외", "except")),
            Key("minimum", Money(0, 1_000_000), also=("최소주문", "최소금액", "min")),
            Key("fee", Money(0, 100_000), also=("배달비", "배달료", "cost")),
            Key("free_from", Money(0, 10_000_000), also=("무료배달", "free", "free_above")),
            Key("minutes", Minutes(5, _LONGEST_DELIVERY), also=("시간", "소요시간", "duration")),
        ),
        _rules,
    )


def _area(languages: tuple[str, ...]) -> Record[DeliveryArea]:
    def build(read: Read) -> DeliveryArea:
        name: dict[str, str] = read.values["name"]
        others = {language: text for language, text in name.items() if language != languages[0]}
        return DeliveryArea(**{**read.values, "name": name[languages[0]], "names": others})

    return Record(
        (
            Key("name", Words(languages, 40), needed=True, example="name: 사직동", also=("이름", "지역")),
            Key("aliases", _PLACES, also=("별칭", "다른이름", "alias")),
            Key("fee", Money(0, 100_000), also=("배달비", "배달료", "cost")),
            Key("minimum", Money(0, 1_000_000), also=("최소주문", "최소금액", "min")),
            Key("minutes", Minutes(5, _LONGEST_DELIVERY), also=("시간", "소요시간", "duration")),
        ),
        build,
    )


@dataclass(frozen=True)
class _Area:
    """Reads a place with what is otherwise there, or its name alone."""

    inside: Record[DeliveryArea]
    language: str

    def __call__(self, node: Node, key: str) -> DeliveryArea:
        """The area. Raises `Misread`."""
        return DeliveryArea(Text(40, "사직동")(node, key)) if isinstance(node, Leaf) else self.inside(node, key)


def _rules(read: Read) -> DeliveryRules:
    if mistakes := [*_places_twice(read)]:
        raise Misread(mistakes)
    return DeliveryRules(**read.values)


def _places_twice(read: Read) -> Iterator[Mistake]:
    """One place in two areas, or both delivered to and not."""
    lines: dict[str, int] = {}
    named: list[tuple[Node, str, tuple[Any, ...]]] = []
    areas, others = read.nodes["areas"], read.nodes.get("not_to")
    if isinstance(areas, Items):
        pairs = zip(areas.items, read.values["areas"], strict=True)
        for number, (node, area) in enumerate(pairs, 1):
            way = label(node, below(read.key, "areas"), number)
            named.append((node, way, (area.name, *area.names.values(), *area.aliases)))
    if others is not None:
        named.append((others, below(read.key, "not_to"), read.values["not_to"]))
    for node, key, names in named:
        for name in dict.fromkeys(map(folded, names)):
            if name in lines:
                yield mistake_at(node, key, "place_twice", value=name, first=lines[name])
            lines.setdefault(name, node.line)
