"""A configuration file as a tree: every node knows its line, every scalar is still what the owner typed."""

from dataclasses import dataclass
from typing import Literal

from assistant.config.mistakes import Mistake, shown


@dataclass(frozen=True)
class Leaf:
    """A scalar, as typed."""

    text: str
    quoted: bool = False
    """In quotes or a block: even "no" and "~" are then meant as text."""
    line: int = 0
    column: int = 0
    file: str = ""
    """Set for values that do not come from the file being read."""
    kind: Literal["leaf"] = "leaf"

    @property
    def end(self) -> int:
        """The column after its last character, for an unquoted one on one line."""
        return self.column + len(self.text)

    @property
    def empty(self) -> bool:
        """Whether the owner left the value out."""
        return not self.quoted and self.text in ("", "~", "null")


@dataclass(frozen=True)
class Items:
    """A list."""

    items: tuple["Node", ...]
    line: int = 0
    column: int = 0
    file: str = ""
    kind: Literal["items"] = "items"


@dataclass(frozen=True)
class Table:
    """Keys with values, in the order written; keys are different from each other."""

    entries: tuple[tuple[Leaf, "Node"], ...]
    line: int = 0
    column: int = 0
    file: str = ""
    kind: Literal["table"] = "table"

    def get(self, key: str) -> "Node | None":
        """The value of a key; None when it is not there."""
        return next((value for name, value in self.entries if name.text == key), None)


Node = Leaf | Items | Table


def without_colon(key: Leaf, value: Node) -> bool:
    """Whether a "key" is what follows a comma inside brackets: `{price: 18,000}` holds a key "000"."""
    return isinstance(value, Leaf) and value.empty and value.line == key.line and value.column == key.end


def mistake_at(
    node: Node, key: str, kind: str, *, value: str | None = None, suggestion: str = "", **words: object
) -> Mistake:
    """A mistake placed at a node; quotes the node when it is a scalar and no *value* is given."""
    quoted = value if value is not None else node.text if isinstance(node, Leaf) else ""
    filled = tuple((name, str(word)) for name, word in words.items())
    return Mistake(kind, key, shown(quoted), node.file, node.line, node.column, filled, suggestion)
