"""Take down what a supplier, a tradesman or an office calls about."""

from dataclasses import dataclass
from typing import ClassVar

from assistant.intents._intent import Phrases, phrases_beside
from assistant.intents.message import Message


@dataclass(frozen=True)
class Supplier(Message):
    """A memo from somebody the shop does business with."""

    labels: ClassVar[tuple[str, ...]] = ("supplier",)
    phrases: ClassVar[Phrases] = phrases_beside(__file__)

    kind: str = "supplier"
