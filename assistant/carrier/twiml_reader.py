"""Reads TwiML text into the verbs of `twiml.py`."""

from collections.abc import Callable
from typing import get_args
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from assistant.carrier.twiml import (
    BadTwiml,
    Connect,
    Dial,
    Document,
    Gather,
    Hangup,
    Input,
    Number,
    Pause,
    Play,
    Prompt,
    Record,
    Redirect,
    Reject,
    Say,
    Stream,
    Verb,
    Warned,
)

MAX_PARAMETER_CHARACTERS = 500  # name and value of one <Parameter> together: telephony.md 2.4
MAX_NUMBERS = 10  # in one <Dial>: telephony.md 2.6

# Attributes the carrier knows but need not act on: voices sound alike here, and sound is not trimmed or cached.
_KNOWN = {
    "Say": "voice language loop",
    "Play": "loop digits",
    "Pause": "length",
    "Gather": "input action method timeout speechTimeout numDigits finishOnKey actionOnEmptyResult language "
    "speechModel hints profanityFilter partialResultCallback partialResultCallbackMethod enhanced bargeIn "
    "maxSpeechTime debug",
    "Record": "action method timeout finishOnKey maxLength playBeep trim recordingStatusCallback "
    "recordingStatusCallbackMethod recordingStatusCallbackEvent transcribe transcribeCallback",
    "Dial": "action method timeout answerOnBridge callerId callReason hangupOnStar record recordingStatusCallback "
    "recordingStatusCallbackEvent recordingTrack ringTone timeLimit trim sequential",
    "Number": "url method statusCallback statusCallbackMethod statusCallbackEvent sendDigits byoc",
    "Connect": "action method",
    "Stream": "url name track statusCallback statusCallbackMethod",
    "Parameter": "name value",
    "Redirect": "method",
    "Reject": "reason",
    "Hangup": "",
}


def read_twiml(text: str) -> Document:
    """Parse a document; raises `BadTwiml` for what Twilio could not execute."""
    try:
        # At most 64 KB from the server under test; expat itself bounds what entities may grow to.
        root = ElementTree.fromstring(text.strip())  # noqa: S314
    except ElementTree.ParseError as error:
        raise BadTwiml(12100, f"the document is not XML ({error}): {text[:80]!r}") from None
    if root.tag != "Response":
        raise BadTwiml(12100, f"the document begins with <{root.tag}>; TwiML begins with <Response>")
    reader = _Reader()
    verbs = tuple(reader.verb(element) for element in root)
    for place, verb in enumerate(verbs):
        if isinstance(verb, Reject) and place:
            reader.warn(f"<Reject> is verb {place + 1}; it only works as the first")
    return Document(verbs, tuple(reader.warnings))


class _Reader:
    """Reads the elements of one document and collects what to warn of."""

    def __init__(self) -> None:
        self.warnings: list[Warned] = []

    def warn(self, message: str) -> None:
        self.warnings.append(Warned(12200, message))

    def verb(self, element: Element) -> Verb:
        readers: dict[str, Callable[[Element], Verb]] = {
            "Say": self._say,
            "Play": self._play,
            "Pause": lambda e: Pause(self._number(e, "length", 1)),
            "Gather": self._gather,
            "Record": self._record,
            "Dial": self._dial,
            "Connect": self._connect,
            "Redirect": lambda e: Redirect(_text(e), self._method(e)),
            "Reject": lambda e: Reject("busy" if e.get("reason") == "busy" else "rejected"),
            "Hangup": lambda _: Hangup(),
        }
        if element.tag not in readers:
            raise BadTwiml(12200, f"<{element.tag}> is not a verb the carrier knows; known are {', '.join(readers)}")
        self._check_attributes(element)
        return readers[element.tag](element)

    def _check_attributes(self, element: Element) -> None:
        known = _KNOWN[element.tag].split()
        for name in element.attrib:
            if name not in known:
                self.warn(f"<{element.tag}> has no attribute {name}")

    def _children(self, element: Element, *allowed: str) -> list[Element]:
        for child in element:
            if child.tag not in allowed:
                raise BadTwiml(12200, f"<{child.tag}> may not stand in <{element.tag}>; allowed: {', '.join(allowed)}")
            self._check_attributes(child)
        return list(element)

    def _number(self, element: Element, name: str, default: float) -> float:
        written = element.get(name)
        if written is None:
            return default
        try:
            value = float(written)
        except ValueError:
            value = -1
        if value < 0:
            self.warn(f'{name}="{written}" of <{element.tag}> is not a number; {default:g} is used')
            return default
        return value

    def _flag(self, element: Element, name: str, default: bool) -> bool:
        written = element.get(name)
        if written not in (None, "true", "false"):
            self.warn(f'{name}="{written}" of <{element.tag}> is neither true nor false')
            return default
        return default if written is None else written == "true"

    def _method(self, element: Element, name: str = "method") -> str:
        written = element.get(name, "POST").upper()
        if written not in ("GET", "POST"):
            self.warn(f'{name}="{written}" of <{element.tag}> is neither GET nor POST')
            return "POST"
        return written

    def _say(self, element: Element) -> Say:
        # SSML inside <Say> is read as its words.
        text = " ".join("".join(element.itertext()).split())
        language, voice = element.get("language", "en-US"), element.get("voice", "man")
        return Say(text, language, voice, int(self._number(element, "loop", 1)))

    def _play(self, element: Element) -> Play:
        url, digits = _text(element), element.get("digits", "")
        if not url and not digits:
            raise BadTwiml(12200, "<Play> names no sound file and no digits")
        return Play(url, digits, int(self._number(element, "loop", 1)))

    def _prompt(self, element: Element) -> Prompt:
        match element.tag:
            case "Say":
                return self._say(element)
            case "Play":
                return self._play(element)
            case _:
                return Pause(self._number(element, "length", 1))

    def _gather(self, element: Element) -> Gather:
        inputs: list[Input] = [kind for kind in get_args(Input) if kind in element.get("input", "dtmf").split()]
        if not inputs:
            raise BadTwiml(12200, f'input="{element.get("input")}" of <Gather> is none of dtmf, speech, dtmf speech')
        timeout_s = self._number(element, "timeout", 5)
        is_auto = element.get("speechTimeout") == "auto"
        return Gather(
            input=frozenset(inputs),
            action=element.get("action"),
            method=self._method(element),
            timeout_s=timeout_s,
            speech_timeout_s=None if is_auto else self._number(element, "speechTimeout", timeout_s),
            num_digits=int(self._number(element, "numDigits", 0)) or None,
            finish_on_key=element.get("finishOnKey", "#"),
            action_on_empty_result=self._flag(element, "actionOnEmptyResult", False),
            language=element.get("language", "en-US"),
            speech_model=element.get("speechModel", ""),
            hints=element.get("hints", ""),
            partial_result_callback=element.get("partialResultCallback"),
            prompts=tuple(self._prompt(child) for child in self._children(element, "Say", "Play", "Pause")),
        )

    def _record(self, element: Element) -> Record:
        return Record(
            action=element.get("action"),
            method=self._method(element),
            timeout_s=self._number(element, "timeout", 5),
            finish_on_key=element.get("finishOnKey", "1234567890*#"),
            max_length_s=self._number(element, "maxLength", 3600),
            play_beep=self._flag(element, "playBeep", True),
            status_callback=element.get("recordingStatusCallback"),
            status_events=frozenset(element.get("recordingStatusCallbackEvent", "completed").split()),
        )

    def _dial(self, element: Element) -> Dial:
        numbers = tuple(
            Number(
                number=_text(child),
                url=child.get("url"),
                method=self._method(child),
                status_callback=child.get("statusCallback"),
                status_events=frozenset(child.get("statusCallbackEvent", "completed").split()),
            )
            for child in self._children(element, "Number")
        )
        if not numbers and _text(element):
            numbers = (Number(_text(element)),)
        if not 0 < len(numbers) <= MAX_NUMBERS:
            raise BadTwiml(12200, f"<Dial> names {len(numbers)} numbers; 1 to {MAX_NUMBERS} are possible")
        return Dial(
            numbers=numbers,
            action=element.get("action"),
            method=self._method(element),
            timeout_s=self._number(element, "timeout", 30),
            answer_on_bridge=self._flag(element, "answerOnBridge", False),
            caller_id=element.get("callerId"),
            time_limit_s=self._number(element, "timeLimit", 14400),
        )

    def _connect(self, element: Element) -> Connect:
        streams = self._children(element, "Stream")
        if len(streams) != 1:
            raise BadTwiml(12200, f"<Connect> holds {len(streams)} streams; exactly one is possible")
        stream = streams[0]
        parameters = tuple(
            (child.get("name", ""), child.get("value", "")) for child in self._children(stream, "Parameter")
        )
        for name, value in parameters:
            if len(name) + len(value) >= MAX_PARAMETER_CHARACTERS:
                raise BadTwiml(
                    12200, f"<Parameter> {name} is {len(name) + len(value)} characters long; 499 are possible"
                )
        if stream.get("track", "inbound_track") != "inbound_track":
            raise BadTwiml(12200, f'track="{stream.get("track")}": a stream in <Connect> only has the inbound track')
        return Connect(
            stream=Stream(stream.get("url", ""), stream.get("name", ""), stream.get("statusCallback"), parameters),
            action=element.get("action"),
            method=self._method(element),
        )


def _text(element: Element) -> str:
    return (element.text or "").strip()
