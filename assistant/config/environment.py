"""Environment variables that stand in for keys of config.yaml."""

from collections.abc import Collection, Mapping

from assistant.config.mistakes import Mistake, nearest
from assistant.config.yaml_text import parse
from assistant.config.yaml_tree import Items, Leaf, Node, Table, mistake_at

PREFIX = "ASSISTANT__"
"""ASSISTANT__SERVER__PORT stands in for server.port."""
AUTH_TOKEN_VARIABLE = "TWILIO_AUTH_TOKEN"  # noqa: S105 - the name of a variable, not a secret
PASSWORD_VARIABLE = "OWNER_PASSWORD"  # noqa: S105
SPEECH_KEY_VARIABLE = "SPEECH_API_KEY"
SOLAPI_VARIABLE = "SOLAPI_API_SECRET"
ALERTS_VARIABLE = "OWNER_ALERTS"
PIN_VARIABLE = "OWNER_PIN"
"""The owner's four digits by telephone, for every shop whose file names an owner and no `pin_file`."""


def overlaid(root: Table, environment: Mapping[str, str], known: Collection[str]) -> tuple[Table, list[Mistake]]:
    """The tree with every variable put in its key's place, and what is wrong with the variables.

    *known* are the keys that exist: "server.port".
    """
    mistakes: list[Mistake] = []
    for variable, text in sorted(environment.items()):
        if not variable.upper().startswith(PREFIX):
            continue
        way = variable[len(PREFIX) :].lower().replace("__", ".")
        file = f"${variable}"
        if way not in known:
            near = nearest(way, known)
            meant = PREFIX + near.upper().replace(".", "__") if near else ""
            names = ", ".join(sorted(known))
            mistakes.append(mistake_at(Leaf(way, file=file), "", "unknown_key", suggestion=meant, known=names))
            continue
        value = _from_variable(text, file, mistakes)
        if value is not None:
            root = _replaced(root, way.split("."), value)
    return _with_secrets(root, environment), mistakes


def _with_secrets(root: Table, environment: Mapping[str, str]) -> Table:
    """Some secrets have variables of their own, whose names people know.

    A secret in the file stays, to be refused.
    """
    for section, key, variable in (
        ("twilio", "auth_token", AUTH_TOKEN_VARIABLE),
        ("owner", "password", PASSWORD_VARIABLE),
        ("speaking", "api_key", SPEECH_KEY_VARIABLE),
        ("followups", "solapi_secret", SOLAPI_VARIABLE),
        ("followups", "alert_urls", ALERTS_VARIABLE),
    ):
        table = root.get(section)
        written = table.get(key) if isinstance(table, Table) else None
        if environment.get(variable, "").strip() and (written is None or (isinstance(written, Leaf) and written.empty)):
            root = _replaced(root, [section, key], Leaf(environment[variable], True, file=f"${variable}"))
    return root


def with_pin(root: Node, environment: Mapping[str, str]) -> Node:
    """A shop's tree with the owner's PIN from the environment; one in the file stays, to be refused."""
    owner = root.get("owner") if isinstance(root, Table) else None
    pin = environment.get(PIN_VARIABLE, "").strip()
    if not isinstance(root, Table) or not isinstance(owner, Table) or not pin:
        return root
    written = [owner.get("pin"), owner.get("pin_file")]
    if any(each is not None and not (isinstance(each, Leaf) and each.empty) for each in written):
        return root
    return _replaced(root, ["owner", "pin"], Leaf(pin, True, file=f"${PIN_VARIABLE}"))


def _from_variable(text: str, file: str, mistakes: list[Mistake]) -> Node | None:
    """A variable's value: plain text, or YAML when it is written as a list or a table in brackets."""
    if not text.lstrip().startswith(("[", "{")):
        return Leaf(text, True, file=file) if text.strip() else None
    document = parse(text)
    mistakes += [Mistake(each.kind, "", each.value, file, 0, 0, each.words) for each in document.mistakes]
    return None if document.mistakes else _placed(document.root, file)


def _placed(node: Node, file: str) -> Node:
    """The same tree, said to come from a variable."""
    match node:
        case Leaf(text, quoted):
            return Leaf(text, quoted, file=file)
        case Items(items):
            return Items(tuple(_placed(item, file) for item in items), file=file)
        case Table(entries):
            return Table(tuple((Leaf(k.text, k.quoted, file=file), _placed(v, file)) for k, v in entries), file=file)


def _replaced(table: Table, way: list[str], value: Node) -> Table:
    """The table with one value put in, at any depth."""
    name, *rest = way
    inner = table.get(name)
    if rest:
        value = _replaced(inner if isinstance(inner, Table) else Table((), file=value.file), rest, value)
    others = tuple(pair for pair in table.entries if pair[0].text != name)
    return Table((*others, (Leaf(name), value)), table.line, table.column, table.file)
