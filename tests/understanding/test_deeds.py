"""What the owner wrote as a deed is found as callers say it."""

import re

import pytest

from assistant.understanding.deeds import deed_pattern


@pytest.mark.parametrize("said", ["머리 자르려고요", "머리 좀 자를 건데요", "머리를 잘라야 돼요", "머리 잘랐으면"])
def test_a_deed_is_found_in_all_its_forms(said: str) -> None:
    """르 before a vowel doubles its ㄹ."""
    assert re.search(deed_pattern("머리 자르기") or "", said)


def test_a_stem_with_a_consonant_stays_as_it_is() -> None:
    """깎다 keeps its stem; and what is no deed has no pattern."""
    assert re.search(deed_pattern("머리 깎기") or "", "머리 좀 깎아야 되는데")
    assert re.search(deed_pattern("손톱 정리하기") or "", "손톱 정리해 주세요")
    assert deed_pattern("남자 머리") is None
