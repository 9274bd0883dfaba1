"""Live calls on virtual time: speaking, listening, being interrupted, leaving."""

import asyncio
import time

import pytest
from telephony_fakes import (
    GREETING,
    At,
    CodeEars,
    Gate,
    LevelListener,
    LevelVoice,
    ScriptedReceptionist,
    TimedLine,
    play_out,
    speech,
    spoken_ms,
)

from assistant.call import HungUp, Keypress, Reply, Silence, Utterance
from assistant.telephony._roles import LiveParts
from assistant.telephony._setting import Setting
from assistant.telephony.live import LiveCall
from assistant.telephony.live_events import CallLeft, Interrupted, TurnTimed, WentOn
from assistant.telephony.own_voice import OwnVoice
from assistant.telephony.playout import Playout
from assistant.telephony.virtual_time import run_in_virtual_time

HELLO = Reply("안녕하세요. 하늘식당입니다. 무엇을 도와드릴까요?")
HELLO_MS = spoken_ms("안녕하세요.하늘식당입니다.무엇을 도와드릴까요?")
ASK_DAY = Reply("며칠로 예약해 드릴까요?")
BYE = Reply("예약되었습니다. 감사합니다.", then="hang_up")
LEGAL_MS = spoken_ms("안녕하세요, 하늘식당입니다.저는 인공지능 상담원입니다.")
BOOK, DAY, NOD, NOISE = 10, 11, 12, 99
WORDS = {BOOK: "예약하고 싶은데요", DAY: "토요일이요", NOD: "네"}


def said(played):
    return [(heard.text if isinstance(heard, Utterance) else heard) for heard in played.heard]


def test_a_call_goes_from_greeting_to_farewell():
    """What the caller says is heard turn by turn; after the farewell was said to its end we leave the line."""
    played = play_out(
        [At(HELLO_MS + 500, speech(BOOK, 900)), At(HELLO_MS + 5000, speech(DAY, 700))], [HELLO, ASK_DAY, BYE], WORDS
    )
    assert said(played) == ["예약하고 싶은데요", "토요일이요"]
    assert played.ending == "said_goodbye"
    spoken = sum(played.line.heard_frames) * 20
    assert spoken >= HELLO_MS + spoken_ms(ASK_DAY.say) + spoken_ms("예약되었습니다.감사합니다.")


def test_the_reply_begins_when_the_end_of_the_turn_is_decided():
    """Words, reply and sound are made ready during the pause: nothing is left to wait for when the turn ends."""
    played = play_out([At(HELLO_MS + 500, speech(BOOK, 900))], [HELLO, ASK_DAY], WORDS)
    times = played.of(TurnTimed)[0].times
    assert times.first_sound_ms - times.decided_ms <= 20
    assert [urgency for urgency, _ in played.ears.asked] == ["speculative"]
    assert played.receptionist.prepared[0].text == "예약하고 싶은데요"
    assert played.listener.hints == ["예약하고 싶은데요"]


def test_what_was_heard_ahead_is_void_when_the_caller_goes_on():
    """A pause inside a sentence starts the hearing ahead; the words of the whole turn count."""
    sentence = speech(NOISE, 400) + b"\xff" * 8 * 200 + speech(BOOK, 900)
    played = play_out([At(HELLO_MS + 500, sentence)], [HELLO, ASK_DAY], WORDS)
    assert said(played)[0] == "예약하고 싶은데요"
    assert len(played.ears.asked) == 2


def test_the_caller_interrupts():
    """We fall silent within 250 ms of the first sound, and the turn says how much was heard."""
    played = play_out([At(600, speech(BOOK, 900))], [HELLO, ASK_DAY], WORDS)
    assert 600 < played.line.cleared_ms[0] <= 850
    first = played.heard[0]
    assert first.spoke_over
    assert abs(first.heard_ms - played.line.cleared_ms[0]) <= 60
    assert not any(played.line.heard_frames[played.line.cleared_ms[0] // 20 + 2 : 1900 // 20])


@pytest.mark.parametrize("nod", ["네", "네, 맞아요.", "That's right.", "uh-huh"])
def test_a_nod_does_not_interrupt(nod):
    """A short "네" in the middle of our sentences is no turn: we go on from the clause that was cut."""
    played = play_out([At(400, speech(NOD, 200)), At(9000, hangs_up=True)], [HELLO], WORDS | {NOD: nod})
    assert played.of(Interrupted)
    assert [event.clause for event in played.of(WentOn)] == [1]
    assert said(played)[:1] == [Silence(6.0)]
    assert sum(played.line.heard_frames[: 6000 // 20]) * 20 >= HELLO_MS


def test_the_same_word_answers_our_question():
    """Once our last clause has begun, a "네" is an answer."""
    played = play_out([At(HELLO_MS - 500, speech(NOD, 200))], [HELLO, ASK_DAY], WORDS)
    assert said(played)[0] == "네"


def test_noise_is_no_turn():
    """Sound without words cuts us off only until that is known; then the clause is said again."""
    played = play_out([At(400, speech(NOISE, 600)), At(12_000, hangs_up=True)], [HELLO], WORDS)
    assert played.of(WentOn)
    assert said(played)[0] == Silence(6.0)


def test_what_the_law_asks_for_is_said_to_its_end():
    """The notices are not cut off; what the caller said into them is the first turn all the same."""
    played = play_out([At(900, speech(BOOK, 900))], [GREETING, ASK_DAY], WORDS)
    assert played.line.first_silence_ms >= LEGAL_MS
    assert all(cut.heard_ms >= LEGAL_MS for cut in played.of(Interrupted))
    assert said(played)[0] == "예약하고 싶은데요"


def test_no_voice_cuts_the_notices_off():
    """Words, noise and nods from the first moment on: until the notices have been said we speak on."""
    for code in (BOOK, NOD, NOISE):
        talking = [At(at, speech(code, 400)) for at in range(100, LEGAL_MS - 500, 600)]
        played = play_out([*talking, At(9000, hangs_up=True)], [GREETING, ASK_DAY], WORDS)
        assert all(played.line.heard_frames[2 : LEGAL_MS // 20])
        assert all(cut.heard_ms >= LEGAL_MS for cut in played.of(Interrupted))


def test_the_question_behind_the_notices_may_be_answered_at_once():
    """Only what the law asks for is protected: who knows what they want need not hear the question out."""
    played = play_out([At(LEGAL_MS + 100, speech(BOOK, 900))], [GREETING, ASK_DAY], WORDS)
    assert played.of(Interrupted)
    assert LEGAL_MS < played.line.first_silence_ms < spoken_ms(GREETING.say.replace(". ", "."))
    assert said(played)[0] == "예약하고 싶은데요"


def test_zero_reaches_a_person_at_once():
    """Key 0 counts at any time, even in the part of the greeting that no voice interrupts."""
    transfer = Reply("직원에게 연결해 드릴게요.", then="transfer")
    played = play_out([At(1000, key="0")], [GREETING, transfer], WORDS)
    assert said(played) == [Keypress("0")]
    assert played.ending == "transfer"
    assert played.line.cleared_ms[0] <= 1040


def test_typed_digits_are_one_answer():
    """Keys are collected until # or two seconds of nothing; a 0 at the beginning of a number is a digit."""
    keys = [At(HELLO_MS + 500 + 200 * n, key=key) for n, key in enumerate("01000001234")]
    for end in ([At(HELLO_MS + 3000, key="#")], []):
        played = play_out([*keys, *end], [HELLO, BYE], WORDS, asking="phone")
        assert said(played) == [Keypress("01000001234")]


def test_a_stuck_key_is_cut_short():
    """Nobody types more than twenty digits; what presses on is answered, not collected for ever."""
    keys = [At(HELLO_MS + 500 + 100 * n, key="5") for n in range(40)]
    played = play_out(keys, [HELLO, ASK_DAY], WORDS, asking="phone")
    assert said(played)[:2] == [Keypress("5" * 20)] * 2


def test_silence_is_asked_about():
    """After six quiet seconds behind our question the conversation hears of the silence."""
    played = play_out([At(20_000, hangs_up=True)], [HELLO, ASK_DAY], WORDS)
    assert said(played) == [Silence(6.0), Silence(6.0), HungUp()] or said(played)[-1] == HungUp()
    assert played.heard[0] == Silence(6.0)


def test_a_caller_who_hangs_up_is_written_down():
    """The end of the line ends the call's record."""
    played = play_out([At(3000, hangs_up=True)], [HELLO], WORDS)
    assert played.ending == "hung_up"
    assert played.receptionist.ended == ["CA1"]


def test_a_broken_line_is_no_hang_up():
    """When the line breaks, the record stays open: the call may come back on another socket."""
    played = play_out([At(3000, breaks=True)], [HELLO], WORDS)
    assert played.ending == "line_lost"
    assert played.receptionist.ended == []
    assert played.line.left_ms is not None


def test_the_last_word_before_hanging_up_counts():
    """A "yes" followed at once by the receiver going down is still heard."""
    words_done = HELLO_MS + 500 + 900 + 500 + 40

    def slow(_receptionist, ears, _line):
        ears.takes_s = 1.0

    played = play_out(
        [At(HELLO_MS + 500, speech(BOOK, 900)), At(words_done, hangs_up=True)], [HELLO, ASK_DAY], WORDS, prepare=slow
    )
    assert said(played)[0] == "예약하고 싶은데요"
    assert played.ending == "hung_up"


def test_hanging_up_right_behind_the_last_word_is_heard():
    """ "Yes", and the receiver goes down before the pause is long enough to be an end: it was said all the same."""
    leaves = HELLO_MS + 500 + 900 + 200
    played = play_out([At(HELLO_MS + 500, speech(BOOK, 900)), At(leaves, hangs_up=True)], [HELLO, ASK_DAY], WORDS)
    assert said(played) == ["예약하고 싶은데요", HungUp()]
    assert (played.ending, played.receptionist.ended) == ("hung_up", ["CA1"])


def test_noise_before_hanging_up_is_no_turn():
    """The receiver knocking on its cradle says nothing."""
    leaves = HELLO_MS + 500 + 400 + 200
    played = play_out([At(HELLO_MS + 500, speech(NOISE, 400)), At(leaves, hangs_up=True)], [HELLO, ASK_DAY], WORDS)
    assert said(played) == [HungUp()]


def test_a_sentence_cut_in_two_is_one_turn():
    """Who goes on speaking while we still think has not finished: both halves are one turn."""

    def slow(_receptionist, ears, _line):
        ears.takes_s = 0.9

    timetable = [At(HELLO_MS + 500, speech(BOOK, 900)), At(HELLO_MS + 500 + 900 + 550, speech(DAY, 700))]
    played = play_out(timetable, [HELLO, BYE], WORDS, prepare=slow)
    assert said(played) == ["예약하고 싶은데요 토요일이요"]


def test_a_busy_recogniser_hands_the_call_over():
    """When no final turn is taken, we leave: the door goes on by the telephone company's recogniser."""

    def busy(_receptionist, ears, _line):
        ears.busy = {"speculative", "final"}

    played = play_out([At(HELLO_MS + 500, speech(BOOK, 900))], [HELLO], WORDS, prepare=busy)
    assert played.ending == "to_gather"
    assert said(played) == []


def test_a_final_turn_is_taken_when_hearing_ahead_is_refused():
    """Only work ahead is dropped by a busy recogniser; the turn itself is heard."""

    def busy(_receptionist, ears, _line):
        ears.busy = {"speculative"}

    played = play_out([At(HELLO_MS + 500, speech(BOOK, 900))], [HELLO, BYE], WORDS, prepare=busy)
    assert said(played) == ["예약하고 싶은데요"]


def test_a_slow_recogniser_is_bridged():
    """Whoever waits longer than 1.2 s for our ears hears "one moment"; after 8 s the call is handed over."""

    def slow(seconds):
        def prepare(_receptionist, ears, _line):
            ears.takes_s = seconds

        return prepare

    played = play_out([At(HELLO_MS + 500, speech(BOOK, 900))], [HELLO, BYE], WORDS, prepare=slow(4))
    assert "네, 잠시만요." in played.voice.said
    assert said(played) == ["예약하고 싶은데요"]
    played = play_out([At(HELLO_MS + 500, speech(BOOK, 900))], [HELLO, BYE], WORDS, prepare=slow(30))
    assert played.ending == "to_gather"


def test_who_was_asked_to_wait_for_nothing_is_soon_asked_again():
    """ "One moment", and then it was no word: they wait for us, so we do not wait for six seconds."""

    def slow(_receptionist, ears, _line):
        ears.takes_s = 3

    spoke_ms = HELLO_MS + 500
    played = play_out(
        [At(spoke_ms, speech(NOISE, 900)), At(20_000, hangs_up=True)], [HELLO, ASK_DAY], WORDS, prepare=slow
    )
    assert FILLER in played.voice.said
    assert played.heard[0] == Silence(1.5)
    asked_again_ms = spoke_ms + 900 + 3000 + 2500
    assert any(played.line.heard_frames[(spoke_ms + 900 + 3000) // 20 + 60 : asked_again_ms // 20])


FILLER = "네, 잠시만요."


def bridged(*steps_s):
    """How often "one moment" is said while a caller waits for steps that take so many seconds each."""
    voice = LevelVoice()

    async def wait():
        line = TimedLine([])
        playout = Playout(line, lambda _error: None)
        shop = ScriptedReceptionist([HELLO])
        setting = Setting("CA1", shop, None, voice, None, None, playout, print, OwnVoice(shop.shop))
        setting.waiting.begins()
        for seconds in steps_s:
            await setting.in_time(asyncio.sleep(seconds), "ko")
        await playout.stop()

    run_in_virtual_time(wait())
    return voice.said.count(FILLER)


def test_a_filler_comes_only_when_the_answer_is_late():
    """The silence counts from the end of the turn over everything that makes the answer, not for each step anew."""
    assert bridged(1.0) == 0
    assert bridged(0.5, 0.6) == 0
    assert bridged(1.1, 0.2) == 0  # the answer is nearly there
    assert bridged(1.5) == 1
    assert bridged(1.0, 0.8) == 1
    assert bridged(0.7, 0.7, 0.7) == 1


def test_one_filler_is_enough():
    """Another one comes only after four seconds more."""
    assert bridged(2.0, 2.0) == 1
    assert bridged(1.5, 1.5, 1.5, 3.0) == 2


class SlowVoice(LevelVoice):
    """Takes its time for what it never said before, but for the filler, which every voice has said at its start."""

    def synthesize(self, text, language):
        if text == BYE.say.partition(". ")[0] + ".":
            time.sleep(1.8)
        return super().synthesize(text, language)


def test_a_slow_voice_is_bridged():
    """A sentence whose sound is late is announced, and comes whole. In real time, in which threads take theirs."""
    short = Reply("네?")
    line = TimedLine([At(700, speech(BOOK, 600))])
    receptionist, voice = ScriptedReceptionist([short, BYE]), SlowVoice()
    parts = LiveParts(CodeEars(WORDS), voice, LevelListener, Gate())
    assert asyncio.run(LiveCall(line, receptionist, parts).run()) == "said_goodbye"
    assert voice.said.count(FILLER) == 1
    assert sum(line.heard_frames) * 20 >= spoken_ms("네?" + FILLER + BYE.say.replace(". ", ".")) - 100


def test_an_english_caller_is_bridged_in_english():
    """The filler is in the language of the call."""

    def prepare(_receptionist, ears, _line):
        ears.takes_s = 3

    hello = Reply("Hello. This is Haneul. How can I help you?", "en")
    at = spoken_ms("Hello.This is Haneul.How can I help you?") + 500
    played = play_out([At(at, speech(BOOK, 900))], [hello, BYE], WORDS, prepare=prepare)
    assert "One moment, please." in played.voice.said
    assert FILLER not in played.voice.said


def test_an_error_is_apologised_for():
    """A turn that fails inside ends in an apology and in leaving, not in silence."""

    def failing(receptionist, _ears, _line):
        receptionist.fails_at = 1

    played = play_out([At(HELLO_MS + 500, speech(BOOK, 900))], [HELLO], WORDS, prepare=failing)
    assert played.ending == "trouble"
    assert "죄송합니다." in played.voice.said
    assert played.line.left_ms is not None


def test_a_line_that_takes_no_sound_is_left():
    """A dead line ends the live call at once instead of holding it for ever."""

    def dead(_receptionist, _ears, line):
        line.takes_sound = False

    played = play_out([], [HELLO], WORDS, prepare=dead)
    assert played.ending == "line_lost"


def test_the_farewell_is_not_answered():
    """A "네, 감사합니다" into our goodbye is no turn, and the goodbye is said to its end."""
    thanks = {**WORDS, 20: "네, 감사합니다."}
    second = HELLO_MS + 500 + 900 + 500
    played = play_out([At(HELLO_MS + 500, speech(BOOK, 900)), At(second + 300, speech(20, 900))], [HELLO, BYE], thanks)
    assert said(played) == ["예약하고 싶은데요"]
    assert played.ending == "said_goodbye"


def test_second_thoughts_at_the_farewell_are_heard():
    """What the caller still wants when we say goodbye is a turn of its own, after the goodbye."""
    second = HELLO_MS + 500 + 900 + 500
    played = play_out(
        [At(HELLO_MS + 500, speech(BOOK, 900)), At(second + 300, speech(DAY, 700))], [HELLO, BYE, BYE], WORDS
    )
    assert said(played) == ["예약하고 싶은데요", "토요일이요"]


def test_no_call_lasts_for_ever():
    """At the longest time a call may take it is written off and left."""
    played = play_out([], [HELLO, ASK_DAY], WORDS, longest_seconds=60)
    assert played.ending == "too_long"
    assert played.receptionist.ended == ["CA1"]
    assert played.of(CallLeft)


def test_the_listener_knows_what_was_asked():
    """What we asked for decides how long a pause may be."""
    played = play_out([At(2000, hangs_up=True)], [HELLO], WORDS, asking="phone")
    assert played.listener.expected == ["phone"]


def test_the_shops_names_are_hints():
    """The recogniser listens for what the reply suggests first, then for the shop's own names."""
    hello = Reply(HELLO.say, hints=("토요일",))
    played = play_out([At(HELLO_MS + 500, speech(BOOK, 1200))], [hello, BYE], WORDS)
    assert tuple(played.ears.hints[0]) == ("토요일", "하늘식당", "김치찌개")
    assert played.ears.asked[0] == ("speculative", None)


def test_a_short_answer_is_taken_in_the_language_of_the_question():
    """A word of half a second tells no language."""
    played = play_out([At(HELLO_MS + 500, speech(NOD, 300))], [HELLO, BYE], WORDS)
    assert played.ears.asked[0] == ("speculative", "ko")


def test_a_call_is_taken_up_again():
    """After a cut the open question is asked again and the next turn has the right number."""

    def begun(receptionist, _ears, _line):
        receptionist.answer("CA1", "", "twilio-stream")
        receptionist.hear("CA1", 1, Utterance("예약하고 싶은데요"))

    played = play_out([At(3500, speech(DAY, 700))], [HELLO, ASK_DAY, BYE], WORDS, opening="resume", prepare=begun)
    assert played.voice.said[0] == "방금 끊겼네요."
    assert said(played) == ["예약하고 싶은데요", "토요일이요"]


def test_our_own_ear_for_noise():
    """A listener that hears speech in every frame cannot keep a call from asking again."""
    played = play_out(
        [At(3000 + 700 * n, speech(NOISE, 200)) for n in range(60)], [HELLO, BYE], WORDS, listener=LevelListener()
    )
    assert played.heard[0] == Silence(6.0)
