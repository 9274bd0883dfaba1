"""Reads English yes and no, by what was just asked."""

import re

from assistant.call import Answer
from assistant.languages._spans import plain

OFFERS = frozenset(("anything_else", "offer", "help", "more", "note", "allergy", "request", "requests", "options"))
"""Questions of "would you like something more?": there "I'm good" and "that's all" decline."""

_FILLERS = re.compile(r"^(?:[\s.,!?~…'\"-]|(?:oh|uh|um|er|ah|well|so|hmm|like|ok so|i guess|you know)(?![a-z]))*")
_NO = re.compile(
    r"(?:no(?! (?:problem|worries|rush|preference|wonder|idea|later|earlier|sooner|matter|(?:more|fewer|less) than))"
    r"|nope|nah|not (?:really|quite|at all|right"
    r"|correct|exactly|that|yet|today|now|at the moment)|negative|never ?mind|wrong|incorrect|i don't think so"
    r"|don't|please don't|absolutely not|of course not|that's (?:not|wrong|incorrect)|that isn't|that is(?: "
    r"not|n't)|it's (?:not|wrong)|it isn't|none|nothing|neither|cancel that|actually no|scratch that|i'd "
    r"rather not|i'd prefer not|that won't|that doesn't|you got (?:it|that) wrong|hold on)(?![a-z])"
)
_YES = re.compile(
    r"(?:yes|yeah|yep|yup|ya|yah|yes+|yea|uh-huh|uh huh|mm-?hmm|mhm|sure|certainly|absolutely|definitely|of "
    r"course|right|correct|exactly|indeed|affirmative|ok|okay|k|alright|all right|fine|great|perfect|good"
    r"|lovely|awesome|wonderful|sounds (?:good|great|perfect|fine|right|lovely|about right)|that(?:'s| is|'ll "
    r"be| will be| would be|'d be)(?: all| absolutely| just)? (?:right|correct|fine|good|great|perfect|it "
    r"exactly|ok|okay|lovely|true|wonderful|me|the one)|that (?:works|sounds (?:good|great|right|fine"
    r"|perfect))|(?:it is|i do|i am|we are|we do)(?=\W*(?:$|,|please|thank|indeed|correct|right|fine))"
    r"|it's (?:right|correct|fine|good)|works for me|go ahead|please do|please go ahead|do it"
    r"|do that|you got it|you bet|no problem|no worries|i agree|i confirm|confirmed"
    r"|confirm|book it|let's do (?:it|that)|all good|looks good|will do|yes please|why not|go for it|spot "
    r"on)(?![a-z'])"
)
_DECLINES = re.compile(
    r"(?:i'm|we're|i am|we are|all) (?:good|fine|set|ok|okay|done)|that(?:'s| is|'ll be| will be| should be) "
    r"(?:all|it|everything|good|fine|perfect|great)|(?:it's|its) (?:ok|okay|fine|all good)|all good|nothing "
    r"(?:else|more)|no need|good for now|perfect|great|thanks|thank you|lovely|bye"
)
_THAT_IS_ALL = re.compile(
    r"that(?:'s| is|'ll be| will be) (?:all|it|everything)(?! (?:right|correct|good))|nothing else"
)
_NO_INSIDE = re.compile(
    r"(?<![a-z])(?:but (?:that's )?(?:not|it's not|the)|wrong|incorrect|isn't right|not right|not correct"
    r"|isn't correct|should be|should say|supposed to be)(?![a-z])"
)
_NO_ANSWER = re.compile(
    r"(?:hello|hi|hey|hold on|wait|sorry\W*(?:what|say|can|could|pardon)|pardon|what|right now|right (?:there"
    r"|here|outside|next)|good (?:morning|afternoon|evening|day|night|question|friday)|fine dining|great question"
    r"|sure what|okay what|ok google|i do (?:have|want|need)|i am (?:looking|calling|trying|wondering)|we are "
    r"(?:looking|in|at|on|calling)|it is (?:for|at|on)|no (?:one|\d))(?![a-z])"
)
_YES_INSIDE = re.compile(
    r"(?<![a-z])(?:yes|yeah|yep|that's right|that's correct|that's fine|sounds good|sounds great|please do|go "
    r"ahead|works for me|that works|is fine|is correct|is right|perfect|is good|would be great|would be "
    r"(?:lovely|perfect|good|fine))(?![a-z])"
)
_QUESTION = re.compile(r"\?|^(?:what|when|where|who|how|why|which|do you|is there|are you|can i|could you)(?![a-z])")
LONGEST_ANSWER = 80
"""Characters; a longer speech is only an answer when it begins with a clear word."""


def read_answer(text: str, asking: str | None) -> Answer | None:
    """What `Language.read_answer` promises: "I'm good" declines an offer and agrees to a proposal."""
    words = plain(text[:400])
    lead = _FILLERS.match(words)
    words = words[lead.end() :] if lead else words
    if not words or _NO_ANSWER.match(words):
        return "no" if asking in OFFERS and _THAT_IS_ALL.search(words) else None
    if _NO.match(words) and not words.startswith(("hold on",)):
        return "no"
    if asking in OFFERS and len(words) <= LONGEST_ANSWER and (_THAT_IS_ALL.search(words) or _DECLINES.match(words)):
        return "no"
    if begins := _YES.match(words):
        rest = words[begins.end() :]
        return "no" if len(rest) <= LONGEST_ANSWER and _NO_INSIDE.search(rest) else "yes"
    if len(words) > LONGEST_ANSWER or _QUESTION.search(words):
        return None
    if _NO_INSIDE.search(words) or re.search(r"(?<![a-z])(?:no thanks|no thank you|not right)(?![a-z])", words):
        return "no"
    if re.match(r"(?:i'm|we're) (?:good|fine|ok)", words):
        return "yes"
    return "yes" if _YES_INSIDE.search(words) else None
