"""Tells the words that may be somebody's name from those of everyday speech."""

import re

from assistant.languages._spans import listed
from assistant.languages.en.numbers import ONES, TENS

STOP = frozenset(
    listed(
        "a an the and or but for at on in of to from with my your our his her their this that it is are was"
        " be been am we you they he she i me us him them not no yes yeah yep nope please thanks thank today"
        " tonight tomorrow now later morning afternoon evening noon midnight night day week month weekend"
        " monday tuesday wednesday thursday friday saturday sunday january february march april may june july"
        " august september october november december people person guests adults kids children table tables"
        " reservation booking book reserve order orders pickup takeout delivery name names number phone call"
        " calling calls want need would could can like have has had going just only about around maybe"
        " actually sorry sure ok okay great good fine perfect hello hi hey what when where who why how"
        " which there here same usual anything nothing something window seat seats parking allergic allergy"
        " vegan vegetarian gluten late early running looking wondering trying hoping interested available open"
        " closed change cancel move coming driving stuck outside inside busy full free gone correct right"
        " wrong bad new old first last next all so very too also again back soon still done am pm clock half"
        " quarter past birthday anniversary afraid pretty really thinking planning making booked under one's"
        " mine myself dinner lunch breakfast brunch party group chef owner manager waiting if do does did"
        " don't doesn't didn't isn't wasn't won't can't couldn't i'm i'd i'll we're we'd we'll that's it's"
        " what's there's let let's mr mrs ms miss dr spelled spelt misspelled already"
        " as was were used before after probably definitely certainly christmas easter english korean korea"
        " seoul halloween thanksgiving chuseok"
        " seollal valentine's covid down up"
    )
)
"""Never part of a name."""
MONTHS_AND_NAMES = frozenset(("april", "may", "june", "august", "avril", "jan"))
"""Months that are names too: a name where a name is due."""
NUMBERS = frozenset((*ONES, *TENS, "hundred", "thousand", "couple", "dozen", "double", "triple", "oh"))
EVERYDAY = frozenset(
    listed(
        # verbs
        "ask asked asking add added arrive arrives bring bringing broken build buy came check checked checking chose"
        " close come comes cost could'nt cut depends eat eating ends ensure expect feel find finish fit fix"
        " forget forgot"
        " get gets getting give given go goes got happen happened hate hear help hold hope hurt keep know knows"
        " lead learn"
        " leave left let lets listen live look looks lost love made make makes matter mean means meet mention"
        " might mind"
        " must never offer own paid park pay phone play prefer put raining ran read recommend remember ring"
        " ringing rung"
        " said sat save saw say saying says see seem seems send sent serve set shall should show shut sit sits sleep"
        " sort sound sounds speak speaking spell spelled spelt stand start stay stick stop suppose take takes"
        " taken talk"
        " tell tells text think thought told took try turn understand use used wait wants went were will wish wonder"
        " work works write wrote apologise apologize appreciate believe confirm confirming explain fancy guess hang"
        " join manage pick pop promise push reckon repeat reply require rather reserved sign squeeze switch trust visit"
        # adjectives and adverbs
        " able absurd alone already alright always annoying any anyone anybody anyway appalling awesome awful awkward"
        " away beautiful better best big blind bloody boring both bright brilliant certain certainly cheap cheeky clear"
        " clever close cold confused cool cosy crap crazy cute daft dead deaf dear definite delayed different difficult"
        " dirty disabled dreadful dumb each easy either else embarrassing emergency empty enough entire"
        " essential even ever"
        " every everyone everybody everything exact exactly excellent exciting extra fair fantastic far fast few fishy"
        " foreign freezing fresh friendly funny further genuine glad gorgeous grand grateful gross handy happy hard"
        " hectic hilarious honest horrible hot hungry huge immediate impossible incredible indeed insane instead"
        " joking kind lame large latest less lest likely little local long loud lovely low lucky mad main marvellous"
        " massive many mental mild minor more most much nasty near neat nearly neither nervous nice none noisy normal"
        " nuts obvious odd often online only other ours over own painful part particular personal pleased plus polite"
        " poor possible posh pregnant present previous private probable proper public quick quickly quiet quite"
        " rare ready real"
        " regular ridiculous rotten rough rude rubbish ruined sad safe sane scary second secret serious several shame"
        " shocking short shy sick sick silly simple single slow small smart soft solid some someone somebody sometime"
        " sometimes somewhere sound special specific spicy spot square standard stopped strange strict stupid"
        " such super"
        " surprised sweet swift terrible then therefore thick tight tiny tired together tomorrow's total tough true"
        " twice typical ugly unable unacceptable unbelievable unfair unfortunately unhappy unreal upset urgent useful"
        " useless usually vague various vital warm weird welcome well wet whatever whenever wherever whether"
        " while whole"
        " whichever whoever whomever"
        " wicked wild wise worse worst worth yet young yours"
        # nouns
        " accident account address age ages airport allergies appointment area baby balcony band bar bbq beer bill bit"
        " boat boss bottle box boy boys bread break bride brother bus business buffet cab cake candles car card"
        " care carer"
        " cash catering celebration chair chance charge child chicken christening christmas church class client club"
        " coach coat coffee colleague collection colleagues company complaint conference construction control corner"
        " corporate couple couples course cousin cover customer customers dad daddy date daughter deal delivery deposit"
        " dessert details dish do dog door dress drink drinks driver dogs easter email end engagement english event"
        " eve family farewell father favour feast fee fees feedback fire fish floor folks food friend friends front"
        " fun function funeral game garden gents gift gin girl girls gluten-free graduation grandma granny ground guy"
        " guys halal hand hen highchair hire holiday home honeymoon hospital hotel hour hours house husband idea ill"
        " interview invoice issue job joke karaoke kid kitchen ladies lady lads landlord language later leaving letter"
        " life lift light lunchtime lunch-time dinnertime teatime midday midnight noonish nighttime daytime"
        " half-term line list location lot lots lounge ltd luck madness maintenance man management map marriage"
        " mate mates meal meals meeting member members menu message mess middle mind minute minutes missus mistake"
        " mobile moment money mother mum mom music neighbour news noise nonsense note notice nuisance occasion office"
        " offer option options organiser others parents parking partner pass patio payment pensioners pet photo pizza"
        " place plan plate plenty pleasure plumber police pool pork pressure price prices private problem promotion"
        " proposal pudding pub question questions queue quiz rain reason reception receptionist refund rehearsal"
        " rent renovation repair repairs request rest restaurant retirement retiree review reviews road room"
        " rooms round"
        " sauce sausage school service set shop side sister slot smoking snack someplace son song soup space spaces"
        " special specials staff stag stairs starter station steak step steps stools street students stuff"
        " sunday's supper surprise system takeaway tea team tennis terrace thing things ticket time times tip toast"
        " toddler toilet top town traffic train tram trip trouble truck trouble tuna twins type van vegans venue view"
        " voice voucher wake walk-in wallet water way weather wedding weekday weekends wheelchair wife wine woman women"
        " word words work world worker worries worry wreck year years yours"
        # exclamations and little words
        " above ah aha alas although amazing apparently as because behind below besides between beyond blimey bother"
        " bravo by bye cheerio cheers christ come congrats congratulations cos crikey cuz damn darling dude during eh"
        " er erm except excuse fab fellow fiver five's fuck geez gee goodness goodbye gosh greetings ha haha hm"
        " hmm hooray"
        " howdy hurrah hurry hurray innit into jeez jesus lad lol love luv ma'am madam meanwhile mhm mm nah nay"
        " near nor"
        " off oi ooh oops ouch ours out pardon phew per pal rightio rightly righto shit shush since sir splendid super"
        " ta than theirs these those though through thus till tata tut ugh uh um unless until unlike up upon via wahey"
        " within without whoa whoops woo wow wahoo yay yeh yikes yo yup yum cannot onto once else's ain't aren't"
        " haven't"
        " hasn't shouldn't wouldn't weren't you're you've they're they've we've i've he's she's who's how's"
        " where's here's"
    )
)
"""Common words that are no names in a place where only the place says that a name may stand."""
NAMES_TOO = frozenset(
    listed(
        "may will mark bill art guy grace joy faith hope summer june april august eve dawn rose grant frank rich"
        " rob pat"
        " sue drew dean chase hunter mason taylor tyler cooper carter parker porter baker cook fisher butler"
        " smith stone"
        " wood woods hill field fields rivers brook brooks banks bush park parks lane street west north young"
        " old long short"
        " small little black white brown green gray grey gold silver king knight bishop pope prince duke earl"
        " page price"
        " rice bell ball wolf fox lamb crow drake finch swan love goodman best sharp strong wise swift moody gay bond"
        " church temple hall house barnes miles glass cash penny money day weeks friday noon summers winter"
        " winters snow"
        " frost rain hale gale storm waters pool wells spring bridges gates walls wall shields booker boss major"
        " marshall"
        " sergeant love dear darling pearl ruby amber jade crystal opal violet daisy lily ivy iris holly poppy jasmine"
        " olive ginger basil sage rosemary clementine cherry coffee bean pepper curry berry reed marsh heath forest"
        " glen cliff dale ray sunny sandy rusty misty happy merry carol melody harmony liberty justice mercy patience"
        " prudence constance verity honor destiny angel star luna sky skye brandy sherry tiffany chance lance pierce"
        " van von norm gene dick jack john rod nick wade mike don ken stew chuck hank skip chip bud buddy junior major"
        " paige piper archer fletcher sawyer turner walker sadler spencer stuart stewart walker wheeler gardner farmer"
        " shepherd singer player guest friend low loud self noble savage bright fair power powers wild speed stead"
        " close ready dish marriage cross house fire set ham hand head foot legg power law case may read keep reader"
    )
)
"""Everyday words that are names too: a name where somebody just asked for one."""
_ENDING = re.compile(
    r"(?:ous|ing|able|ible|ful|less|ically|tion|sion|ment|ness|ity|ising|ized|ised|ated|ately|sty|ously|ably"
    r"|ibly|fully"
    r"|ingly|edly|ently|antly|tely|rely|nely|tally|ually|nally|dly|shly|stly|ctly|ghtly|arly|ives|ings|isms|ties)$"
)
"""What everyday words end in and names hardly ever do."""
_PLURAL_NUMBER = re.compile(
    r"(?:\d+|(?:twent|thirt|fort|fift|sixt|sevent|eight|ninet)ies|(?:[a-z]+teen|one|two|three|four"
    r"|five|six|seven|eight|nine|ten|eleven|twelve)e?s?)$"
)


def may_be_a_name(word: str) -> bool:
    """Whether a word in small letters may be a name where nothing but its place says so."""
    plain = word.strip(".,'").removesuffix("'s")
    if len(plain) < 2 or plain in STOP or plain in NUMBERS or plain in EVERYDAY:
        return False
    return not (len(plain) > 5 and _ENDING.search(plain)) and not _PLURAL_NUMBER.match(plain)
