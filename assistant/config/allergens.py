"""The allergens a menu may name, with what owners and callers call them.

The first group is what Korean law makes labels declare (식품등의 표시기준, 22 kinds); the rest is declared elsewhere or
often asked for. A closed list: a misspelt allergen must be a mistake, not silence.
"""

from collections.abc import Mapping
from types import MappingProxyType

from assistant.config.fields import leaf
from assistant.config.mistakes import Misread, nearest
from assistant.config.scalars import folded
from assistant.config.yaml_tree import Node, mistake_at

_DECLARED = {
    "알류": ("egg", "계란", "달걀", "난류", "eggs", "메추리알"),
    "우유": ("milk", "유제품", "치즈", "버터", "크림", "dairy", "cheese", "butter", "cream"),
    "메밀": ("buckwheat", "모밀"),
    "땅콩": ("peanut", "peanuts"),
    "대두": ("soy", "콩", "간장", "두부", "된장", "soybean", "soya", "tofu"),
    "밀": ("wheat", "밀가루", "글루텐", "gluten", "flour"),
    "고등어": ("mackerel",),
    "게": ("crab", "꽃게", "대게", "crabs"),
    "새우": ("shrimp", "prawn", "prawns", "shrimps"),
    "돼지고기": ("pork", "돼지"),
    "복숭아": ("peach", "peaches"),
    "토마토": ("tomato", "tomatoes"),
    "아황산류": ("sulphites", "아황산", "sulfites"),
    "호두": ("walnut", "walnuts"),
    "닭고기": ("chicken", "닭"),
    "쇠고기": ("beef", "소고기"),
    "오징어": ("squid",),
    "굴": ("oyster", "oysters"),
    "전복": ("abalone",),
    "홍합": ("mussel", "mussels"),
    "조개류": ("shellfish", "조개", "바지락", "clam", "clams"),
    "잣": ("pine nut", "pine nuts"),
}
_OTHERS = {
    "생선": ("fish", "멸치", "어류", "액젓", "anchovy", "fish sauce"),
    "견과류": ("tree nuts", "견과", "nuts", "아몬드", "캐슈넛", "almond", "cashew"),
    "참깨": ("sesame", "깨", "참기름", "sesame oil"),
    "갑각류": ("crustaceans", "랍스터", "가재", "lobster", "crustacean"),
    "문어": ("octopus", "낙지", "쭈꾸미", "주꾸미"),
    "셀러리": ("celery",),
    "겨자": ("mustard", "머스터드"),
    "키위": ("kiwi", "다래"),
    "망고": ("mango",),
    "마늘": ("garlic",),
    "버섯": ("mushroom", "mushrooms"),
}

ALLERGENS: Mapping[str, tuple[str, ...]] = MappingProxyType(_DECLARED | _OTHERS)
"""The name used in `MenuItem.allergens`, then its English name, then other words for it."""


def allergen_called(name: str, language: str) -> str:
    """What an allergen of `MenuItem.allergens` is called in a language."""
    return name if language == "ko" or name not in ALLERGENS else ALLERGENS[name][0]


def allergens_in(words: str) -> set[str]:
    """The allergens that somebody speaks of, as `MenuItem.allergens` names them."""
    said = f" {words.casefold()} "
    return {
        name
        for name, others in ALLERGENS.items()
        if any((f" {other}" if other.isascii() else other) in said for other in (name, *others) if len(other) > 1)
    }


def allergen_named(word: str) -> str | None:
    """The allergen somebody means, as `MenuItem.allergens` names it; None when it is unknown."""
    plain = folded(word)
    return next((name for name, others in ALLERGENS.items() if plain == name or plain in others), None)


def read_allergen(node: Node, key: str) -> str:
    """One allergen of a dish. Raises `Misread`."""
    text = leaf(node, key, "새우").text
    name = allergen_named(text)
    if name is None:
        words = [word for known, others in ALLERGENS.items() for word in (known, *others)]
        near = nearest(text, words, cutoff=0.5)
        raise Misread([mistake_at(node, key, "not_an_allergen", known=", ".join(ALLERGENS), suggestion=near)])
    return name
