"""Which number a shop's texts come from."""

from assistant.protocols import Undeliverable
from assistant.shop import Shop


def sender_of(shop: Shop) -> str:
    """The registered sender, or the first number that customers dial, E.164. Raises `Undeliverable`: there is none."""
    number = shop.followups.sender or next(iter(shop.numbers), "")
    if not number:
        raise Undeliverable(f"{shop.id} has no number to send from; write followups.sender in its file")
    return number
