"""YAML text to a tree.

The parser is ruamel.yaml's, YAML 1.2; its events are taken instead of its objects, because `21:00`, `No`,
`010-0000-1234` and `+8210…` mean something only to the reader of that key. What the file means is decided elsewhere.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError

from assistant.config.mistakes import Misread, Mistake, shown
from assistant.config.yaml_tree import Items, Leaf, Node, Table, mistake_at, without_colon

LARGEST_FILE_BYTES = 256 * 1024
"""About ten times a menu of 200 dishes in two languages with options; takes the parser about two seconds."""
DEEPEST = 12
"""Levels of nesting; our own files use six."""
MOST_NODES = 20_000
"""Values in one file after aliases are followed, so that a few anchors cannot grow into millions."""


def decoded(content: bytes) -> str:
    """A file's bytes as text. Raises `Misread` when they are none that YAML allows."""
    if len(content) > LARGEST_FILE_BYTES:
        size, limit = f"{len(content) // 1024}", f"{LARGEST_FILE_BYTES // 1024}"
        raise Misread([Mistake("file_too_large", words=(("size", size), ("limit", limit)))])
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise Misread([Mistake("utf_16")])
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise Misread([Mistake("cp949" if _reads_as_cp949(content) else "not_utf_8", line=line, column=1)]) from None
    bad = [
        Mistake("control_character", line=number, column=column, value=f"U+{ord(sign):04X}")
        for number, row in enumerate(_rows(text), 1)
        for column, sign in enumerate(row, 1)
        if (ord(sign) < 0x20 and sign != "\t") or sign in "\x7f\ufeff\ufffe\uffff" or 0x80 <= ord(sign) < 0xA0
    ]
    if bad:
        raise Misread(bad[:5])
    return text


def _rows(text: str) -> list[str]:
    """The lines as the parser counts them; `str.splitlines` also splits at form feeds and separators."""
    return re.split("\r\n|[\r\n\x85\u2028\u2029]", text)


def _reads_as_cp949(content: bytes) -> bool:
    """Whether Notepad's "ANSI" on a Korean Windows would explain the bytes."""
    try:
        return any("가" <= sign <= "힣" for sign in content.decode("cp949"))
    except UnicodeDecodeError:
        return False


@dataclass(frozen=True)
class Document:
    """A YAML text, as far as it could be read."""

    root: Node
    """An empty table when the text is empty."""
    mistakes: tuple[Mistake, ...] = ()
    whole: bool = True
    """False when reading stopped at a mistake: the root then holds the entries that were complete before it."""


def parse(text: str) -> Document:
    """The tree of a YAML text; never raises."""
    builder = _Builder()
    try:
        for event in YAML(typ="safe", pure=True).parse(text):
            builder.take(event)
    except Misread as misread:
        return Document(builder.so_far(), (*builder.mistakes, *misread.mistakes), whole=False)
    except MarkedYAMLError as error:
        return Document(builder.so_far(), (*builder.mistakes, _syntax_mistake(error, text)), whole=False)
    except (YAMLError, ValueError, RecursionError) as error:
        mistake = Mistake("syntax", value=shown(str(error)))
        return Document(builder.so_far(), (*builder.mistakes, mistake), whole=False)
    return Document(builder.root or Table((), 1, 1), tuple(builder.mistakes))


@dataclass
class _Open:
    """A list or table whose end has not come yet."""

    event: Any
    children: list[Node] = field(default_factory=list)
    size: int = 1


@dataclass
class _Builder:
    """Grows the tree from parser events without recursion, so that depth is ours to limit."""

    root: Node | None = None
    mistakes: list[Mistake] = field(default_factory=list)
    open: list[_Open] = field(default_factory=list)
    anchors: dict[str, tuple[Node, int]] = field(default_factory=dict)
    nodes: int = 0
    documents: int = 0

    def take(self, event: Any) -> None:
        """The next event. Raises `Misread` where going on would be endless."""
        line, column = event.start_mark.line + 1, event.start_mark.column + 1
        name = type(event).__name__
        if name == "DocumentStartEvent":
            self.documents += 1
            if self.documents > 1:
                raise Misread([Mistake("second_document", line=line, column=column)])
        elif name == "ScalarEvent":
            self._refuse_tag(event, line, column)
            self._put(Leaf(event.value, event.style is not None, line, column), 1, event.anchor)
        elif name == "AliasEvent":
            self._follow(event.anchor, line, column)
        elif name in ("SequenceStartEvent", "MappingStartEvent"):
            self._refuse_tag(event, line, column)
            if len(self.open) >= DEEPEST:
                raise Misread([Mistake("too_deep", line=line, column=column)])
            self.open.append(_Open(event))
        elif name in ("SequenceEndEvent", "MappingEndEvent"):
            self._close()

    def so_far(self) -> Node:
        """The root's entries that are complete, when the text cannot be read to its end."""
        if self.root is not None:
            return self.root
        if not self.open or type(self.open[0].event).__name__ != "MappingStartEvent":
            return Table((), 1, 1)
        return Table(tuple(self._entries(self.open[0].children)), 1, 1)

    def _refuse_tag(self, event: Any, line: int, column: int) -> None:
        if event.tag not in (None, "!"):
            self.mistakes.append(Mistake("tag", line=line, column=column))

    def _follow(self, anchor: str, line: int, column: int) -> None:
        known = self.anchors.get(anchor)
        if known is None:
            raise Misread([Mistake("unknown_alias", line=line, column=column)])  # unnamed: it may be a secret
        self._put(known[0], known[1], None, line)

    def _put(self, node: Node, size: int, anchor: str | None, line: int | None = None) -> None:
        self.nodes += size
        if self.nodes > MOST_NODES:
            raise Misread([Mistake("too_many_values", line=line or node.line, column=node.column)])
        if anchor:
            self.anchors[anchor] = (node, size)
        if self.open:
            self.open[-1].children.append(node)
            self.open[-1].size += size
        else:
            self.root = node

    def _close(self) -> None:
        done = self.open.pop()
        line, column = done.event.start_mark.line + 1, done.event.start_mark.column + 1
        node: Node
        if type(done.event).__name__ == "SequenceStartEvent":
            node = Items(tuple(done.children), line, column)
        else:
            node = Table(tuple(self._entries(done.children)), line, column)
        self.nodes -= done.size - 1  # its children were counted when they came; _put counts the whole
        self._put(node, done.size, done.event.anchor)

    def _entries(self, children: list[Node]) -> Iterator[tuple[Leaf, Node]]:
        seen: dict[str, int] = {}
        for key, value in zip(children[::2], children[1::2], strict=False):
            if not isinstance(key, Leaf):
                self.mistakes.append(mistake_at(key, "", "key_no_word"))
            elif key.text in seen:
                self.mistakes.append(mistake_at(key, shown(key.text), "duplicate_key", first=seen[key.text]))
            else:
                seen[key.text] = key.line
                yield key, _beside(key, value)


def _beside(key: Leaf, value: Node) -> Node:
    """A value that was left out is placed behind its key; the parser places it at whatever comes next."""
    left_out = isinstance(value, Leaf) and value.empty and not value.text and not without_colon(key, value)
    return Leaf("", False, key.line, key.end + 1) if left_out else value


_SYNTAX = (
    ("could not find expected ':'", "no_colon"),
    ("mapping values are not allowed", "colon_in_text"),
    ("while scanning a quoted scalar", "open_quote"),
    ("unknown escape character", "bad_escape"),
    ("cannot start any token", "bad_start"),
    ("expected ',' or", "open_bracket"),
    ("expected the node content", "open_bracket"),
    ("did not find expected <block end>", "bad_indent"),
    ("expected <block end>", "bad_indent"),
    ("found duplicate anchor", "duplicate_anchor"),
    ("undefined alias", "unknown_alias"),
    ("expected alphabetic or numeric character", "bad_start"),
)
"""Words of ruamel.yaml's errors, and our message for them."""


def _syntax_mistake(error: MarkedYAMLError, text: str) -> Mistake:
    """The parser's complaint in the owner's words, at the line to look at."""
    mark = error.problem_mark or error.context_mark
    line, column = (mark.line + 1, mark.column + 1) if mark else (0, 0)
    rows = _rows(text)
    row = rows[line - 1] if 0 < line <= len(rows) else ""
    if "\t" in row[: len(row) - len(row.lstrip())] or row[column - 1 : column] == "\t":
        return Mistake("tab", line=line, column=row.index("\t") + 1)
    told = f"{error.context or ''} {error.problem or ''}"
    kind = next((kind for words, kind in _SYNTAX if words in told), "syntax")
    if kind in ("open_quote", "open_bracket", "no_colon") and error.context_mark:
        line, column = error.context_mark.line + 1, error.context_mark.column + 1
        row = rows[line - 1] if line <= len(rows) else ""
    quoted = row if kind != "syntax" else told
    if re.search(r"token|password|\bpin\b", " ".join(rows[max(0, line - 2) : line]), re.IGNORECASE):
        quoted = quoted.partition(":")[0] + ": …" if ":" in quoted else "…"  # no secret is repeated in a message
    return Mistake(kind, value=shown(quoted), line=line, column=column)
