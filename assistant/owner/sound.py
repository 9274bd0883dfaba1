"""The recording of a call, on its page: listened to, and deleted before its time. Nobody but the owner gets it."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from urllib.parse import quote

from fastapi import APIRouter, Request, Response
from fastapi.responses import FileResponse, RedirectResponse

from assistant.call import Turn
from assistant.call_log.recordings import Recordings
from assistant.owner.desk import Form, Pages
from assistant.owner.guard import Problem
from assistant.shop import Shop
from assistant.shop_rules import RecordingRules

RecordingsOf = Callable[[str], Recordings]
"""The recordings of a shop's calls, by the shop's id."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Heard:
    """What the page of a call says about its sound."""

    there: bool
    """There is a recording to listen to."""
    until: date | None = None
    """On which day it goes by itself."""
    refused: bool = False
    """The caller did not want one."""


def sound_of(shop: Shop, recordings: Recordings, call_id: str, turns: tuple[Turn, ...]) -> Heard:
    """What there is to hear of a call."""
    path = _whole(recordings.of(call_id))
    refused = bool(turns) and turns[-1].state.recorded == "refused"
    if path is None or refused:  # a refused one is as good as deleted, even if a disk still has it
        return Heard(there=False, refused=refused)
    rules = shop.recording or RecordingRules()
    return Heard(there=True, until=date.fromisoformat(path.parent.name) + timedelta(days=rules.keep_days + 1))


def _whole(path: Path | None) -> Path | None:
    return path if path is not None and path.is_file() else None


def add_sound(router: APIRouter, pages: Pages, recordings_of: RecordingsOf) -> None:
    """The sound of a call, and the button that deletes it."""

    @router.get("/owner/{shop_id}/calls/{call_id}/recording.wav")
    def listen(request: Request, shop_id: str, call_id: str) -> Response:
        """The recording, or the part of it that the player asks for (Range)."""
        desk = pages.desk(request, shop_id)
        recordings, turns = recordings_of(desk.shop.id), desk.log.turns_of(call_id)
        path = _whole(recordings.of(call_id))
        if path is None or not sound_of(desk.shop, recordings, call_id, turns).there:
            raise Problem(404, "not_found")
        if request.headers.get("range", "bytes=0-").startswith("bytes=0-"):
            _log.info("shop=%s call=%s its recording is listened to", desk.shop.id, call_id)
        return FileResponse(path, media_type="audio/wav")

    @router.post("/owner/{shop_id}/calls/{call_id}/recording")
    def delete(request: Request, shop_id: str, call_id: str, form: Form) -> Response:
        """Delete the recording; what was said stays in writing."""
        desk = pages.desk(request, shop_id)
        pages.check_form(request, form)
        try:
            gone = recordings_of(desk.shop.id).erase(call_id)
        except OSError as error:
            _log.error("shop=%s call=%s its recording cannot be deleted: %s", desk.shop.id, call_id, error)
            raise Problem(503, "unavailable") from None
        if gone:
            _log.info("shop=%s call=%s its recording was deleted by the owner", desk.shop.id, call_id)
        return RedirectResponse(f"/owner/{quote(desk.shop.id)}/calls/{quote(call_id, safe='')}", 303)
