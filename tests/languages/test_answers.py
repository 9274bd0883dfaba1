"""Yes and no: by the words, and by what was just asked."""

import pytest

from assistant.languages import language_pack

PROPOSAL, OFFER = "confirm", "anything_else"


@pytest.mark.parametrize("words", ["네", "네네", "예", "예예", "어", "응", "그럼요", "맞아요", "네 맞습니다",
    "그려유", "그라이소", "하모예",
    "좋아요",
    "그렇게 해 주세요", "네 그렇게 해 주세요, 수고하세요.", "당연하죠", "괜찮아요", "네 괜찮습니다", "어 맞아",
    "예 그래요", "넵", "아 네",
    "음 네 좋아요", "오케이", "그걸로 해 주세요", "네 알겠습니다", "그대로 진행해 주세요", "그라믄요", "맞아예",
    "물론이죠", "아 네네 맞아요"])  # fmt: skip
def test_korean_agreement_to_a_proposal_is_yes(words: str) -> None:
    """What agrees to a proposal is yes, however politely or broadly it is said."""
    assert language_pack("ko").read_answer(words, PROPOSAL) == "yes"


@pytest.mark.parametrize("words", ["아니요", "아뇨 아뇨", "아니에요", "아닙니다", "틀려요", "틀렸어요",
    "아니 일곱 시 말고 여덟 시요",
    "됐어요", "안 돼요", "아니 그게 아니라 토요일이요", "네 근데 시간이 틀렸어요", "아니 됐어요", "싫어요",
    "아이다", "잘못됐어요",
    "네 아니 여섯 시요", "노", "아 아니요", "그건 아니에요"])  # fmt: skip
def test_korean_refusal_is_no(words: str) -> None:
    """What refuses or begins a correction is no."""
    assert language_pack("ko").read_answer(words, PROPOSAL) == "no"


@pytest.mark.parametrize("words", ["네 명이요", "네 시요", "네 시 반", "네명", "여보세요", "여보세요? 여보세요?",
    "일곱 시요", "토요일 저녁이요",
    "주차 되나요?", "", "   ", "김민수입니다", "잠깐만요", "몇 시까지 해요?", "네 그릇이요", "네 분이요",
    "네 개 주세요", "뭐라고요?", "네?"])  # fmt: skip
@pytest.mark.parametrize("asking", [PROPOSAL, OFFER, None])
def test_korean_words_that_only_sound_like_yes_are_no_answer(words: str, asking: str | None) -> None:
    """ "네 명" and "네 시" are a four, "여보세요" is a hello: none of them answers."""
    assert language_pack("ko").read_answer(words, asking) is None


@pytest.mark.parametrize(("words", "to_a_proposal", "to_an_offer"), [
    ("괜찮아요", "yes", "no"), ("괜찮습니다", "yes", "no"), ("아 괜찮아요", "yes", "no"), ("됐어요", "no", "no"),
    ("없어요", "no", "no"), ("네 없어요", "yes", "no"), ("네", "yes", "yes"), ("네 됐습니다", "yes", "no"),
])  # fmt: skip
def test_the_question_decides_what_fine_means_in_korean(words: str, to_a_proposal: str, to_an_offer: str) -> None:
    """ "괜찮아요" agrees to a proposal and declines an offer."""
    pack = language_pack("ko")
    assert (pack.read_answer(words, PROPOSAL), pack.read_answer(words, OFFER)) == (to_a_proposal, to_an_offer)


@pytest.mark.parametrize("words", ["Yes.", "yep", "yeah that's right", "Right.", "Sure.", "Correct.", "that's fine",
    "sounds good",
    "ok", "okay go ahead", "yes please", "that works", "perfect", "exactly", "uh, yes", "Great, that's perfect",
    "I'm good with that",
    "please do", "yup"])  # fmt: skip
def test_english_agreement_to_a_proposal_is_yes(words: str) -> None:
    """What agrees to a proposal is yes."""
    assert language_pack("en").read_answer(words, PROPOSAL) == "yes"


@pytest.mark.parametrize("words", ["No.", "Nope.", "no, seven people", "that's not right", "that's wrong",
    "not really", "No thanks",
    "yes but the time is wrong", "incorrect", "nah", "no no, Saturday", "never mind"])  # fmt: skip
def test_english_refusal_is_no(words: str) -> None:
    """What refuses or begins a correction is no."""
    assert language_pack("en").read_answer(words, PROPOSAL) == "no"


@pytest.mark.parametrize("words", ["seven", "Hello? Are you there?", "do you have parking?", "", "  ", "four people",
    "on Saturday", "right now", "no one answered", "it's Kim", "what?", "good evening"])  # fmt: skip
@pytest.mark.parametrize("asking", [PROPOSAL, None])
def test_other_english_words_are_no_answer(words: str, asking: str | None) -> None:
    """Details, questions and greetings answer neither yes nor no."""
    assert language_pack("en").read_answer(words, asking) is None


@pytest.mark.parametrize(("words", "to_a_proposal", "to_an_offer"), [
    ("I'm good", "yes", "no"), ("that's all", None, "no"), ("No, that's it", "no", "no"), ("I'm fine, thanks",
    "yes", "no"),
    ("nothing else", "no", "no"), ("yes", "yes", "yes"), ("that's all, thank you, bye", None, "no"),
])  # fmt: skip
def test_the_question_decides_what_fine_means_in_english(
    words: str, to_a_proposal: str | None, to_an_offer: str
) -> None:
    """ "I'm good" agrees to a proposal and declines an offer."""
    pack = language_pack("en")
    assert (pack.read_answer(words, PROPOSAL), pack.read_answer(words, OFFER)) == (to_a_proposal, to_an_offer)
