"""Sets right words that a letter kept from being read: "thrsday", "harlf past six", "sounds prefect".

Only words that the readers live by, and only where one of them alone is one letter away: a letter more, a letter
less, another one, or two changed round. Names are left as they are said, so nothing is set right that begins with a
capital letter inside a sentence, months and weekdays apart.
"""

import re
from dataclasses import replace

from rapidfuzz.distance import OSA

from assistant.call import Mention
from assistant.languages._spans import listed
from assistant.languages.en.name_words import EVERYDAY, NAMES_TOO, STOP

_DATES = frozenset(
    listed(
        "monday tuesday wednesday thursday friday saturday sunday january february march april june july august"
        " september october november december"
    )
)
_WORDS = _DATES | frozenset(
    listed(
        "today tonight tomorrow week next this the and past half quarter thirty fifteen twenty forty fifty o'clock"
        " noon evening afternoon morning one two three four five six seven eight nine ten eleven twelve people"
        " party adults kids child minutes hour around about for with under name name's number reservation booking"
        " appointment table order yes yeah right correct perfect sounds works please thanks thank you that that's not"
        " nope incorrect great fine quite sorry said should would could after actually change make change cancel"
        " reserve first second third fourth fifth sixth zero late"
    )
)
_CARRIERS = frozenset(listed("name name's names under please thanks thank you the this that's it's sorry not quite"))
"""What may be set right where a name was asked for: only what stands around it."""
_KNOWN = (
    _WORDS
    | EVERYDAY
    | STOP
    | NAMES_TOO
    | frozenset(
        listed(
            "able abort about above april bless border bun cable cake calf came cast child chill cope could date"
            " dine don done dune eighteen eighteenth eighth eights eighty eleven elevens eleventh eve even evenin"
            " evening event ever eyes fame fan far fast few fifteenth fight find fine fined fir fire fives fix fog"
            " for ford fore form fort forth foul four fours fourteen fourteenth fox free from fun fur game gate"
            " give given gone got great green greet half hall halt harry heaven height hen here hers hild hope"
            " hour hundred hunter jane july june jury kid kids kind know label laid lake lane last late later"
            " latte leaven less light line live lived love lumber main make man mane marc mars marsh mary mast may"
            " maybe men might mind mine mix mornin mould move music nest net never new next nice night nine nines"
            " nineteen nineteenth ninety ninth no none nope north now number older ones oneself order our out oven"
            " paid paris part party pass past pasta paste path patty pine plate pour pretty quiet quit quite rake"
            " rate ride right rope run said sake same sand seek seven seventeen seventeenth seventh seventy sex"
            " sext should shout show sight sis sit sixes sixteen sixteenth sixty son soul soup sour sun sundae"
            " sunny table take tan tanks tea teen tell ten tenth test text than thanks them then there these they"
            " thing think thirteen thirteenth thirtieth those thunder tight to tomorrows ton tonite too tour tow"
            " treat tree tune twelfth twelves twentieth under undo weak white wine won wonder word work works"
            " world worth would wreck write year years yes yet you your youth"
        )
    )
)
"""Words that mean what they say although they are one letter away."""
_TOKEN = re.compile(r"[A-Za-z][A-Za-z']*")
LONG_DATE = 6
"""Letters of a month or weekday that is set right with its capital letter too: Marsh is no March."""
SHORTEST = 4
"""Letters: shorter words are one letter away from too many others."""


def respelled(text: str, asking: str | None) -> tuple[str, list[tuple[int, int]]]:
    """The text with its words set right, and for each of its characters the span of the character as said."""
    words = _CARRIERS if asking == "name" else _WORDS
    said, places, position = [], list[tuple[int, int]](), 0
    for token in _TOKEN.finditer(text):
        new = _set_right(token, text, words)
        if new is None:
            continue
        start, end = token.span()
        said += [text[position:start], new]
        places += [(place, place + 1) for place in range(position, start)]
        places += [(start, end)] * len(new)
        position = end
    said.append(text[position:])
    places += [(place, place + 1) for place in range(position, len(text))]
    return "".join(said), places


def as_said(mentions: tuple[Mention, ...], text: str, places: list[tuple[int, int]]) -> tuple[Mention, ...]:
    """The details of a text that was set right, with the words in which they were said."""
    found = []
    for one in mentions:
        start, end = places[one.start][0], places[one.end - 1][1]
        found.append(replace(one, start=start, end=end, text=text[start:end]))
    return tuple(found)


def _set_right(token: re.Match[str], text: str, words: frozenset[str]) -> str | None:
    word = token[0].lower()
    if len(word) < SHORTEST or word in _KNOWN or word.rstrip("s") in _KNOWN:
        return None
    # Swapped letters count once: optimal string alignment.
    near = [each for each in words if len(each) >= SHORTEST and OSA.distance(word, each, score_cutoff=1) <= 1]
    if len(near) != 1:
        return None
    if token.start() and token[0][0].isupper() and not (near[0] in _DATES and len(near[0]) >= LONG_DATE):
        return None
    return near[0]
