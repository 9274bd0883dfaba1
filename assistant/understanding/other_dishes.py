"""Tells a dish of the menu from one that only ends alike: "pumpkin spice latte", "멸치 김밥", "떡볶이 국물"."""

import re
from collections.abc import Set

_PART_OF_DISH = re.compile(r"(?:의)? ?(?:국물|소스|양념|육수|건더기|용기|그릇에|접시에)(?!.{0,3}(?:추가|하나))")
"""Behind a name: what belongs to the dish is meant, not the dish."""
_GOES_INTO = re.compile(r" (?:in(?:to|side)?|on(?: top of)?) (?:the |my |our |that )?", re.IGNORECASE)
_INGREDIENTS = (
    "소고기|쇠고기|돼지고기|불고기|닭고기|오징어|낙지|새우|멸치|참치|연어|장어|게살|날치알|명란|땡초|고추|묵은지|김치|치즈|스팸|햄|"
    "돈까스|돈가스|떡갈비|갈비|제육|샐러드|아보카도|버섯|해물|굴|꼬막|카레|짜장|크림|로제|마라|고구마|단호박|호박|딸기|망고|"
    "블루베리|초코|초콜릿|녹차|말차|민트|바나나|복숭아|자몽|레몬|청포도|흑당|연유|돌체|헤이즐넛|피스타치오|시나몬|토마토|얼그레이"
)
_FLAVOURS = (
    "pumpkin|spice|spiced|lavender|rose|honey|maple|gingerbread|eggnog|strawberry|raspberry|blueberry|peach"
    "|mango|banana|"
    "coconut|pistachio|ube|turmeric|chocolate|vanilla|caramel|hazelnut|cinnamon|matcha|almond|lemon|lime|orange"
    "|apple|"
    "cherry|mint|peppermint|ginger|raisin|oatmeal|pecan|walnut|cheese|cheddar|egg|ham|bacon|avocado|salmon"
    "|turkey|chicken|"
    "beef|pork|shrimp|tuna|kimchi|seafood|vegetable|tofu|cream|butter|jasmine|oolong|hibiscus|everything|sesame"
    "|poppy|onion|"
    "garlic|sugar|salt|salted|praline|marshmallow|cookie butter|white chocolate|earl grey|london|irish|cardamom"
    "|chestnut|black sesame|taro|fig|berry|cranberry|zucchini|carrot|pineapple|grape|kiwi|peanut|nutella|oreo"
    "|smoked|spinach|mushroom|tomato|toffee|mocha|red bean"
)
_INGREDIENT_BEFORE = re.compile(rf"(?<![가-힣])({_INGREDIENTS}) ?$|\b({_FLAVOURS}) $", re.IGNORECASE)


def is_part_of_dish(text: str, end: int) -> bool:
    """Whether behind a name stands a part of the dish: its broth, its sauce."""
    return bool(_PART_OF_DISH.match(text, end))


def goes_into_another(text: str, end: int, starts: Set[int]) -> bool:
    """Whether what ends here is put into a dish that starts behind: "an egg in the bibimbap" is no steamed egg."""
    into = _GOES_INTO.match(text, end)
    return into is not None and into.end() in starts


def is_another_dish(text: str, start: int, choices: Set[str]) -> bool:
    """Whether the words before a name make another dish of it. `choices`: the words of the menu's choices."""
    ingredient = _INGREDIENT_BEFORE.search(text[max(0, start - 16) : start])
    if ingredient is None:
        return False
    word = (ingredient[1] or ingredient[2]).lower()
    return word not in choices and f"{word}s" not in choices
