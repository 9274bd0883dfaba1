"""Twilio's doors, joined: webhooks and media socket share their signatures, tokens and memory."""

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass

from fastapi import APIRouter

from assistant.telephony._roles import FrontDesk, LiveParts, NewReel
from assistant.telephony._twilio_doors import CallSet, TwilioDoors
from assistant.telephony.live_events import Report, report_nothing
from assistant.telephony.signatures import SignatureGuard, TwilioSettings
from assistant.telephony.tokens import StreamTokens
from assistant.telephony.twilio_stream import MediaDoor, twilio_media
from assistant.telephony.twilio_webhooks import twilio_webhooks

_log = logging.getLogger(__name__)


def _nobody_watches(_call_id: str) -> Report:
    return report_nothing


async def _carries_no_sound(_call_id: str) -> None:
    """Nothing to wait for."""


@dataclass(frozen=True)
class TwilioDoor:
    """Everything Twilio reaches of a server."""

    routes: APIRouter
    media: MediaDoor | None
    """None: no call carries sound."""
    open_no_more_sockets: Callable[[], None]
    """Makes new calls, and those whose socket closes, go on by <Gather>: for a server that wants to stop."""

    @property
    def live_calls(self) -> int:
        """How many calls carry sound now: what a server that wants to stop waits for."""
        return self.media.calls if self.media else 0


def twilio_door(
    desk: FrontDesk,
    settings: TwilioSettings,
    parts: LiveParts | None,
    *,
    seconds: Callable[[], float] = time.time,
    report_for: Callable[[str], Report] = _nobody_watches,
    new_reel: NewReel | None = None,
) -> TwilioDoor:
    """The doors of one server. *parts* None: no model to listen with, every call goes by Twilio's own recogniser.

    *new_reel* None: no call is recorded, whatever its shop says.
    """
    if not any(settings.auth_tokens):
        _log.error(
            "Twilio's doors are shut: no auth token is configured, so every request gets 403. "
            "Set TWILIO_AUTH_TOKEN or twilio.auth_token_file."
        )
    guard = SignatureGuard(settings)
    tokens = StreamTokens(settings.auth_tokens, seconds)
    no_stream = CallSet()
    media = None
    if parts:
        media = MediaDoor(desk, settings, guard, tokens, parts, no_stream, report_for, new_reel)
    admission, until_left = (parts.admission, media.until_left) if parts and media else (None, _carries_no_sound)
    doors = TwilioDoors(desk, settings, tokens, admission, no_stream, until_left)
    routes = APIRouter()
    routes.include_router(twilio_webhooks(doors, guard))
    if media:
        routes.include_router(twilio_media(media))
    return TwilioDoor(routes, media, doors.open_no_more_sockets)
