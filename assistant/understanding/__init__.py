"""Words to what the caller wants: intents of clauses, details, dishes and services, the owner's questions."""

import json
import logging
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path

from assistant.opening_hours import OpeningHours
from assistant.protocols import Classifier, ModelMissing, Understander
from assistant.shop import Shop
from assistant.shop_rules import OrderRules, ReservationRules
from assistant.understanding.classifier import TransformersClassifier
from assistant.understanding.keywords import KeywordClassifier
from assistant.understanding.understander import ShopUnderstander
from assistant.understanding.wire import UnreadableLine, as_json, from_json_line

NO_SHOP = Shop(
    "none", "", OpeningHours((None,) * 7), reservations=ReservationRules(), orders=OrderRules()
)  # for lines that name no shop: no menu, no hours, no answers, but every wish may be meant

_log = logging.getLogger(__name__)


def load_classifier(path: Path) -> Classifier:
    """The classifier in a folder; words alone when there is none, which is said once in the log."""
    try:
        return TransformersClassifier(path)
    except ModelMissing as missing:
        _log.warning("intents are told by keywords alone: %s", missing)
        return KeywordClassifier()


def understand_lines(lines: Iterable[str], understander: Understander, shops: Mapping[str, Shop]) -> Iterator[str]:
    """For each line of JSON what was understood, as a line of JSON; an unreadable line gives {"error": …}."""
    for line in lines:
        if not line.strip():
            continue
        try:
            asked = from_json_line(line)
            shop = shops[asked.shop] if asked.shop else NO_SHOP
        except UnreadableLine as error:
            yield json.dumps({"error": str(error)}, ensure_ascii=False)
            continue
        except KeyError as unknown:
            yield json.dumps(
                {"error": f"there is no shop {unknown}; there are: {', '.join(shops)}"}, ensure_ascii=False
            )
            continue
        at = asked.at or datetime.now(UTC)
        at = at.astimezone(shop.zone) if at.tzinfo else at.replace(tzinfo=shop.zone)
        understood = understander.understand(asked.text, shop, at, asked.language, asked.asking, asked.previous or "")
        yield json.dumps(as_json(understood, asked.text), ensure_ascii=False)


__all__ = ["NO_SHOP", "ShopUnderstander", "load_classifier", "understand_lines"]
