"""An assistant that answers a shop's telephone.

The path of a call, in reading order:

    telephony      a call arrives, by whichever line; sound goes out, sound and keys come in
    hearing        sound to words: where the caller's turns begin and end, and what was said
    receptionist   one turn: load, understand, decide, write down, reply
    understanding  words to what the caller wants: intents, details, the owner's answers
    conversation   decides what to say next: a table of rules (pure)
    safety         the rules that come before any model: danger, abuse, other people's data (pure)
    wishes         the rules about what callers want: errands, and questions in passing (pure)
    owners_word    the rules about the owner's orders by telephone, and what callers hear of them (pure)
    manners        the rules about how callers behave, whatever they want (pure)
    steps          what several rules do: go on with an errand, finish it, hand it over (pure)
    situation      what those rules look at and hand back (pure)
    as_meant       what was heard as it is meant at this moment of the call (pure)
    misheard       what a bad line made of a yes, a no or a name (pure)
    intents        what callers may want, one .py and one .yaml each (pure)
    languages      how Korean and English read and say numbers, days, times, money, yes and no (pure)
    speaking       words to sound
    call_log       every turn and every promise, in the shop's own SQLite file
    summary        a call in one line and in three, for an owner in a hurry (pure)
    spoken_card    what a person hears about a caller before taking the call (pure)
    notes          who is told what after a call, in which words (pure)
    followup       sends it: texts, alerts, webhooks
    owner          the owner's web pages

Under them all:

    call           the nouns of a call
    shop           the shop as its owner described it
    opening_hours  when it is open
    shop_rules     what its owner accepts and wants done
    overrides      the shop as it is just now, by what its owner has ordered since (pure)
    protocols      the roles that concrete parts fill
    audio          telephone sound
    config         reads config.yaml and the shop files

Above them all:

    app            joins the parts
    front_desk     the shops with their files and receptionists
    server         the running web application
    wire           how bytes reach it: HTTP with little patience, websockets with some room
    metrics        what it counts, for Prometheus: reply gaps, interruptions, how busy it is
    bench          which Whisper size this machine bears, and how many calls
    check          what is wrong or missing on this machine
    replay         logged calls taken again with today's rules: which replies have changed
    demo           the whole product on one machine, with a simulated telephone line
    carrier        that line: the telephone company's side of Twilio's protocol
    training       makes what lies in models/; never imported while answering calls
"""
