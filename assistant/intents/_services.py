"""Services and the staff who do them: who can, and how they are called in the language of the call. Pure."""

from collections.abc import Sequence

from assistant.intents._intent import Problem, Scene
from assistant.shop import Service, Shop


def able_staff(shop: Shop, services: Sequence[Service]) -> tuple[str, ...]:
    """The staff who can do all of the services."""
    if not services:
        return ()
    return tuple(
        person.name for person in shop.staff if all(not each.staff or person.name in each.staff for each in services)
    )


def spoken_staff(scene: Scene, name: str) -> str:
    """Somebody of the staff as they are called in the language of the call."""
    return next((each.names.get(scene.language, each.name) for each in scene.shop.staff if each.name == name), name)


def called_service(shop: Shop, service_name: str, language: str) -> str:
    """A service as it is called in a language."""
    return next(
        (each.names.get(language, each.name) for each in shop.services if each.name == service_name), service_name
    )


def who_cannot(scene: Scene, staff: str | None, services: Sequence[str]) -> Problem | None:
    """What is wrong with a wish for somebody who does not do one of the services; None when nothing is."""
    chosen = [service for service in scene.shop.services if service.name in services]
    able = able_staff(scene.shop, chosen)
    if staff is None or not chosen or staff in able:
        return None
    words = {
        "who": spoken_staff(scene, staff),
        "services": scene.pack.join([called_service(scene.shop, each.name, scene.language) for each in chosen]),
        "able": scene.pack.either([spoken_staff(scene, name) for name in able]),
    }
    sources = tuple(f"service.{each.name}.staff" for each in chosen)
    return Problem("staff", "does_not_do" if able else "nobody_does", words, sources)
