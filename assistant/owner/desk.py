"""What all of the owner's pages share: the shops, the templates, the words, who may come in."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from hashlib import sha256
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import quote

from fastapi import Depends, Request, Response
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from assistant.call_log import SqliteCallLog
from assistant.overrides import Override, in_force, standing
from assistant.owner.access import Access
from assistant.owner.guard import LoginNeeded, Problem, read_form
from assistant.owner.steps import steps
from assistant.owner.wording import LANGUAGES, Words
from assistant.protocols import Clock
from assistant.shop import Shop

FOLDER = Path(__file__).parent
LANGUAGE_COOKIE = "owner_language"

Shops = Callable[[], Mapping[str, tuple[Shop, SqliteCallLog]]]
Form = Annotated[dict[str, str], Depends(read_form)]


@dataclass(frozen=True)
class ShopDesk:
    """One shop's pages: its file, and the words to show it in."""

    described: Shop
    """As the shop's own file says."""
    log: SqliteCallLog
    words: Words

    @property
    def shop(self) -> Shop:
        """As it is just now, by the owner's orders."""
        return in_force(self.described, self.log.diary(), self.words.now)

    @property
    def overrides(self) -> list[Override]:
        """The owner's orders that hold now or later."""
        return standing(self.log.diary(), self.words.now)

    def day(self, text: str) -> date:
        """A day from the address; today when there is none in it."""
        try:
            return date.fromisoformat(text)
        except ValueError:
            return self.words.today

    def midnight(self, day: date) -> datetime:
        """When a day begins at the shop."""
        return datetime.combine(day, time(), self.shop.zone)


class Pages:
    """What all pages share: templates, the shops, the door."""

    def __init__(self, shops: Shops, access: Access, clock: Clock) -> None:
        self.shops = shops
        self.access = access
        self._clock = clock
        self._templates = Environment(
            loader=FileSystemLoader(FOLDER / "templates"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        # The address of the style sheet changes with it, so that a browser never shows new pages in old clothes.
        dressed = sha256((FOLDER / "style.css").read_bytes()).hexdigest()[:12]
        self._templates.globals |= {"steps": steps, "style": f"/owner/-/style.css?{dressed}"}

    def desk(self, request: Request, shop_id: str) -> ShopDesk:
        """A shop's pages, for somebody who may see them."""
        self.check(request)
        if not (found := self.shops().get(shop_id)):
            raise Problem(404, "not_found")
        shop, log = found
        return ShopDesk(shop, log, self.words(request, shop))

    def check(self, request: Request) -> None:
        """Raises `LoginNeeded`."""
        if not self.access.lets_in(request.state.visit):
            raise LoginNeeded

    def check_form(self, request: Request, form: Mapping[str, str]) -> None:
        """Whether a form comes from our own page. Raises `Problem`."""
        if not self.access.is_our_form(request.state.visit, form.get("token", "")):
            raise Problem(403, "form_expired")

    def words(self, request: Request, shop: Shop | None = None) -> Words:
        """The words to answer in: as the owner chose, else in the shop's language."""
        shop = shop or next((shop for shop, _ in self.shops().values()), None)
        chosen = request.cookies.get(LANGUAGE_COOKIE, "")
        language = chosen if chosen in LANGUAGES else shop.language if shop else "ko"
        return Words(language, shop.zone if shop else UTC, self._clock())

    def page(self, request: Request, template: str, words: Words, status: int = 200, **values: Any) -> Response:
        """A page. Everything in it is escaped."""
        shared = {
            "w": words,
            "shop": None,
            "tab": "",
            "here": request.url.path + (f"?{request.url.query}" if request.url.query else ""),
            "token": self.access.form_token(request.state.visit),
            "logged_in": request.state.visit.logged_in,
            "url": quote,
        }
        html = self._templates.get_template(template).render(shared | values)
        return HTMLResponse(html, status)

    def shop_page(self, request: Request, template: str, desk: ShopDesk, tab: str, **values: Any) -> Response:
        """A page of one shop."""
        several = len(self.shops()) > 1
        return self.page(request, template, desk.words, shop=desk.shop, tab=tab, several=several, **values)

    def problem(self, request: Request, problem: Problem) -> Response:
        """A page that says what went wrong."""
        words = self.words(request)
        return self.page(request, "problem.html", words, problem.status, key=problem.key, hint=words.hint(problem.key))


def own_path(path: str) -> str:
    """A path among the owner's pages; the first page for anything else, so that no link leads elsewhere."""
    inside = path == "/owner" or path.startswith("/owner/")
    return quote(path, safe="/-%?=&:+") if inside and "//" not in path and "\\" not in path else "/owner"
