"""The ways callers say a choice of the menu: "계란 추가" is also "달걀 하나 넣어서", "oat milk" also "with oat".

A choice is known by what it does (adds, leaves out, changes …) and by what many menus call alike (iced, large, mild);
which of a shop's choices were said, `options.py` finds.
"""

import re
from functools import lru_cache

_THING = r"(?: ?(?:거|것|걸로?|거로|것으로|맛|사이즈|컵|음료))?"
_FAMILIES: tuple[tuple[str, str], ...] = (
    ("temperature", rf"(?:따[뜻듯끈]|뜨[뜻끈])(?:하게|한){_THING}|뜨(?:겁게|거운){_THING}|핫(?:으로)?(?![가-힣])|hot"),
    (
        "temperature",
        rf"아이스(?! ?크림| ?티| ?박스|바| ?초코){_THING}|(?:차가운|시원한){_THING}|차갑게|시원하게|찬 ?(?:거|걸로|것)"
        r"|ice(?:d|(?= (?:latte|coffee|tea|mocha|americano)))|(?:on|over|with) ice"
        r"|(?<!was )(?<!is )(?<!too )(?<!gone )cold(?! brew)",
    ),
    (
        "size",
        r"라지(?: ?사이즈)?|(?:제일 |가장 |더 )?큰 ?(?:거|걸로?|것|사이즈|컵|잔)|대자|[엘L] ?사이즈|빅 ?사이즈"
        r"|large|big(?: one)?|venti",
    ),
    ("size", r"미디[엄움](?: ?사이즈)?|중간 ?(?:거|걸로?|사이즈|크기)|중자|[엠M] ?사이즈|medium|mid-?size|grande"),
    ("size", r"스몰(?: ?사이즈)?|작은 ?(?:거|걸로?|것|사이즈|컵)|소자|[에스S] ?사이즈|small|little|tall(?: one)?"),
    (
        "size",
        r"레귤러(?: ?사이즈)?|(?:보통|기본|일반) ?(?:거|걸로|사이즈|크기)|보통으로|[알R] ?사이즈|regular(?: size)?"
        r"|작은 ?(?:거|걸로?|것|사이즈|컵)",
    ),
    ("milk", r"(?:오트|귀리)(?: ?(?:밀크|우유))?|oat(?: ?milk|ly)?"),
    ("milk", r"(?:두유|소이)(?: ?(?:밀크|우유))?|soya?(?: ?milk)?"),
    ("milk", r"아몬드(?: ?(?:밀크|우유|브리즈))|almond(?: ?milk)?"),
    ("milk", r"(?:저지방|무지방)(?: ?(?:밀크|우유))?|(?:skim(?:med)?|non-? ?fat|fat[- ]free)(?: ?milk)?"),
    ("milk", r"락토프리(?: ?(?:밀크|우유))?|lactose[- ]free(?: ?milk)?"),
    ("milk", r"coconut(?: ?milk)?|코코넛(?: ?(?:밀크|우유))"),
    ("strength", rf"연하게|연한{_THING}|약하게|묽게|weak(?:er)?"),
    ("strength", rf"(?:더 )?진하게|진한{_THING}|strong(?:er)?"),
    ("caffeine", r"디카페인?|디카프|디캐프|카페인 ?(?:없는|뺀|없이)|decaf(?:feinated|f)?"),
    (
        "heat",
        r"순한 ?(?:맛|거|걸로?)|순하게|순한(?= [가-힣]{2})"
        rf"|(?:안|덜|조금만?|살짝|별로 안) ?(?:맵게|매운{_THING})|맵지 ?않(?:게|은{_THING})"
        r"|(?:안|덜) ?맵|mild|less (?:spicy|hot)|not (?:too |so |very )?spicy",
    ),
    ("heat", r"(?<!안 )(?<!덜 )매운 ?(?:맛|거|걸로?)|(?<!안 )(?<!덜 )매운(?= [가-힣]{2})(?! (?:편|정도|음식|건가|거예))"
        r"|(?<!안 )(?<!덜 )맵게|spicy"),
    ("portion", r"곱[빼배]기|곱(?=으로|이요|요|[ ,.]|$)"),
    ("shots", r"single|solo|싱글"),
    ("shots", r"double|doppio|더블|도피오"),
    ("warming", r"데워서?|데[우운](?:고|거)?|warm(?:ed)?(?: up)?|heat(?:ed)?(?: up)?|(?:warm|heat) (?:it|them|that"
        r"|those|both)(?: up)?"),
    ("toasting", r"구워서?|toasted|toast (?:it|them|that|those|both)"),
    ("whip", r"휘핑(?: ?크림)?|생크림|whip(?:ped)?(?: ?cream)?"),
    ("shot", r"샷 ?추가|(?:an? )?(?:extra|another|added|additional|more)(?: espresso)? shots?(?: of espresso)?"
        r"|add(?:ing)? (?:an?|one) shot"),
)  # fmt: skip
"""What cannot be had together, and how callers say it. Of one dish only the last of a kind counts."""
_COMPILED = tuple((kind, words, re.compile(words, re.IGNORECASE)) for kind, words in _FAMILIES)
LONG_ENOUGH = 5
"""Letters of an English choice whose plural, or singular, is looked for too."""
_INGREDIENTS = (
    r"계란|달걀|에그",
    r"휘핑(?: ?크림)?|생크림",
    r"(?:라면 ?|면 ?)?사리",
    r"오트|귀리",
    r"두유|소이",
    r"샷|에스프레소 샷",
    r"고기|육류",
)
_PARTICLE = r"(?:은|는|을|를|도|이|가|만|로|으로|이랑|랑)?"
_SOME = r"(?:(?:다|모두|전부|각각|하나|둘|[한두세] ?(?:개|장|번|펌프|스푼|조각)|좀|많이|더|조금|살짝|듬뿍) ?)*"
_ADD = (
    r"추가|넣(?!지 ?[말마않])(?:어서?|은|고)?|올(?:려|린|리고)|얹(?:어|은|고)|곁들\w|뿌려|많이|넉넉\w"
    r"|더(?= ?(?:요|주|줘|해|부탁|$|[,.]))"
)
_OUT = r"빼(?:고|서|줘|요| ?주(?:세요|시고|고)?)|뺀|뺄게요?|없이|없는|제외(?:하고)?|안 ?넣\w|넣지 ?[말마않]\w|안 ?들어"
_CHANGE = r"변경|바[꿔꾸]|교체|대체|대신"
_FRAMES = (
    (re.compile(r"(?P<what>.+?) ?추가"), _ADD),
    (re.compile(r"(?P<what>.+?) ?(?:빼고|없이|제외|빼기|빼)"), _OUT),
    (re.compile(r"(?P<what>.+?) ?(?:적게|조금|덜)"), r"적게|적은|조금|쪼금|덜|살짝|약간|반만"),
    (re.compile(r"(?P<what>.+?) ?(?:많이|넉넉히|듬뿍)"), r"많이|넉넉\w|듬뿍|가득"),
    (re.compile(r"(?P<what>.+?) ?따로"), r"따로"),
)
"""A Korean choice that does something to a part of the dish, and the words that do it."""
_SO_MANY = r"(?:(?:\d|one|two|three|four|five|six) )?"
_CHANGED = re.compile(r"(?P<what>.+?)(?:으로|로)? ?변경")
_ENGLISH_FRAMES = (
    (re.compile(r"(?P<what>.+) (?:milk|syrup|cheese)"), r"{0}(?: milk| syrup| cheese)?"),
    (re.compile(r"(?:extra|add|added) (?P<what>.+)"), r"(?:extra|add(?:ed)?|more|additional)(?: an?| some)? {0}"),
    (
        re.compile(r"(?:no|without|hold the) (?P<what>.+)"),
        r"(?:no|without|minus|(?:hold|skip|leave out)(?: the| any)?)(?: any| the)? {0}",
    ),
    (re.compile(r"(?:less|light) (?P<what>.+)"), r"(?:less|light|easy on(?: the)?|a little|not much) {0}"),
    (re.compile(r"(?P<what>.+) on the side"), r"{0} (?:on the side|separate(?:ly)?)|separate {0}"),
)


def ways_to_say(words: str) -> str | None:
    """A pattern of other ways to say a choice; None where only its own words are one."""
    plain = " ".join(words.lower().split())
    ways = [family for _, family, compiled in _COMPILED if compiled.fullmatch(plain)]
    if plain.isascii():
        ways += _one_or_several(plain)
        for frame, way in _ENGLISH_FRAMES:
            if match := frame.fullmatch(plain):
                ways.append(way.format(_spaced(match["what"])))
    elif match := _CHANGED.fullmatch(plain):
        ways.append(_changed(match["what"]))
    else:
        for frame, verbs in _FRAMES:
            if match := frame.fullmatch(plain):
                ways.append(_done_to(match["what"], verbs))
    return "|".join(ways) or None


def _one_or_several(plain: str) -> list[str]:
    """ "mushroom" for "mushrooms" and "olives" for "olive"; the two of "two sugars" counts no dishes."""
    if len(plain) < LONG_ENOUGH or not plain[-1].isalpha() or plain.endswith("ss"):
        return []
    return [re.escape(plain.removesuffix("s")) if plain.endswith("s") else rf"{_SO_MANY}{re.escape(plain)}s"]


def bare_part(words: str) -> str | None:
    """What a choice adds, as a pattern: "치즈" of "치즈 추가", for "치즈 떡볶이" and "떡볶이에 치즈"."""
    match = re.fullmatch(r"(?P<what>[가-힣 ]+?) ?추가", words)
    return _part(match["what"]) if match and len(match["what"]) > 1 else None


@lru_cache(maxsize=1024)
def kind_of(option: str) -> str | None:
    """What a choice decides (size, temperature, milk …); two of a kind exclude each other."""
    plain = " ".join(option.lower().split())
    plain = match["what"] if (match := _CHANGED.fullmatch(plain)) else plain
    return next((kind for kind, _, compiled in _COMPILED if compiled.fullmatch(plain)), None)


def _done_to(what: str, verbs: str) -> str:
    """A part of the dish and what is done to it; two parts may share the verb: "치즈랑 계란 추가"."""
    of_one = r",? ?(?:하나|둘|[한두세네] ?[개잔줄])[은는]"
    shared = rf"(?=(?:이랑|랑|하고|와|과|도|,|{of_one}) ?[가-힣]{{1,5}}? ?{_PARTICLE} ?{_SOME}(?:{verbs}))"
    return rf"(?<![가-힣])(?:{_part(what)})(?:{_PARTICLE} ?{_SOME}(?:{verbs})|{shared})"


def _changed(what: str) -> str:
    part = next((words for _, words, compiled in _COMPILED if compiled.fullmatch(what)), _part(what))
    return rf"(?:{part})(?:으로|로)?(?: ?(?:{_CHANGE})\w{{0,2}})?"


def _part(what: str) -> str:
    return next((words for words in _INGREDIENTS if re.fullmatch(words, what)), _spaced(what))


def _spaced(words: str) -> str:
    return " ?".join(re.escape(letter) for letter in words if letter != " ")
