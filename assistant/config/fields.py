"""How a tree of YAML becomes values: small readers put together from smaller ones.

A reader takes a node and the way to it ("menu.갈비탕.price") and gives a value, or raises `Misread` with everything
that is wrong below it. Readers that hold others try all of them before they raise, so an owner sees every mistake at
once. Their keys can be listed (`known_keys`), which keeps config.yaml documented.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Generic, Protocol, TypeVar

from assistant.config.mistakes import Misread, Mistake, nearest, shown
from assistant.config.yaml_tree import Items, Leaf, Node, Table, mistake_at, without_colon

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)


class Reader(Protocol[T_co]):
    """Turns a node into a value."""

    def __call__(self, node: Node, key: str) -> T_co:
        """The value written at *key*. Raises `Misread`."""
        ...


def below(key: str, name: object) -> str:
    """The way to something inside."""
    return f"{key}.{name}" if key else str(name)


def attempt(mistakes: list[Mistake], reader: Reader[T], node: Node, key: str) -> T | None:
    """The value, or None with the mistakes noted."""
    try:
        return reader(node, key)
    except Misread as misread:
        mistakes.extend(misread.mistakes)
        return None


def leaf(node: Node, key: str, example: str) -> Leaf:
    """The node as a single, non-empty value. Raises `Misread`."""
    if not isinstance(node, Leaf):
        raise Misread([mistake_at(node, key, "not_a_value", example=example)])
    if node.empty:
        raise Misread([mistake_at(node, key, "empty", example=example)])
    return node


@dataclass(frozen=True)
class Key(Generic[T]):
    """A key that a record may hold."""

    name: str
    reader: Reader[T]
    needed: bool = False
    example: str = ""
    """Shown when the key is missing."""
    also: tuple[str, ...] = ()
    """What owners write instead: not accepted, but recognised in the message."""


@dataclass(frozen=True)
class Read:
    """What was read in a record, and where."""

    values: Mapping[str, Any]
    """Only the keys that were written."""
    nodes: Mapping[str, Node]
    node: Node
    key: str

    def mistake(
        self, name: str, kind: str, *, value: str | None = None, suggestion: str = "", **words: object
    ) -> Mistake:
        """A mistake at the value of one key (at the record itself when that key is not written)."""
        node, key = self.nodes.get(name, self.node), below(self.key, name) if name in self.nodes else self.key
        return mistake_at(node, key, kind, value=value, suggestion=suggestion, **words)


@dataclass(frozen=True)
class Record(Generic[T]):
    """Reads a table whose keys are known."""

    keys: tuple[Key[Any], ...]
    build: Callable[[Read], T]
    """Makes the value; raises `Misread` when the parts do not go together."""

    def __call__(self, node: Node, key: str) -> T:
        """The record. Raises `Misread` with every mistake in it."""
        names = ", ".join(known.name for known in self.keys)
        if not isinstance(node, Table):
            if not (isinstance(node, Leaf) and node.empty):
                raise Misread([mistake_at(node, key, "not_a_table", known=names)])
            node = Table((), node.line, node.column, node.file)
        known = {each.name: each for each in self.keys}
        mistakes: list[Mistake] = []
        values: dict[str, Any] = {}
        nodes: dict[str, Node] = {}
        for name, value in node.entries:
            if name.text not in known:
                split = without_colon(name, value)
                mistakes.append(mistake_at(name, key, "comma_in_brackets") if split else self._unknown(name, key))
                continue
            nodes[name.text] = value
            if isinstance(value, Leaf) and value.empty and not known[name.text].needed:
                continue  # a key left blank is a key left out
            read = attempt(mistakes, known[name.text].reader, value, below(key, name.text))
            values[name.text] = read
        # A key written with a slip is one mistake, not two.
        there = {*nodes, *(mistake.suggestion for mistake in mistakes)}
        missing = [each for each in self.keys if each.needed and each.name not in there]
        mistakes += [mistake_at(node, key, "missing_key", missing=k.name, example=k.example) for k in missing]
        if mistakes:
            raise Misread(mistakes)
        return self.build(Read(values, nodes, node, key))

    def _unknown(self, name: Leaf, key: str) -> Mistake:
        meant = next((known.name for known in self.keys if name.text.casefold() in known.also), "")
        near = meant or nearest(name.text, [known.name for known in self.keys])
        known = ", ".join(known.name for known in self.keys)
        return mistake_at(name, key, "unknown_key", suggestion=near, known=known)


def into(kind: Callable[..., T]) -> Callable[[Read], T]:
    """Builds a dataclass whose fields are named as the keys."""
    return lambda read: kind(**read.values)


@dataclass(frozen=True)
class Listed(Generic[T]):
    """Reads a list; a single value counts as a list of one where *lone* says so."""

    reader: Reader[T]
    lone: bool = False
    most: int = 500
    least: int = 0
    none: tuple[str, ...] = field(default=())
    """Words that mean an empty list: "없음"."""

    def __call__(self, node: Node, key: str) -> tuple[T, ...]:
        """The values in order. Raises `Misread` with the mistakes of all of them."""
        if isinstance(node, Leaf) and node.text.strip().casefold() in self.none:
            return ()
        if self.lone and not isinstance(node, Items):
            return (self.reader(node, key),)
        if not isinstance(node, Items):
            raise Misread([mistake_at(node, key, "not_a_list")])
        if len(node.items) > self.most:
            raise Misread([mistake_at(node, key, "too_many_items", count=len(node.items), limit=self.most)])
        if len(node.items) < self.least:
            raise Misread([mistake_at(node, key, "list_too_short", example="[가, 나]")])
        mistakes: list[Mistake] = []
        values = [
            attempt(mistakes, self.reader, item, label(item, key, number)) for number, item in enumerate(node.items, 1)
        ]
        if mistakes:
            raise Misread(mistakes)
        return tuple(value for value in values if value is not None)


def label(item: Node, key: str, number: int) -> str:
    """The way to a list's item: by its name where it has one, else by its place, counted from 1."""
    name = item.get("name") if isinstance(item, Table) else None
    if isinstance(name, Table) and name.entries:
        name = name.entries[0][1]
    return below(key, shown(name.text)) if isinstance(name, Leaf) and not name.empty else f"{key}[{number}]"


@dataclass(frozen=True)
class Mapped(Generic[T]):
    """Reads a table whose keys are the owner's own words."""

    read_key: Reader[str]
    reader: Reader[T]
    most: int = 300
    example: str = "parking"

    def __call__(self, node: Node, key: str) -> tuple[tuple[str, T], ...]:
        """Pairs in the order written. Raises `Misread` with the mistakes of all of them."""
        if not isinstance(node, Table):
            raise Misread([mistake_at(node, key, "not_a_table", known=f"{self.example}, …")])
        if len(node.entries) > self.most:
            raise Misread([mistake_at(node, key, "too_many_items", count=len(node.entries), limit=self.most)])
        mistakes: list[Mistake] = []
        pairs: list[tuple[str, T]] = []
        for name, value in node.entries:
            read_name = attempt(mistakes, self.read_key, name, below(key, shown(name.text)))
            read = attempt(mistakes, self.reader, value, below(key, shown(name.text)))
            if read_name is not None and read is not None:
                pairs.append((read_name, read))
        if mistakes:
            raise Misread(mistakes)
        return tuple(pairs)


def known_keys(reader: object) -> Iterator[str]:
    """Every key that a reader knows, nested ones by their way: "menu.options.price"."""
    inner: Iterable[tuple[str, object]] = ()
    match reader:
        case Record(keys=keys):
            inner = [(key.name, key.reader) for key in keys]
        case Listed(reader=item) | Mapped(reader=item):
            yield from known_keys(item)
        case _:
            yield from known_keys(getattr(reader, "inside", None)) if hasattr(reader, "inside") else ()
    for name, below_it in inner:
        yield name
        yield from (f"{name}.{deeper}" for deeper in known_keys(below_it))
