"""Replies in Twilio's language, TwiML. Pure: values in, a document out.

Every document ends in something that keeps the caller served: behind each <Gather> and each <Connect> stands a
<Redirect>, because Twilio goes on with the next verb when one fails, and hangs up at the end of the document.
Source of verbs and attributes: telephony.md 2.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal
from urllib.parse import quote

from twilio.twiml.voice_response import Connect, Dial, Gather, Number, VoiceResponse

from assistant.call import Reply
from assistant.telephony._phrases import LANGUAGES, phrase
from assistant.telephony._text import sentences, speakable
from assistant.telephony.signatures import TwilioSettings

GATHER_SECONDS = 5  # silence before the caller is asked again; telephony.md 2.2 gives it as Twilio's default
LONGEST_HINTS = 100  # Twilio takes 500; what is likely next is at the front
LONGEST_HINT = 100  # characters; what is longer nobody says in one piece
WHISPER_SECONDS = 6
VOICEMAIL_SECONDS = 120

# Details that are typed as several digits; at any other question one key is a whole answer ("0" for a person).
TYPED_DETAILS = frozenset({"pin", "phone", "party", "time", "day", "daytime", "pickup_time", "quantity", "number"})

Opening = Literal["answer", "resume", "latest"]
"""How a live call begins: with the greeting; after a cut; by saying the last reply of the call."""


@dataclass(frozen=True)
class Voice:
    """One of Twilio's voices."""

    name: str
    heard_in: str
    """BCP 47, for <Gather>."""

    @property
    def locale(self) -> str:
        """BCP 47, for <Say>, which fails when it does not fit the voice: "Google.en-GB-Neural2-A" speaks en-GB."""
        named = re.search(r"\.([a-z]{2,3}-[A-Z]{2})-", self.name)
        return named[1] if named else self.heard_in


# Names from telephony.md 2.1; Polly.Joanna-Neural is the plain US English one.
VOICES = {"ko": Voice("Google.ko-KR-Neural2-A", "ko-KR"), "en": Voice("Polly.Joanna-Neural", "en-US")}


@dataclass(frozen=True)
class Doors:
    """The addresses of one call's doors, relative to the public address."""

    shop: str
    call: str

    def turn(self, number: int) -> str:
        """Where what the caller says as turn `number` goes."""
        return f"/twilio/turn/{self._which}/{number}"

    def resume(self, attempt: int) -> str:
        """Where Twilio goes when our media socket closes; `attempt` counts how often that happened."""
        return f"/twilio/resume/{self._which}/{attempt}"

    @property
    def after_transfer(self) -> str:
        """Where a transfer ends."""
        return f"/twilio/after-transfer/{self._which}"

    @property
    def whisper(self) -> str:
        """What the person who takes the call hears first."""
        return f"/twilio/whisper/{self._which}"

    @property
    def whisper_key(self) -> str:
        """Which key that person pressed."""
        return f"/twilio/whisper-key/{self._which}"

    @property
    def _which(self) -> str:
        return f"{quote(self.shop, safe='')}/{quote(self.call, safe='')}"


@dataclass(frozen=True)
class Connection:
    """What the media socket is told about a call."""

    shop: str
    token: str
    opening: Opening
    attempt: int = 0


class TwimlWriter:
    """Writes the documents of one server: absolute addresses from its settings, everything else from the arguments."""

    def __init__(self, settings: TwilioSettings) -> None:
        self._settings = settings
        self._voices = {
            language: replace(voice, name=settings.voices.get(language) or voice.name)
            for language, voice in VOICES.items()
        }

    def _voice(self, language: str) -> Voice:
        """Twilio's voice for a language; the Korean one for a language we have none for."""
        return self._voices.get(language, self._voices["ko"])

    def connect(self, doors: Doors, connection: Connection) -> str:
        """Carry the call's sound to our media socket; when the socket closes, ask what comes next."""
        response = VoiceResponse()
        connect = Connect()
        stream = connect.stream(
            url=f"{self._settings.socket_address}/twilio/media",
            status_callback=f"{self._settings.address}/twilio/stream-status",
        )
        stream.parameter(name="shop", value=connection.shop)
        stream.parameter(name="token", value=connection.token)
        stream.parameter(name="opening", value=connection.opening)
        response.append(connect)
        response.redirect(self._at(doors.resume(connection.attempt + 1)), method="POST")
        return str(response)

    def turn(self, reply: Reply, doors: Doors, number: int, asking: str | None, hints: Sequence[str] = ()) -> str:
        """Say the reply and let Twilio listen for turn `number`.

        Of an uninterruptible reply only the last sentence lets the caller's voice cut in; keys count at once.
        """
        response = VoiceResponse()
        spoken = sentences(reply.say)
        protected = " ".join(spoken[:-1]) if reply.uninterruptible else ""
        if protected:
            keys = Gather(input="dtmf", num_digits=1, timeout=1, action=self._at(doors.turn(number)), method="POST")
            self._say(keys, protected, reply.language)
            response.append(keys)
        gather = self._gather(self._at(doors.turn(number)), reply.language, asking, hints)
        self._say(gather, spoken[-1] if protected else reply.say, reply.language)
        response.append(gather)
        response.redirect(self._at(doors.turn(number)), method="POST")
        return str(response)

    def _gather(self, action: str, language: str, asking: str | None, hints: Sequence[str]) -> Gather:
        words = [speakable(hint).replace(",", " ") for hint in hints[:LONGEST_HINTS] if len(hint) <= LONGEST_HINT]
        model = self._settings.speech_model
        return Gather(
            input="speech dtmf",
            action=action,
            method="POST",
            language=self._voice(language).heard_in,
            hints=",".join(word for word in words if word) or None,
            speech_model=model or None,
            # A named model does not go with "auto" (telephony.md 2.2).
            speech_timeout="2" if model else "auto",
            timeout=GATHER_SECONDS,
            num_digits=None if asking in TYPED_DETAILS else 1,
            action_on_empty_result=True,
            profanity_filter=False,
        )

    def hang_up(self, reply: Reply | None = None) -> str:
        """Say the reply, if any, and end the call."""
        response = VoiceResponse()
        if reply:
            self._say(response, reply.say, reply.language)
        response.hangup()
        return str(response)

    def transfer(self, doors: Doors, number: str, reply: Reply | None = None) -> str:
        """Say the reply, if any, and ring a person, who hears the whisper and takes the call with key 1.

        Without that key a person's own voicemail would count as an answer (telephony.md 2.6).
        """
        response = VoiceResponse()
        if reply:
            self._say(response, reply.say, reply.language)
        dial = Dial(
            action=self._at(doors.after_transfer),
            method="POST",
            timeout=self._settings.ring_seconds,
            answer_on_bridge=True,
        )
        dial.append(Number(number, url=self._at(doors.whisper), method="POST"))
        response.append(dial)
        return str(response)

    def whisper(self, doors: Doors, shop_name: str, language: str, card: str = "") -> str:
        """Tell the person who calls, about what (*card*), and wait for key 1; no key: the call is not taken."""
        response = VoiceResponse()
        gather = Gather(
            input="dtmf", num_digits=1, timeout=WHISPER_SECONDS, action=self._at(doors.whisper_key), method="POST"
        )
        self._say(gather, " ".join(phrase("whisper", language, shop=shop_name, card=card).split()), language)
        response.append(gather)
        response.hangup()
        return str(response)

    def bridge(self) -> str:
        """The person takes the call: an empty document joins the two."""
        return str(VoiceResponse())

    def unknown_number(self) -> str:
        """Nobody answers at this number, said in every language we have."""
        response = VoiceResponse()
        for language in LANGUAGES:
            self._say(response, phrase("unknown_number", language), language)
        response.hangup()
        return str(response)

    def trouble(self, language: str, doors: Doors | None, transfer_to: str) -> str:
        """Apologise, then ring the shop; where nobody can be rung, take a message. Needs no memory of the call."""
        response = VoiceResponse()
        self._say(response, phrase("trouble", language), language)
        if transfer_to and doors:
            self._say(response, phrase("connecting", language), language)
            action = self._at(f"/twilio/after-trouble/{language}")
            ring_seconds = self._settings.ring_seconds
            dial = Dial(action=action, method="POST", timeout=ring_seconds, answer_on_bridge=True)
            dial.append(Number(transfer_to, url=self._at(doors.whisper), method="POST"))
            response.append(dial)
        else:
            self._record(response, language)
        return str(response)

    def leave_message(self, language: str) -> str:
        """Record what the caller says after a tone."""
        response = VoiceResponse()
        self._record(response, language)
        return str(response)

    def _record(self, response: VoiceResponse, language: str) -> None:
        self._say(response, phrase("leave_message", language), language)
        response.record(
            action=self._at(f"/twilio/voicemail/{language}"),
            method="POST",
            max_length=VOICEMAIL_SECONDS,
            timeout=5,
            finish_on_key="#",
            play_beep=True,
        )
        # Reached by callers alone who say nothing: of an empty tape Twilio tells nobody, and goes on to the next verb.
        self._say(response, phrase("nothing_said", language), language)
        response.hangup()

    def message_kept(self, language: str) -> str:
        """Thank for a message left on the tape."""
        response = VoiceResponse()
        self._say(response, phrase("message_kept", language), language)
        response.hangup()
        return str(response)

    def _at(self, path: str) -> str:
        # Absolute: a relative address resolves against the current document, which may be a static one elsewhere.
        return self._settings.address + path

    def _say(self, to: VoiceResponse | Gather, text: str, language: str) -> None:
        """Let Twilio's voice say a text, cleaned of what XML cannot hold; an empty text says nothing."""
        if words := speakable(text):
            voice = self._voice(language)
            to.say(words, voice=voice.name, language=voice.locale)
