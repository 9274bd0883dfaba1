"""Splits English speech into clauses, each of which may ask for something of its own."""

import re

_BOUNDARY = re.compile(
    r"(?:[.?!;\n…](?=\s|$)|//+)+|,(?= (?:and|also|but|plus|oh|by the way|can|could|do|does|is|are|what|where"
    r"|how|when|may|would|will|i|we|please|or|then|one more)(?![a-z]))"
    r"| (?=(?:and|also|then|plus|by the way|oh and|while (?:i've|i have|i'm|you're|we're)|before i forget"
    r"|one more thing|another thing|because if|but (?:do|is|are|can|could|what|how|i)) )"
    r"| (?=(?:do you (?:have|take|serve|accept|offer|guys)|is there (?:a|any|parking)|are you (?:open|closed)"
    r"|how (?:much|late|long) (?:is|are|does|do|will)|what time (?:do|are)|where are you|can you (?:also|tell"
    r"|text))(?![a-z]))"
)
_WORD = re.compile(r"\S+")
_BEGINNING = re.compile(
    r"and|but|or|then|if|so|because|also|could|can|do|does|is|are|what|where|when|how|call|ask|tell|add|please"
    r"|who|may|would|have|let|(?:i|you|we)(?:'(?:d|ll|ve|m|re))?|let's|(?:what|where|when|how|who)'s"
)
"""A word with which a sentence begins."""
_QUESTION_WORD = re.compile(r"what|which|whose|where|when|how|who|whether")
_CONNECTIVE = re.compile(
    r"^(?:\W*(?:and|also|but|plus|oh|by the way|then|so|well|um|uh|okay|ok|yes|yeah|no|please)(?![a-z]))*\W*"
)
_LINK = re.compile(r"(?:and|also|but|plus|oh|by the way|then|so|\W)+")
_VERB = re.compile(
    r"(?<![a-z])(?:to go|book|reserve|reservation|table|booking|order|pick ?up|takeout|delivery|deliver|cancel"
    r"|change|move|confirm|check|message|speak|talk|transfer|connect|leave|have|take|serve|open|close|closing"
    r"|opening|park|parking|located|get|want|need|like|send|text|call|add|remove|make|bring|is|are|do|does|can"
    r"|could|would|will|what|where|when|how|who|which|why|tell|repeat|hold|put|run|running|let|left|lost|found"
    r"|got|charge|refund|pay|seat|wait|know|wondering|looking|coming|come|eat|recommend|push|switch|say|throw|sign|late|rude|cold|wrong|broken|dirty|missing|sick"
    r"|please)(?![a-z])"
)
_ASKS = re.compile(
    r"(?:\?|(?<![a-z])(?:do|does|did|is|are|can|could|would|will|may|what|what's|where|where's|when|how|how's"
    r"|have you|has|whether"
    r"|who|which|why|i'd|i'll|i want|i need|we'd|we need|we want|we'll|let me|please|cancel|book|reserve|order"
    r"|change|move|tell|send|text|put|make|add|hold|leave|just|transfer|connect|i lost|i left|there was|i have"
    r"|we have|i was|i got|i'm|we're|looking|i am|give|push|take|get|bring|repeat|remove)(?![a-z]))"
)
_ONLY_WORDS = re.compile(
    r"^\W*(?:(?:yes|yeah|yep|no|nope|ok|okay|sure|hello|hi|hey|thanks|thank you|thank you so much|please|sorry"
    r"|hang on|hold on|wait|one moment|bye|goodbye|great|perfect|good (?:morning|afternoon|evening)|that's "
    r"(?:all|it|right|fine|correct)|scratch that|no wait|never mind|excuse me)\W*)+$"
)


def clauses(text: str) -> list[tuple[int, int]]:
    """The spans of the clauses in order, trimmed; details alone stay with their neighbour.

    An utterance with no boundary is one clause, an empty one none.
    """
    joined = list[tuple[int, int]]()
    link: int | None = None
    for piece in _pieces(text):
        if _LINK.fullmatch(text[piece[0] : piece[1]].lower()[:40]):
            link = piece[0] if link is None else link
            continue
        begin, link = (piece[0] if link is None else link), None
        own = (begin, piece[1])
        if joined and not _stands_apart(text, joined[-1], own):
            joined[-1] = (joined[-1][0], own[1])
        else:
            joined.append(own)
    if link is not None:
        joined.append((link, len(text.rstrip()))) if not joined else joined.append(
            (joined.pop()[0], len(text.rstrip()))
        )
    return joined


def seams(clause: str) -> list[int]:
    """Before every word with which a sentence may begin, and after every comma; never inside "what hour do you"."""
    words = list(_WORD.finditer(clause))
    return [
        words[number].start()
        for number in range(3, len(words) - 3)
        if words[number - 1][0][-1] in ",.?!"
        or (
            _BEGINNING.fullmatch(words[number][0].lower())
            and not any(_QUESTION_WORD.fullmatch(word[0].lower()) for word in words[number - 3 : number])
        )
    ]


def _pieces(text: str) -> list[tuple[int, int]]:
    # ASCII capitals only: other letters may change their length, and spans must stay true.
    small = "".join(letter.lower() if letter.isascii() else letter for letter in text)
    ends, begin = list[tuple[int, int]](), 0
    for boundary in _BOUNDARY.finditer(small):
        ends.append((begin, boundary.end()))
        begin = boundary.end()
    ends.append((begin, len(text)))
    return [trimmed for start, end in ends if (trimmed := _trimmed(text, start, end))]


def _trimmed(text: str, start: int, end: int) -> tuple[int, int] | None:
    while start < end and not text[start].isalnum():
        start += 1
    while end > start and text[end - 1] in " \t\r\n,;/":
        end -= 1
    return (start, end) if start < end else None


def _stands_apart(text: str, before: tuple[int, int], piece: tuple[int, int]) -> bool:
    """Whether a piece asks for something of its own, beside a piece that does so too."""
    earlier, own = text[before[0] : before[1]].lower()[-400:], text[piece[0] : piece[1]].lower()[:400]
    connected = _CONNECTIVE.match(own)
    own = own[connected.end() :] if connected else own
    if not _ASKS.search(own) or not _VERB.search(own) or _ONLY_WORDS.match(own[:80]):
        return False
    return bool(_VERB.search(earlier)) and not _ONLY_WORDS.match(earlier[:80] if len(earlier) <= 80 else "x")
