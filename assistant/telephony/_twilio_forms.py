"""What Twilio's forms say: whether a call is over, who was called, what was heard, what was left."""

from assistant.call import Heard, HungUp, Keypress, Silence, Utterance, Voicemail
from assistant.telephony._text import called_number, caller_number, speakable
from assistant.telephony.signatures import Form
from assistant.telephony.twiml import GATHER_SECONDS

LONGEST_SPEECH = 1000  # characters: a minute of speech, which is as long as <Gather> listens, has about 500 in Korean
MOST_DIGITS = 20  # keys: the longest telephone number has 15 digits, and a prefix
CALL_IS_OVER = frozenset({"completed", "busy", "failed", "no-answer", "canceled"})


def is_over(form: Form) -> bool:
    """Whether the call this webhook tells of has ended: what we answer then, nobody hears."""
    return form.get("CallStatus") in CALL_IS_OVER


def called_in(form: Form) -> str:
    """The number that was dialled, as shops' files have it; what it says as it is where that is no number."""
    sent = form.get("To", "")
    return called_number(sent) or sent


def heard_in(form: Form, language: str) -> Heard:
    """What a <Gather> heard. `Confidence` may be missing, and an empty `SpeechResult` is silence (telephony.md 1.5).

    At most `MOST_DIGITS` keys or `LONGEST_SPEECH` characters of it.
    """
    if digits := "".join(key for key in form.get("Digits", "") if key in "0123456789*#"):
        return Keypress(digits[:MOST_DIGITS])
    if words := speakable(form.get("SpeechResult", "")):
        return Utterance(words[:LONGEST_SPEECH], language, _confidence(form.get("Confidence", "")))
    return HungUp() if is_over(form) else Silence(float(GATHER_SECONDS))


def _confidence(sent: str) -> float:
    try:
        confidence = float(sent)
    except ValueError:
        return 1.0
    # Not a number compares false with everything and ends at 1.
    return confidence if 0.0 <= confidence <= 1.0 else 1.0


def somebody_talked(form: Form, accepted: bool) -> bool:
    """Whether a transfer reached a person.

    `DialCallStatus` says "completed" also when voicemail picked up or the person did not press 1 (telephony.md 2.6), so
    `DialBridged` decides; where Twilio does not send it, our own note that key 1 was pressed does.
    """
    bridged = form.get("DialBridged")
    return accepted if bridged is None else bridged == "true"


def voicemail_in(form: Form) -> Voicemail:
    """What the end of a <Record> tells."""
    seconds = form.get("RecordingDuration", "")
    return Voicemail(
        form.get("CallSid", ""),
        caller_number(form.get("From", "")),
        form.get("RecordingUrl", ""),
        int(seconds) if seconds.isdecimal() and len(seconds) < MOST_DIGITS else 0,
    )
