"""The owner's pages around the others: logging in and out, the choice of language, how it all looks."""

from fastapi import APIRouter, Request, Response
from fastapi.responses import FileResponse, RedirectResponse

from assistant.owner.desk import FOLDER, LANGUAGE_COOKIE, Form, Pages, own_path
from assistant.owner.guard import LoginNeeded
from assistant.owner.wording import LANGUAGES


def add_login(router: APIRouter, pages: Pages) -> None:
    """The password, asked and checked."""
    access = pages.access

    @router.get("/owner/-/login")
    def login_page(request: Request, next: str = "/owner") -> Response:  # noqa: A002 - the address's own word
        """Ask for the password."""
        if access.lets_in(request.state.visit):
            return RedirectResponse(own_path(next), 303)
        if access.closed:
            raise LoginNeeded
        return pages.page(request, "login.html", pages.words(request), next=own_path(next), refusal="")

    @router.post("/owner/-/login")
    def log_in(request: Request, form: Form) -> Response:
        """Check the password."""
        pages.check_form(request, form)
        words, target = pages.words(request), own_path(form.get("next", ""))
        address = request.client.host if request.client else ""
        match access.log_in(address, form.get("password", "")):
            case "in":
                request.state.visit = access.new_visit(logged_in=True)
                return RedirectResponse(target, 303)
            case "wrong":
                return pages.page(request, "login.html", words, 403, next=target, refusal=words("wrong_password"))
            case "wait":
                minutes = access.minutes_to_wait(address) or 1
                refusal = words("wait", n=minutes)
                page = pages.page(request, "login.html", words, 429, next=target, refusal=refusal)
                page.headers["Retry-After"] = str(minutes * 60)
                return page

    @router.post("/owner/-/logout")
    def log_out(request: Request, form: Form) -> Response:
        """End the login."""
        pages.check_form(request, form)
        access.log_out(request.state.visit)
        request.state.visit = access.new_visit()
        return RedirectResponse("/owner", 303)


def add_language(router: APIRouter) -> None:
    """The choice of language, and the style sheet."""

    @router.get("/owner/-/style.css")
    def style() -> Response:
        """How the pages look; a browser keeps it, for another version has another address."""
        return FileResponse(FOLDER / "style.css", headers={"Cache-Control": "private, max-age=31536000, immutable"})

    @router.get("/owner/-/language/{language}")
    def choose_language(language: str, next: str = "/owner") -> Response:  # noqa: A002 - the address's own word
        """Show the pages in another language from now on, in this browser."""
        response = RedirectResponse(own_path(next), 303)
        if language in LANGUAGES:
            response.set_cookie(LANGUAGE_COOKIE, language, max_age=31_536_000, path="/owner", samesite="lax")
        return response
