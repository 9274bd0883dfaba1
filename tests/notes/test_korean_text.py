"""Texts fit what Korean telephones can show."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.notes.korean_text import LMS_BYTES, byte_length, sendable, text_kind


@pytest.mark.parametrize(
    ("written", "sent"),
    [
        ("예약되었습니다 🎉", "예약되었습니다"),
        ("똠얌꿍×2", "ㄸㅗㅁ얌꿍×2"),
        ("Café Zoë — 11–12", "Cafe Zoe - 11-12"),
        ("₩18,000\n감사합니다\x00", "\\18,000 감사합니다"),
        ("하늘식당".encode().decode(), "하늘식당"),
    ],
)
def test_what_no_telephone_shows_is_written_otherwise(written: str, sent: str) -> None:
    """Pictures go, accents go, a rare syllable is spelled."""
    assert sendable(written) == sent


@given(st.text())
def test_every_text_can_be_sent(text: str) -> None:
    """Whatever a caller is called, a sign takes one byte or two, and cleaning twice changes nothing."""
    sent = sendable(text)
    assert all(len(sign.encode("euc_kr")) <= 2 for sign in sent)
    assert byte_length(sent) <= LMS_BYTES
    assert sendable(sent) == sent


def test_ninety_bytes_are_a_short_message() -> None:
    """45 Korean letters are one; one more makes it a long one."""
    assert (byte_length("가" * 45), text_kind("가" * 45)) == (90, "SMS")
    assert text_kind("가" * 45 + ".") == "LMS"
