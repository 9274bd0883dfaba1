"""Hearing ahead: while a pause may yet turn out to be the end, transcribe, decide, and make the first sound already.

Nothing is written down ahead. When the caller goes on, all of it is thrown away.
"""

import asyncio
import logging
from collections.abc import Callable

from assistant.audio import Audio
from assistant.call import Reply, Utterance
from assistant.protocols import HearingBusy
from assistant.telephony._setting import Setting
from assistant.telephony._voice import SpokenReply

_log = logging.getLogger(__name__)


class Ahead:
    """What is being made ready during one pause of the caller."""

    def __init__(
        self, setting: Setting, audio: Audio, number: int, reply: Reply, as_said: Callable[[Utterance], Utterance]
    ) -> None:
        """*as_said* completes the words to what `hear` would be given for turn `number`."""
        self._setting = setting
        self._number = number
        self._as_said = as_said
        self.words = asyncio.create_task(setting.transcribe(audio, reply, "speculative"))
        """The transcript on its way. Raises `HearingBusy`."""
        self._rest = asyncio.create_task(self._prepare())
        self._spoken: SpokenReply | None = None

    def cancel(self) -> None:
        """Throw it away: the caller goes on."""
        self.words.cancel()
        self._rest.cancel()

    def spoken(self) -> SpokenReply | None:
        """The sound of the reply, if it came that far; what did not is dropped now that the turn is decided."""
        self._rest.cancel()
        return self._spoken

    async def _prepare(self) -> None:
        try:
            await asyncio.wait({self.words})
            if self.words.cancelled() or (utterance := self.words.result()) is None:
                return
            setting = self._setting
            setting.listener.hint(utterance.text, utterance.language)
            said = self._as_said(utterance)
            reply = await asyncio.to_thread(setting.receptionist.prepare, setting.call_id, self._number, said)
            spoken = setting.spoken(reply.say, reply.language)
            spoken.make_ready()
            self._spoken = spoken
        except HearingBusy:
            return  # nothing is made ready then; the final transcript has a better place in the queue
        except Exception:
            # The turn itself will meet the same trouble, or not; here nobody waits for it.
            _log.exception("call=%s turn=%d could not be prepared ahead", self._setting.call_id, self._number)
