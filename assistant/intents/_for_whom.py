"""Which service for whom: a cut for a man, a woman or a child, for one caller or for several at once. Pure."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from assistant.call import Mention
from assistant.intents._choices import chosen
from assistant.intents._intent import Scene, phrases_beside
from assistant.shop import Service, Shop

_WORDS: Final[Mapping[str, Mapping[str, Any]]] = phrases_beside(__file__)
_BESIDE = 3  # characters between a service and the number of people it is for

_COUPLE = 2

May = tuple[str, ...]
"""The names of the services that a caller may mean; one when it is clear."""


@dataclass(frozen=True)
class Wished:
    """One service of those that were named."""

    may: May
    people: int | None = None
    """For how many, where that was said beside it."""


@dataclass(frozen=True)
class ServicesTold:
    """What was told of services so far."""

    services: tuple[str, ...] = ()
    """Those that are clear."""
    unclear: May = ()
    """Those of which one is wished."""
    whom: str = ""
    party: int | None = None
    """How many come, as it was just said."""
    people: int = 1
    """How many are booked one by one already."""
    each: tuple[May, ...] = ()
    """What each but the first may wish."""


def services_told(scene: Scene, before: ServicesTold) -> ServicesTold:
    """What was told of services after this turn."""
    named = scene.of("service") or [each for each in scene.before if each.kind == "service" and not before.services]
    whom = for_whom(scene.text, scene.language)
    found = wished(scene, named, before.whom)
    party = None if before.people > 1 else _party(scene, found) or before.party
    if party and party > 1 and (found or not before.services):
        first, *rest = _shared_out(found, party)
        return ServicesTold(
            first if len(first) == 1 else (), first if len(first) > 1 else (), "", party, 1, tuple(rest)
        )
    services: tuple[str, ...] = before.services
    unclear: May = before.unclear
    if before.unclear and not found:
        left = narrowed(scene, before.unclear, whom)
        # Asked once: who agrees, or tells something else instead, means what the owner calls so.
        told = scene.asking == "service" and (scene.mentions or scene.answer == "yes")
        usual = left[0] if len(left) == 1 or told else None
        if picked := (None if told and scene.answer == "yes" else chosen(scene, before.unclear)) or usual:
            services, unclear = (*services, picked), ()
        else:
            unclear = left
    elif not found and whom:
        services = tuple(_for(scene, name, whom) for name in services)
    elif found and ((scene.asking == "service" and not before.unclear) or _put_right(scene)):
        services = ()
    for each in (_not_again(each, before.unclear, scene) for each in found):
        family = kin(scene.shop, each.may[0])
        services = tuple(name for name in services if name not in family)
        unclear = each.may if len(each.may) > 1 else () if set(unclear) & set(family) else unclear
        services = (*services, *each.may) if len(each.may) == 1 else services
    given_up = {str(each.value) for each in named if _given_up(scene, each)}
    services = tuple(dict.fromkeys(name for name in services if name not in given_up))
    return ServicesTold(
        services, unclear, "; ".join(filter(None, (before.whom, whom))), party, before.people, before.each
    )


def _put_right(scene: Scene) -> bool:
    """ "No, a women's cut", to what was read back: what was misheard goes, unless something is to come on top."""
    return scene.asking == "confirm" and scene.answer == "no" and not scene.hears(_WORDS[scene.language]["besides"])


def _not_again(wish: Wished, asked: May, scene: Scene) -> Wished:
    """ "커트요" once more, when it was asked for whom: what the owner calls so."""
    return Wished(wish.may[:1]) if scene.asking == "service" and len(wish.may) > 1 and wish.may[0] in asked else wish


def _party(scene: Scene, found: Sequence[Wished]) -> int | None:
    """How many people it is for, by what was said of each service, of all, or of each of them."""
    beside = sum(each.people or 1 for each in found) if any(each.people for each in found) else 0
    counts = [int(each.value) for each in scene.of("count") if isinstance(each.value, int)]
    apart = told_apart(scene.text, scene.language)
    several = apart if apart == len(found) else 0
    return max([beside, several, _COUPLE if _together(scene) else 0, *counts], default=0) or None


def _together(scene: Scene) -> bool:
    """ "친구랑 같이 파마하려고요" is for two; who only comes along is none."""
    words = _WORDS[scene.language]["together"]
    return any(re.search(words, scene.text[: each.start], re.IGNORECASE) for each in scene.of("service"))


def _shared_out(found: Sequence[Wished], party: int) -> list[May]:
    """What each of several people may wish: one thing each, the same for all, or not known."""
    single = [each.may for each in found for _ in range(each.people or 1)]
    if len(single) == party:
        return single
    return [found[0].may if len(found) == 1 else ()] * party


def _for(scene: Scene, name: str, whom: str) -> str:
    """The same service for the people just spoken of: "아니 남자예요"."""
    others = narrowed(scene, kin(scene.shop, name), whom)
    return others[0] if len(others) == 1 else name


def wished(scene: Scene, named: Sequence[Mention], whom: str) -> list[Wished]:
    """Each service named, as what it may be. `whom`: the words so far that say for whom."""
    kept = [each for each in named if not _given_up(scene, each)]
    found, begin = [], 0
    for number, mention in enumerate(kept):
        last = number + 1 == len(kept)
        beside = for_whom(scene.text[begin : len(scene.text) if last else mention.end], scene.language)
        may = _narrowed(scene.shop, _alike(scene.shop, mention), beside or whom)
        found.append(Wished(may, _people_beside(scene, mention)))
        begin = mention.end
    return found


def for_whom(text: str, language: str) -> str:
    """The groups of people that were spoken of, in order: "child; man child"; "" when none was.

    Somebody who only comes along ("엄마랑") is none.
    """
    said, words = text.casefold(), _WORDS[language]
    found = [
        _groups(match, language)
        for match in _saying(language).finditer(said)
        if not said.startswith(tuple(words["company"]), match.end())
    ]
    return "; ".join(dict.fromkeys(found))


def told_apart(text: str, language: str) -> int:
    """How many people something of their own was said of: "남편은 커트하고 저는 뿌염이요" are two."""
    words = _WORDS[language]
    if not words["topic"]:
        return 0
    said = text.casefold()
    topics = tuple(words["topic"])
    people = {match[0] for match in _saying(language).finditer(said) if said.startswith(topics, match.end())}
    me = rf"(?<![가-힣])(?:{'|'.join(words['me'])})(?:{'|'.join(topics)})(?![가-힣])"
    return len(people) + bool(re.search(me, said))


def narrowed(scene: Scene, may: May, whom: str) -> May:
    """Those of some services that fit the people spoken of."""
    return _narrowed(scene.shop, may, whom)


def kin(shop: Shop, name: str) -> May:
    """The services that are the same for somebody else: every cut that is for a man, a woman or a child."""
    own = _service(shop, name)
    if own is None or not _is_for(own):
        return (name,)
    return tuple(each.name for each in shop.services if _is_for(each) and _head(each) == _head(own))


def _narrowed(shop: Shop, may: May, whom: str) -> May:
    """Group by group, as long as something is left."""
    left = may
    for groups in filter(None, whom.split("; ")):
        fitting = tuple(
            name for name in left if (own := _service(shop, name)) and _is_for(own) & frozenset(groups.split())
        )
        left = fitting or left
    return left


def _alike(shop: Shop, mention: Mention) -> May:
    """The service, and where it was said without saying for whom, its kin behind it."""
    said, own = mention.text.casefold(), str(mention.value)
    tells = any(_of(language).search(said) for language in _WORDS)
    return (own,) if tells else tuple(dict.fromkeys((own, *kin(shop, own))))


def _given_up(scene: Scene, mention: Mention) -> bool:
    """ "커트 말고 펌으로": another service is named in its place."""
    others = [each for each in scene.of("service") if each.value != mention.value]
    behind = scene.text[mention.end :].casefold().lstrip()
    return bool(others) and behind.startswith(tuple(words.lstrip() for words in _WORDS[scene.language]["rather"]))


def _people_beside(scene: Scene, mention: Mention) -> int | None:
    """ "커트 두 명", "두 명 커트", "남자 커트 하나"."""
    for each in scene.of("count", "number"):
        behind, ahead = each.start - mention.end, mention.start - each.end
        if isinstance(each.value, int) and (0 <= behind <= _BESIDE or 0 <= ahead <= _BESIDE):
            return each.value
    return None


def _service(shop: Shop, name: str) -> Service | None:
    return next((each for each in shop.services if each.name == name), None)


def _head(service: Service) -> str:
    """ "커트" of "여자 커트"."""
    return service.name.split()[-1]


def _is_for(service: Service) -> frozenset[str]:
    """Whom the owner's words for a service name; empty for what is done to everybody."""
    said = " ".join((service.name, *service.names.values())).casefold()
    return frozenset(
        match.lastgroup for language in _WORDS for match in _of(language).finditer(said) if match.lastgroup
    )


@cache
def _of(language: str) -> re.Pattern[str]:
    """The owner's words that say for whom; the group that matched names them."""
    words = _WORDS[language]["of"]
    return re.compile("|".join(rf"(?P<{group}>{_alone(each, language)})" for group, each in words.items()))


@cache
def _ways(language: str) -> tuple[tuple[str, str], ...]:
    """(how callers say it, the groups that it may mean), the longest first."""
    words = _WORDS[language]
    ways = [(word, groups) for groups, each in words["say"].items() for word in each]
    return (*((age, "child") for age in words["age"]), *sorted(ways, key=lambda way: len(way[0]), reverse=True))


@cache
def _saying(language: str) -> re.Pattern[str]:
    return re.compile("|".join(f"({_alone([word], language)})" for word, _ in _ways(language)))


def _groups(match: re.Match[str], language: str) -> str:
    return _ways(language)[(match.lastindex or 1) - 1][1]


def _alone(words: Sequence[str], language: str) -> str:
    """Any of some words where one begins; an English one also ends there."""
    either = f"(?:{'|'.join(words)})"
    return rf"\b{either}\b" if language == "en" else f"(?<![가-힣]){either}"
