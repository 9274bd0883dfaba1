"""What is read to the owner by telephone: a day's bookings, what is left to do, which orders hold."""

from datetime import date

from assistant.intents._intent import Said, Scene
from assistant.intents._owner_said import booked
from assistant.intents.owner_command import OwnerCommand
from assistant.overrides import standing

READ_AT_ONCE = 3  # messages that one sitting can keep in mind


def reading(order: OwnerCommand, scene: Scene) -> Said:
    """The answer to one of `READINGS`."""
    match order.kind:
        case "bookings":
            return _bookings(order, scene)
        case "to_do":
            return _to_do(scene)
    found = [OwnerCommand.of(each).in_short(scene) for each in standing(scene.diary, scene.now)]
    if not found:
        return Said(OwnerCommand.phrase("nothing_holds", scene))
    return Said(OwnerCommand.phrase("holding", scene, list=scene.pack.join(found)), ("overrides",))


def _bookings(order: OwnerCommand, scene: Scene) -> Said:
    """Times and parties; names only for somebody who gave the PIN, since a caller's number can be forged."""
    day, rows, pack = order.days[0], booked(scene, order.days[0]), scene.pack
    words = {"day": pack.say_day(date.fromisoformat(day), scene.today), "number": pack.say_count(len(rows), "tables")}
    if not rows:
        return Said(OwnerCommand.phrase("no_bookings", scene, **words), ("reservations",))
    told = []
    for row in rows:
        named = order.proved and row.get("name")
        name = OwnerCommand.phrase("named", scene, name=str(row["name"])) if named else ""
        what = pack.join([str(each) for each in row.get("services") or ()]) or pack.say_count(_people(row), "people")
        clock = pack.say_time(str(row["time"]))
        told.append(OwnerCommand.phrase("booking", scene, time=clock, name=name, what=what))
    if scene.shop.services:
        words["number"] = pack.say_count(len(rows), "people")
    people = pack.say_count(sum(map(_people, rows)), "people")
    key = "appointments" if scene.shop.services else "bookings"
    said = OwnerCommand.phrase(key, scene, **words, people=people, list=", ".join(told))
    return Said(
        said, tuple(f"reservations#{each.id}" for each in scene.diary.of("reservation") if each.details in rows)
    )


def _to_do(scene: Scene) -> Said:
    """The first open messages, with whom to call."""
    messages = [each for each in scene.diary.of("message") if each.details.get("kind") != "wrong_pin"]
    if not messages:
        return Said(OwnerCommand.phrase("no_to_do", scene), ("messages",))
    told = []
    for each in messages[:READ_AT_ONCE]:
        about, name, phone = (str(each.details.get(key) or "") for key in ("about", "name", "phone"))
        key = "a_message" if name or phone else "an_anonymous_message"
        named = OwnerCommand.phrase("named", scene, name=name) if name else ""
        number = scene.pack.say_phone(phone) if phone else ""
        told.append(OwnerCommand.phrase(key, scene, about=about.rstrip(" .?!"), name=named, phone=number))
    rest = OwnerCommand.phrase("rest", scene) if len(messages) > READ_AT_ONCE else ""
    words = {"number": scene.pack.say_count(len(messages), "things"), "list": " ".join(told), "rest": rest}
    return Said(OwnerCommand.phrase("to_do", scene, **words), tuple(f"messages#{each.id}" for each in messages))


def _people(row: object) -> int:
    party = row.get("party") if isinstance(row, dict) else None
    return int(party or 1)
