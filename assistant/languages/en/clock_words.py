"""The words and patterns by which English names times of day."""

import re

from assistant.languages.en.numbers import ONES, TENS

HOUR = "|".join(list(ONES)[12:0:-1])
MINUTE_WORD = "|".join([*list(ONES)[:0:-1], *TENS])
PARTS = {
    "morning": "morning", "noon": "noon", "afternoon": "pm", "evening": "evening", "tonight": "evening",
    "tonite": "evening",
    "night": "night", "lunch": "noon", "lunchtime": "noon", "dinner": "evening", "breakfast": "morning",
    "supper": "evening",
    "brunch": "noon",
}  # fmt: skip
COLON = re.compile(r"(?<![\d:.])(\d{1,2}) ?[:.h] ?([0-5]\d)(?![\d:]|\.\d)")
PAST = re.compile(
    rf"(?<![a-z0-9:.])(?:(half)|(a quarter|quarter)|((?:(?:twenty|thirty|forty|fifty)[ -])?(?:{MINUTE_WORD})"
    rf"|\d{{1,2}})(?: minutes?| mins?)?) (past|after|to|before|till|til|of) ({HOUR}|\d{{1,2}})(?![a-z0-9])"
)
HALF_HOUR = re.compile(rf"(?<![a-z])half[ -]({HOUR}|1[0-2]|[1-9])(?![a-z0-9:])")
AMPM = re.compile(r" ?(a\.m\.?|p\.m\.?|am|pm|a m|p m|a|p)(?![a-z])")
OCLOCK = re.compile(
    r" ?(?:o'? ?clock|oclock)(?: sharp)?| (?:on the (?:dot|nose|hour)|sharp(?![a-z])"
    r"|hundred hours)"
)
ISH = re.compile(r"[ -]?ish(?![a-z])")
PART_BEHIND = re.compile(
    r"(?: o'?clock)?,? (?:in the (morning|noon|afternoon|evening|night)|at (night)|(?:on )?(?:\w+ )?(tonight))(?![a-z])"
)
PART_ANYWHERE = re.compile(rf"(?<![a-z])({'|'.join(PARTS)})(?![a-z])(?! ?(?:menu|special|box))")
NAMED = re.compile(r"(?<![a-z])(?:12 |twelve )?(noon|midday|midnight)(?:ish)?(?![a-z])")
OF_AN_ORDER = re.compile(r"(?<![a-z])orders?(?![a-z]).* to $")
DISHES = re.compile(
    r" (?!(?:please|instead|today|tomorrow|tonight|if|and|or|on|in|at|this|next|sharp|thanks|thank|for|not"
    r"|because)(?![a-z]))[a-z]"
)
"""Behind "change my order to three": what is counted."""
LED = re.compile(
    r"(?<![a-z])(?:at|around|about|by|until|till|til|before|after|past|@|nearer|closer to|(?:later|earlier) than"
    r"|starting|bang on|dead on|(?:same |usual )?time(?: as (?:ever|always|usual|before|last (?:time"
    r"|week)))?,)(?: around| about| like| maybe| exactly| say)? $"
    r"|(?:day|today|tomorrow|tonight|morning|evening|afternoon|\d(?:st|nd|rd|th)),? $"
    r"|(?<![a-z])(?:push|mov(?:e|ed|ing)|chang(?:e|ed|ing)|switch|shift|bring"
    r"|resched[a-z]*)(?![a-z])(?!.*(?:party|people|guests|number|count))[a-z' ]{0,40}(?:o'clock)?[a-z' "
    r"]{0,20} to $"
)
"""What leads to a bare number that is a time."""
DAY_ENDING = re.compile(r"(?:day|tomorrow|tonight|morning|evening|afternoon|\d(?:st|nd|rd|th)),? $")
"""What of `LED` is a day or a part of one."""
AT = re.compile(r"(?:(?<![a-z])at|@) $")
FROM = re.compile(r"from $")
COUNTED = re.compile(
    r"(?:party of|table for|for|are|be|us|people|we|it'll be|there(?:'s|'ll be| are| will be)) (?:about|around"
    r"|like|maybe|until) $"
)
"""What leads to a bare number that is a count, though "about" stands before it."""
WORKS = re.compile(
    r"(?:'s| is)? (?:works|gone|taken|fine|okay|better|would work|not available|isn't available|available)(?![a-z])"
)
ALIKE = re.compile(
    r",? ?(?:-|to|or|and|or maybe|not|no,?|no wait,?|no,? wait,?|wait,? no,?|sorry,?|actually,?|i mean,?|make "
    r"(?:it|that)|rather|scratch that,?|instead of|'s gone,?) ?(?:around |about |at |maybe |make it )?"
)
"""What joins two times."""
SHORT_ANSWER = 30
"""Characters of an answer that tells nothing but a time."""
MIND_CHANGED = re.compile(
    r"[ ,.]*(?:no|wait|sorry|actually|i mean|scratch that|make (?:it|that)|rather|or|uh|um|[ ,.])+ "
)
MIND_CHANGED_TO = re.compile(
    r"(?<![a-z])(?:no|wait|sorry|actually|i mean|i meant|meant|scratch that|make (?:it|that)|rather|hang on|hold on"
    r"|can (?:it|we|you) (?:be|do|make it)|could (?:it|we|you) (?:be|do|make it)|change it to)[ ,.]*"
    r"(?:make it |say |at |around |about )?$"
)
"""What leads from one time to the one that takes its place, though other words stand between them."""
GAP_MINUTES = re.compile(r"[ -](?:oh[ -]|o[ -])?")
TO = re.compile(r" ?(?:-|to|and|till|til|until|or) ?(?:around |about )?")
BETWEEN = re.compile(r"(?:between|from|sometime between|anywhere between) (?:about |around )?$")
OPEN_AFTER = re.compile(
    r"(?<![a-z])(?:any ?time after|after|(?<!no )(?<!not )later than|no(?:t any)? earlier than|not before)(?= $)"
)
OPEN_BEFORE = re.compile(
    r"(?<![a-z])(?:any ?time before|(?<!not )before"
    r"|(?<!no )(?<!not )(?<!any )earlier than)(?= $)"
)
"""Not "no later than", which sets a time as "by" does."""
ONWARDS = re.compile(r" (?:onwards?|or later|or after|and later)(?![a-z])")
LATER = re.compile(r"(?:'s?)? (?:time|from now|later)(?![a-z])")
IN = re.compile(r"(?<![a-z])(?:in|within)(?: about| around| like| maybe| just| exactly| another)?(?= $)")
NO_TIME = re.compile(
    r" (?:of|by|or so people|people|minutes|hours|more|other)(?![a-z])|%|/\d"
    r"| (?:[a-z'-]+ ){1,2}(?:street|st|road|rd|avenue|ave|boulevard|blvd|lane|drive)(?![a-z])| [a-z]+-?(?:daero|gil)"
)
"""Behind a number that is no hour, that of a house among them."""
OTHER_ONE = re.compile(
    r"(?<![a-z])(?:earlier|later|early|late|earliest|latest|other|next|last|same|first|second|third|that|this|which"
    r"|better) $"
)
"""Before a "one" that stands for something named before."""
