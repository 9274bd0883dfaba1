"""What must hold between the parts of a shop's file: names callers can tell apart, known staff, seats."""

import re
from collections.abc import Iterable, Iterator
from typing import Any

from assistant.config.fields import Read, below, label
from assistant.config.mistakes import Mistake, nearest, shown
from assistant.config.scalars import folded
from assistant.config.yaml_tree import Items, Node, Table, mistake_at
from assistant.shop_rules import ReservationRules

_DENIALS = re.compile(
    r"사람이 (?:직접 )?(?:받|응답)|(?:AI|인공지능|기계)(?:가|는|은)? ?아닙|아닌 사람|(?:기록|녹음)(?:하|되)지 않"
    r"|not an? (?:AI|robot|machine|bot)|(?:real|actual) (?:human|person)|not (?:be )?recorded|never recorded",
    re.IGNORECASE,
)
"""What a greeting may not say, since the program then says the contrary."""


def denial(text: str) -> str:
    """The words in a greeting that contradict the notices the law asks for; "" when there are none."""
    found = _DENIALS.search(text)
    return found[0] if found else ""


def _entries(read: Read, section: str) -> Iterator[tuple[Node, str, Any]]:
    """Each entry of a list with its node and the way to it."""
    node = read.nodes.get(section)
    if isinstance(node, Items):
        for number, (item, value) in enumerate(zip(node.items, read.values[section], strict=True), 1):
            yield item, label(item, section, number), value


def shared_names(read: Read, section: str) -> Iterator[Mistake]:
    """Two entries with one name, or one alias: a caller could not say which."""
    lines: dict[str, int] = {}
    for node, key, entry in _entries(read, section):
        spoken: Iterable[str] = dict.fromkeys(
            folded(name) for name in (entry.name, *entry.names.values(), *entry.aliases)
        )
        for name in spoken:
            if name in lines:
                yield mistake_at(node, key, "name_twice", value=name, first=lines[name])
            lines.setdefault(name, node.line)


def shared_choices(read: Read) -> Iterator[Mistake]:
    """Two choices of one dish with one name."""
    for node, key, dish in _entries(read, "menu"):
        seen: set[str] = set()
        for option in dish.options:
            for name in dict.fromkeys(folded(name) for name in (option.name, *option.names.values(), *option.aliases)):
                if name in seen:
                    yield mistake_at(node, below(key, "options"), "name_twice", value=name, first=node.line)
                seen.add(name)


def shared_questions(read: Read) -> Iterator[Mistake]:
    """One question under two answers."""
    lines: dict[str, int] = {}
    table = read.nodes.get("faq")
    entries = table.entries if isinstance(table, Table) else ()
    for (name, _), (_, faq) in zip(entries, read.values.get("faq", ()), strict=False):
        for question in dict.fromkeys(map(folded, faq.questions)):
            if question in lines:
                where = below("faq", shown(name.text))
                yield mistake_at(name, where, "question_twice", value=question, first=lines[question])
            lines.setdefault(question, name.line)


def unknown_staff(read: Read) -> Iterator[Mistake]:
    """Services name only people who are listed."""
    people = [person.name for person in read.values.get("staff", ())]
    for node, key, service in _entries(read, "services"):
        written = node.get("staff") if isinstance(node, Table) else None
        leaves = written.items if isinstance(written, Items) else (written or node,)
        for name, where in zip(service.staff, leaves, strict=False):
            if name not in people:
                known, near = ", ".join(people) or "-", nearest(name, people, cutoff=0.5)
                yield mistake_at(
                    where, below(key, "staff"), "unknown_staff", value=shown(name), suggestion=near, known=known
                )


def unknown_instead(read: Read) -> Iterator[Mistake]:
    """What is offered instead of a dish is another dish."""
    dishes = [dish.name for dish in read.values.get("menu", ())]
    for node, key, dish in _entries(read, "menu"):
        if not dish.instead:
            continue
        where = (node.get("instead") if isinstance(node, Table) else None) or node
        others = [name for name in dishes if name != dish.name]
        if dish.instead not in others:
            near = nearest(dish.instead, others, cutoff=0.5)
            yield mistake_at(where, below(key, "instead"), "unknown_dish", value=shown(dish.instead), suggestion=near)


def lone_half(read: Read) -> Iterator[Mistake]:
    """A half needs another half."""
    halves = [(node, key) for node, key, dish in _entries(read, "menu") if dish.halves]
    if len(halves) == 1:
        node, key = halves[0]
        where = (node.get("halves") if isinstance(node, Table) else None) or node
        yield mistake_at(where, below(key, "halves"), "lone_half")


def booking_limits(read: Read) -> Iterator[Mistake]:
    """A shop without staff books by seats."""
    rules: ReservationRules | None = read.values.get("reservations")
    node = read.nodes.get("reservations")
    if rules is None or node is None:
        return
    if not rules.seats and not read.values.get("staff"):
        yield mistake_at(node, "reservations", "no_seats")
    if rules.seats and rules.largest_party > rules.seats:
        written = node.get("largest_party") if isinstance(node, Table) else None
        value = str(rules.largest_party)
        yield mistake_at(
            written or node, "reservations.largest_party", "party_above_seats", value=value, seats=rules.seats
        )
