"""What the doors themselves say when the conversation cannot: apologies, the whisper to a person, the voicemail prompt.

Everything else the caller hears is decided by the conversation.
"""

from collections.abc import Mapping
from typing import Literal

Phrase = Literal[
    "unknown_number", "trouble", "connecting", "leave_message", "message_kept", "nothing_said", "one_moment",
    "line_trouble", "whisper",
]  # fmt: skip

_PHRASES: Mapping[str, Mapping[Phrase, str]] = {
    "ko": {
        "unknown_number": "죄송합니다. 이 번호를 쓰는 매장을 찾을 수 없습니다. 번호를 다시 확인해 주세요.",
        "trouble": "죄송합니다. 지금 안내에 문제가 생겼습니다.",
        "connecting": "매장 직원에게 연결해 드리겠습니다.",
        "leave_message": "삐 소리가 나면 성함과 연락처, 용건을 말씀해 주세요.",
        "message_kept": "말씀 남겨 주셔서 감사합니다. 안녕히 계세요.",
        "nothing_said": "남기신 말씀이 없어 전화를 끊겠습니다. 잠시 뒤에 다시 전화해 주세요.",
        "one_moment": "네, 잠시만요.",
        "line_trouble": "죄송합니다. 잠시만 기다려 주세요.",
        "whisper": "{shop} 손님 전화입니다. {card} 받으시려면 1번을 눌러 주세요.",
    },
    "en": {
        "unknown_number": "Sorry, no shop answers at this number. Please check the number you dialled.",
        "trouble": "I'm sorry, something went wrong on our side.",
        "connecting": "I'll put you through to the shop.",
        "leave_message": "After the tone, please say your name, your number and what it is about.",
        "message_kept": "Thank you for your message. Goodbye.",
        "nothing_said": "I did not hear a message, so I'll hang up now. Please try again in a little while.",
        "one_moment": "One moment, please.",
        "line_trouble": "I'm sorry. One moment, please.",
        "whisper": "A customer of {shop} is calling: {card} Press 1 to take the call.",
    },
}

LANGUAGES = tuple(_PHRASES)


def phrase(name: Phrase, language: str, **words: str) -> str:
    """A sentence in a language; in Korean when that language has none."""
    return _PHRASES.get(language, _PHRASES["ko"])[name].format(**words)
