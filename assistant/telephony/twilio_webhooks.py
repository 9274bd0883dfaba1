"""Twilio's webhooks as routes: a signed form comes in, TwiML goes out.

What each document says is decided in `_twilio_doors.py`; sound goes through `twilio_stream.py`.
"""

import logging
from collections.abc import Awaitable, Callable
from typing import Annotated

from fastapi import APIRouter, Depends, Response

from assistant.telephony._requests import signed_form
from assistant.telephony._twilio_doors import TwilioDoors
from assistant.telephony.signatures import Form, SignatureGuard
from assistant.telephony.twiml import Doors

# Of the three addresses that owners type in at Twilio, where they may choose GET, or end one in a slash. The others
# stand in our own TwiML, which says POST.
METHODS = ["GET", "POST"]
NO_CONTENT = 204  # what Twilio wants for a status callback (telephony.md 1.1)

_log = logging.getLogger(__name__)


def twilio_webhooks(doors: TwilioDoors, guard: SignatureGuard) -> APIRouter:
    """The webhooks, all below /twilio; each answers 403 to a request Twilio did not sign, before anything else."""
    routes = APIRouter(prefix="/twilio")
    signed = signed_form(guard)
    _add_turns(routes, doors, signed)
    _add_transfer(routes, doors, signed)
    _add_emergency_exits(routes, doors, signed)
    _add_callbacks(routes, doors, signed)
    return routes


_Signed = Callable[..., Awaitable[Form]]


def _add_turns(routes: APIRouter, doors: TwilioDoors, signed: _Signed) -> None:
    @routes.api_route("/voice/", methods=METHODS)
    @routes.api_route("/voice", methods=METHODS)
    async def voice(form: Annotated[Form, Depends(signed)]) -> Response:
        return _twiml(await doors.call_arrives(form))

    @routes.post("/turn/{shop}/{call}/{number}")
    async def turn(form: Annotated[Form, Depends(signed)], shop: str, call: str, number: int) -> Response:
        return _twiml(await doors.caller_answered(Doors(shop, call), number, form))

    @routes.post("/resume/{shop}/{call}/{attempt}")
    async def resume(form: Annotated[Form, Depends(signed)], shop: str, call: str, attempt: int) -> Response:
        return _twiml(await doors.line_is_back(Doors(shop, call), attempt, form))


def _add_transfer(routes: APIRouter, doors: TwilioDoors, signed: _Signed) -> None:
    @routes.post("/after-transfer/{shop}/{call}")
    async def after_transfer(form: Annotated[Form, Depends(signed)], shop: str, call: str) -> Response:
        return _twiml(await doors.transfer_ended(Doors(shop, call), form))

    @routes.post("/whisper/{shop}/{call}")
    async def whisper(form: Annotated[Form, Depends(signed)], shop: str, call: str) -> Response:
        return _twiml(await doors.whisper(Doors(shop, call)))

    @routes.post("/whisper-key/{shop}/{call}")
    async def whisper_key(form: Annotated[Form, Depends(signed)], shop: str, call: str) -> Response:
        return _twiml(doors.whisper_key(Doors(shop, call), form))


def _add_emergency_exits(routes: APIRouter, doors: TwilioDoors, signed: _Signed) -> None:
    @routes.api_route("/fallback/", methods=METHODS)
    @routes.api_route("/fallback", methods=METHODS)
    async def fallback(form: Annotated[Form, Depends(signed)]) -> Response:
        return _twiml(doors.fallback(form))

    @routes.post("/after-trouble/{language}")
    async def after_trouble(form: Annotated[Form, Depends(signed)], language: str) -> Response:
        return _twiml(doors.trouble_ended(language, form))

    @routes.post("/voicemail/{language}")
    async def voicemail(form: Annotated[Form, Depends(signed)], language: str) -> Response:
        return _twiml(await doors.message_left(language, form))


def _add_callbacks(routes: APIRouter, doors: TwilioDoors, signed: _Signed) -> None:
    @routes.api_route("/status/", methods=METHODS, status_code=NO_CONTENT)
    @routes.api_route("/status", methods=METHODS, status_code=NO_CONTENT)
    async def status(form: Annotated[Form, Depends(signed)]) -> None:
        await doors.call_ended(form)

    @routes.post("/stream-status", status_code=NO_CONTENT)
    async def stream_status(form: Annotated[Form, Depends(signed)]) -> None:
        if form.get("StreamEvent") == "stream-error":
            _log.error("call=%s stream error: %r", form.get("CallSid", ""), form.get("StreamError", ""))


def _twiml(document: str) -> Response:
    return Response(document, media_type="text/xml")
