"""The words and patterns by which English names days."""

import re

MONTHS = {
    "january": 1, "jan": 1, "february": 2, "feb": 2, "march": 3, "mar": 3, "april": 4, "apr": 4, "may": 5, "june": 6,
    "jun": 6, "july": 7, "jul": 7, "august": 8, "aug": 8, "september": 9, "sept": 9, "sep": 9, "october": 10,
    "oct": 10,
    "november": 11, "nov": 11, "december": 12, "dec": 12,
}  # fmt: skip
WEEKDAYS = {
    "monday": 0, "mon": 0, "tuesday": 1, "tues": 1, "tue": 1, "wednesday": 2, "wensday": 2, "weds": 2, "wed": 2,
    "thursday": 3, "thurs": 3, "thur": 3, "thu": 3, "friday": 4, "fri": 4, "saturday": 5, "sat": 5, "sunday": 6,
    "sun": 6,
}  # fmt: skip
FEASTS = {
    "christmas eve": "christmas_eve", "xmas eve": "christmas_eve", "christmas day": "christmas",
    "christmas": "christmas",
    "xmas": "christmas", "boxing day": "boxing_day", "new year's eve": "new_years_eve",
    "new years eve": "new_years_eve",
    "new year's day": "new_year", "new years day": "new_year", "new year's": "new_year",
    "valentine's day": "valentine",
    "valentines day": "valentine", "valentine's": "valentine", "halloween": "halloween",
    "children's day": "childrens_day",
    "parents' day": "parents_day", "teachers' day": "teachers_day", "buddha's birthday": "buddha",
    "x-mas": "christmas", "chinese new year": "seollal",
    "lunar new year's day": "seollal", "lunar new year's": "seollal", "korean thanksgiving": "chuseok",
    "new years": "new_year",
    "chuseok": "chuseok",
    "lunar new year": "seollal", "korean new year": "seollal", "seollal": "seollal", "hangeul day": "hangeul_day",
    "hangul day": "hangeul_day", "liberation day": "liberation_day", "memorial day": "memorial_day",
    "constitution day": "constitution_day", "foundation day": "foundation_day", "white day": "white_day",
    "pepero day": "pepero_day", "labor day": "labour_day", "labour day": "labour_day",
    "independence movement day": "march_first",
    "thanksgiving": "thanksgiving", "black friday": "black_friday", "mother's day": "mothers_day",
    "mothers day": "mothers_day", "mothers' day": "mothers_day", "father's day": "fathers_day",
    "fathers day": "fathers_day", "fathers' day": "fathers_day", "mothering sunday": "mothering_sunday",
    "pancake day": "pancake_day", "shrove tuesday": "pancake_day", "good friday": "good_friday",
    "easter saturday": "easter_saturday", "easter sunday": "easter", "easter": "easter",
    "easter monday": "easter_monday",
    "burns night": "burns_night", "australia day": "australia_day", "st patrick's day": "st_patricks_day",
    "st patricks day": "st_patricks_day", "saint patrick's day": "st_patricks_day", "paddy's day": "st_patricks_day",
    "april fools day": "april_fools", "april fool's day": "april_fools", "anzac day": "anzac_day",
    "canada day": "canada_day", "independence day": "fourth_of_july", "bonfire night": "bonfire_night",
    "guy fawkes night": "bonfire_night", "hogmanay": "new_years_eve", "april fools": "april_fools",
}  # fmt: skip
ORDINALS = {
    "first": 1,
    "1st": 1,
    "second": 2,
    "2nd": 2,
    "third": 3,
    "3rd": 3,
    "fourth": 4,
    "4th": 4,
    "fifth": 5,
    "last": -1,
}
WEEKDAY = "|".join(sorted(WEEKDAYS, key=len, reverse=True))
MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
WORD = r"(?![a-z])"
ISO = re.compile(r"(?<!\d)(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)")
DOTTED = re.compile(r"(?<![\d.-])(\d{1,2})[.-](\d{1,2})[.-](\d{4})(?!\d)")
"""As Europe writes it: the day, the month, the year."""
SLASHED = re.compile(r"(?<![\d/])(\d{1,2})/(\d{1,2})(?:/(\d{4}|\d{2}))?(?![\d/])")
NEAR = re.compile(
    r"(?<![a-z])(?:(the )?(day after tomorrow|day before yesterday)|(today|tonight|tonite|this (?:morning"
    rf"|afternoon|evening)|tomorrow|tommorow|tomorow|tommorrow|tmrw|tmr|2morrow|yesterday"
    rf"|last night)){WORD}(?!'s special)(?: (week|fortnight){WORD})?"
)
NEAR_DAYS = {"day after tomorrow": 2, "day before yesterday": -2, "yesterday": -1, "last night": -1}
WEEKDAY_SAID = re.compile(
    r"(?<![a-z])(?:(this coming|this|next|coming|the coming|the following|following|last) "
    rf")?({WEEKDAY})(?:'s|(?<=day)s)?\.?{WORD}(?: (next week|of next week|after next(?! (?:{WEEKDAY}))|week"
    r"|the week after next|this week|in two weeks|in a week|fortnight|just gone|just past))?"
)
WEEK_FROM = re.compile(
    r"(?<![a-z])(?:(a week|(?:two|three|four|2|3|4) weeks|a fortnight)(?: (?:on|from|this|from this|from next"
    rf"|after))?|(?:the )?(week) (?:after|from|on)) (?:(?:this|next) )?({WEEKDAY}|today|tomorrow){WORD}"
)
NTH = re.compile(
    rf"(?<![a-z])(?:the )?({'|'.join(ORDINALS)}) ({WEEKDAY})(?: (?:of|in) (next month|this month|the month"
    rf"|{MONTH}))?{WORD}"
)
FEAST = re.compile(
    r"(?<![a-z])((?:the )?(?:eve of|(?:day|night|evening|morning) (?:after|before)) "
    rf")?({'|'.join(sorted(FEASTS, key=len, reverse=True))})(?![a-z'])( day itself| day| holidays?| eve)?"
)
SUBSTITUTE = re.compile(r"substitute holiday")
LATER = re.compile(r" (?:from now|from today|later|time)|'? time")
AGO = re.compile(r" ago")
IN = re.compile(r"(?:in|within) (?:about |around |exactly )?$")
IN_A = re.compile(
    r"(?<![a-z])(?:in (?:a|one) (week|month|fortnight|year|day)(?:'s time)?|(?:a|one) (week|month|fortnight"
    rf"|year|day) (?:from (?:now|today)|later)){WORD}"
)
WEEKEND = re.compile(rf"(?<![a-z])(?:(this|next|last|the|this coming|the coming) )?weekend{WORD}( after next)?")
WEEK = re.compile(
    rf"(?<![a-z])(this|next|the following|last|the coming) (week|month)(?: after next)?{WORD}(?! (?:day|end))"
)
WEEK_AFTER_NEXT = re.compile(rf"(?<![a-z])(?:the )?week after next{WORD}")
MONTH_SAID = re.compile(rf"(?<![a-z])({MONTH})(?![a-z])\.?")
GAP_OF = re.compile(r"(?: of|,)? ?(?:the )?")
GAP_THE = re.compile(r"\.? ?(?:the )?")
YEAR = re.compile(
    r",? ?(?:(20\d\d)(?!\d)|(?:two thousand (?:and )?|twenty )twenty[ -](five|six|seven|eight|nine)(?![a-z]))"
)
NO_DAY = re.compile(
    r" (?!(?:at|or|and|for|not|please|instead|will|around|about|in|if|is|by|to|from|with|would|we|i|evening"
    r"|morning|afternoon|night|lunch|lunchtime|dinner|brunch|then|this|next|of (?:this|the|next) month|so"
    r"|because|cos|cause"
    r"|since|but|when|as|that|that's|it|it's|i'm|i'd|i'll|i've|we'd|we're|we'll|we've|he|he's|she|she's|they"
    r"|they're|there"
    r"|there's|no|sorry|actually|unless|maybe|ideally|hopefully|can|could|are|do|does|was|just|any|still|right"
    r"|yeah|ok|okay"
    r"|thanks|thank|cheers|under|until|till|through|thru|before|after|which|though|although|say|early|late|my"
    r"|our|you"
    r"|works|suits|has|have|had|should|might|may|must|via|per|using|both|half|quarter|noon|midday)(?![a-z]))[a-z]"
)
"""A noun behind a small ordinal: "the second one", "the third floor"."""
NO_LATE_DAY = re.compile(
    r"[ -](?:floors?|century|centuries|birthdays?|anniversary|anniversaries|time|times|street|avenue|one|row"
    r"|edition|hole"
    r"|person|customer|line|exit|bus|place|party|year|attempt|visit|order|century's|wedding|bday|booking|call"
    r"|storey)"
    r"(?![a-z])"
)
"""A noun behind an ordinal from thirteen on, which names little else than days."""
OWN = re.compile(r"(?<![a-z])(?:my|our|his|her|their|your|[a-z]+'s) $")
"""Before an ordinal it makes a birthday of it: "my 30th"."""
ON_THE = re.compile(r"(?<![a-z])(?:on|until|till|from|by|since|to|for|before|after) the $")
FROM_TO = re.compile(r" ?(?:to|through|thru|until|till|-) ?(?:the )?")
OF_MONTH = re.compile(r" of (this|next|the) month(?![a-z])")
DAY_OF_A_WEEK = re.compile(
    rf"(?<![a-z])(?:(next|this|last) week,? (?:on )?({WEEKDAY})|({WEEKDAY}) (?:of )?(last) week"
    rf"|({WEEKDAY}) (?:of )?the week after next){WORD}"
)
"""The week and the weekday in it, whichever comes first."""
A_WHILE_AGO = re.compile(rf"(?<![a-z])an? (week|month|fortnight|year) ago{WORD}")
END_OF_MONTH = re.compile(rf"(?<![a-z])(?:the )?(?:end|last day) of (?:the|this|next) month{WORD}")
BEHIND_A_DAY = re.compile(
    r" (?:morning|noon|afternoon|evening|night|lunch|dinner)(?![a-z])"
    r"| (?:(?:at|around|about|for) )?(?:\d|(?:noon|half|quarter)(?![a-z]))"
)
"""What stands behind a short name of a day, which may be another word: "sat at 7", "sun evening"."""
SAT = re.compile(r"(?<![a-z])(?:we|i|they|you|he|she|who|just|been|the) $")
"""Before them it is the other word: "we sat at 7", "the sun at noon"."""
APPOSITION = re.compile(
    r",? ?(?:(?:that's|that is|which is|which'll be|it's|it is|so it's|so that's|being|i think|i believe|so|or"
    r"|and) )*"
    r"(?:on )?(?:an? |the )?"
)
"""What stands between a date and the weekday that explains it: "the 28th, which is a Saturday"."""
IN_APPOSITION = re.compile(
    r"(?:^|[ ,])(?:a|that's|that is|which is|it's|it is|being|i think|i believe"
    r"|so)(?![a-z])"
)
WEEK_OF = re.compile(
    r"(?<![a-z])(?:the )?week (?:of|commencing|beginning|starting)(?: on)? (?:the )?(?:monday )?(?:the )?$"
)
AWAY_FOR = re.compile(
    r"(?<![a-z])(?:away|off|closed|shut|here|gone|out|town|holiday|vacation|abroad|staying|stay|country|home"
    r"|visiting) for "
    r"(?:about |around )?$"
)
SPELLED = re.compile(r"(?<![a-z])[a-z] for $")
BEFORE_MONTH = re.compile(
    r"(?<![a-z])(in|for|(?:the )?(?:end|start|beginning|middle) of|of|early|late|mid|next|during)[ -]?(?:in )?$"
)
PARTS_OF_MONTH = {
    "early": (1, 10), "mid": (11, 20), "late": (21, 31), "end of": (21, 31), "start of": (1, 10),
    "beginning of": (1, 10),
    "middle of": (11, 20),
}  # fmt: skip
"""Their first and last days: thirds, as the Korean 초순, 중순 and 하순 are."""
