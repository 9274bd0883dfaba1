"""What a shop's file says about sound: whether calls are recorded, and for how long that is kept."""

from typing import ClassVar

from assistant.config.fields import Key, Record, into
from assistant.config.scalars import NOTHING, Whole, folded, yes_no
from assistant.config.yaml_tree import Leaf, Node
from assistant.shop_rules import RecordingRules


class Recording:
    """Reads `recording`: no, yes, or for how many days."""

    inside: ClassVar[Record[RecordingRules]] = Record(
        (Key("keep_days", Whole(1, 365, ("일", "days", "day")), also=("보관", "보관일", "days", "keep")),),
        into(RecordingRules),
    )

    def __call__(self, node: Node, key: str) -> RecordingRules | None:
        """The rules; None when nothing is recorded. Raises `Misread`."""
        if not isinstance(node, Leaf):
            return self.inside(node, key)
        if node.empty or folded(node.text) in NOTHING:
            return None
        return RecordingRules() if yes_no(node, key) else None
