"""A reply as sound: its clauses synthesised in threads, the first one first, each at most once."""

import asyncio

from assistant.audio import for_the_line
from assistant.protocols import Synthesizer
from assistant.telephony.own_voice import OwnVoice


class SpokenReply:
    """The sound of one reply; clause `n + 1` is made while clause `n` plays."""

    def __init__(self, text: str, language: str, synthesizer: Synthesizer, own: OwnVoice) -> None:
        """What *own* has recorded is played, the rest synthesised."""
        self.clauses = own.clauses(text, language)
        self._text = text
        self._language = language
        self._synthesizer = synthesizer
        self._own = own
        self._made: dict[int, asyncio.Task[bytes]] = {}

    def says(self, text: str, language: str) -> bool:
        """Whether this is the sound of that text."""
        return (self._text, self._language) == (text, language)

    async def clause(self, number: int) -> bytes | None:
        """Mu-law of a clause; None behind the last. An error of the synthesizer comes out here."""
        if number >= len(self.clauses):
            return None
        sound = await asyncio.shield(self._make(number))
        self.make_ready(number + 1)
        return sound

    def make_ready(self, number: int = 0) -> None:
        """Begin to make the sound of a clause."""
        if number < len(self.clauses):
            self._make(number)

    def _make(self, number: int) -> "asyncio.Task[bytes]":
        if number not in self._made:
            self._made[number] = asyncio.create_task(asyncio.to_thread(self._synthesize, self.clauses[number]))
        return self._made[number]

    def _synthesize(self, text: str) -> bytes:
        if (recorded := self._own.sound(text, self._language)) is not None:
            return recorded
        return for_the_line(self._synthesizer.synthesize(text, self._language))
