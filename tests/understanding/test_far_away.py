"""What nobody calls a shop for is kept out, and what they do call for is kept in: fresh sentences, learnt by nobody."""

from pathlib import Path

import pytest

from assistant.call import Act
from assistant.training.intent_sentences import held_out, written_sentences
from tests.conftest import standing_clock, the_configuration, the_understander

HERE = Path(__file__).parent
SURE = 0.5
"""An act below it is not acted upon; see assistant/situation.py."""


def sentences(name: str) -> list[str]:
    return (HERE / name).read_text(encoding="utf-8").splitlines()


def acts(text: str, shop: str) -> tuple[Act, ...]:
    described = the_configuration().shops[shop]
    now = standing_clock("2026-11-25T14:00")(described)()
    return the_understander().understand(text, described, now, "en", None, "").acts


@pytest.mark.parametrize("shop", ["haneul", "sarang"])
def test_far_away_speech_is_kept_out(shop: str) -> None:
    """Weather, timers, banks, flights, songs, jokes and cars: at least 95 of 100."""
    far = sentences("far_away.en.txt")
    taken = [text for text in far if any(act.intent != "other" and act.score >= SURE for act in acts(text, shop))]
    assert (len(far), len(taken) <= 5) == (100, True), taken


def test_what_a_shop_is_called_for_is_kept_in() -> None:
    """At least 95 of 100 wishes and questions of callers."""
    near = sentences("in_domain.en.txt")
    lost = [
        text
        for text in near
        if not any(act.intent != "other" for shop in ("haneul", "sarang") for act in acts(text, shop))
    ]
    assert (len(near), len(lost) <= 5) == (100, True), lost


def test_nobody_learns_from_them() -> None:
    """They are in no training file, nor among the held-out sentences."""
    known = {sentence for written in written_sentences("en").values() for sentence in written}
    known |= {sentence.text for sentence in held_out("en")}
    assert not known & {*sentences("far_away.en.txt"), *sentences("in_domain.en.txt")}
