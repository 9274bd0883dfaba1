"""Sentences that callers of a small shop say, made from a grammar, for training and testing our own small Whisper.

What can be said lies in `sentences_ko.yaml` and `sentences_en.yaml`; this module only draws from it. Beside whole
sentences it draws fragments and shuffled words, so that a decoder cannot get by with knowing the sentences, and what
was written by hand for the classifier of intents, whose shapes are wider than any grammar's.
"""

import random
import re
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from ruamel.yaml import YAML

from assistant.training.intent_sentences import written_sentences

LANGUAGES = ("ko", "en")
WRITTEN_SHARE, LOOSE_SHARE = 0.3, 0.15
"""How often a learnt sentence is one written by hand, and how often only words of such sentences."""
_NOT_SPOKEN = re.compile(r"[.,?!:]")
_SPEAKABLE = {"ko": re.compile(r"[가-힣 ]+"), "en": re.compile(r"[a-z' ]+")}
_SLOT = re.compile(r"\{(\w+)\}")
_PROMPTS = {
    "ko": ("가게 전화입니다. {names} 이야기를 합니다.", "메뉴: {names}", "{names}"),
    "en": ("A call to a shop about {names}.", "Menu: {names}", "{names}"),
}
_PROMPT_RULES = ("item", "item", "item", "option", "service", "staff", "goods", "name")


@dataclass(frozen=True)
class Grammar:
    """The alternatives of every rule, and the rules that make whole sentences."""

    language: str
    rules: Mapping[str, Sequence[str]]
    say: Sequence[Sequence[str]]
    """The learnt sentences, one list a topic; every topic is drawn equally often."""
    unseen: Sequence[str]
    """Shapes of sentences kept for the test."""
    words: Sequence[str] = field(repr=False)
    """Every word that stands in the grammar, sorted."""
    written: Sequence[str] = field(repr=False)
    """Sentences written by hand for the classifier, as Whisper is to write them."""
    written_words: Sequence[str] = field(repr=False)


def _alternatives(text: str) -> list[str]:
    return [" ".join(alternative.split()) for alternative in text.split("|")]


def read_grammar(language: str) -> Grammar:
    """The grammar of "ko" or "en".

    Raises `KeyError` naming the rule when a sentence uses one that is not there.
    """
    source = Path(__file__).with_name(f"sentences_{language}.yaml")
    document = YAML(typ="safe").load(source)
    say = [_alternatives(text) for text in document.pop("say").values()]
    unseen = [shape for text in document.pop("unseen").values() for shape in _alternatives(text)]
    rules = {name: _alternatives(text) for name, text in document.items()}
    shapes = [shape for topic in (*say, *rules.values()) for shape in topic]
    for shape in (*shapes, *unseen):
        for name in _SLOT.findall(shape):
            if name not in rules:
                raise KeyError(f"{source.name}: {shape!r} uses {{{name}}}, and there is no such rule")
    words = {word for shape in shapes for word in shape.split() if "{" not in word}
    written = _speakable_sentences(language)
    written_words = {word for text in written for word in text.split()}
    return Grammar(language, rules, say, unseen, sorted(words), written, sorted(written_words))


def _speakable_sentences(language: str) -> list[str]:
    """The classifier's hand-written sentences in small letters and without punctuation; none with figures in it."""
    texts = {text for of_label in written_sentences(language).values() for text in of_label}
    plain = {" ".join(_NOT_SPOKEN.sub(" ", text.lower().replace("-", " ")).split()) for text in texts}
    return sorted(text for text in plain if _SPEAKABLE[language].fullmatch(text))


def expand(grammar: Grammar, shape: str, rng: random.Random) -> str:
    """The shape with every slot filled by a random alternative."""
    return _SLOT.sub(lambda slot: expand(grammar, rng.choice(grammar.rules[slot[1]]), rng), shape)


def sentence(grammar: Grammar, rng: random.Random) -> str:
    """Something a caller may say: mostly whole sentences, also fragments, loose words and two wishes in one breath."""
    kind = rng.random()
    if kind < 0.14:
        return " ".join(_loose_word(grammar, rng) for _ in range(rng.choice((1, 1, 2, 2, 3, 3, 4, 5))))
    whole = expand(grammar, _shape(rng.choice(grammar.say), rng), rng)
    words = whole.split()
    if kind < 0.20:
        first = rng.randrange(len(words))
        return " ".join(words[first : first + rng.randint(1, 4)])
    if kind < 0.25:
        rng.shuffle(words)
        return " ".join(words)
    if kind < 0.32:
        answer = expand(grammar, _shape(rng.choice(grammar.say), rng), rng)
        return f"{whole} {answer}" if rng.random() < 0.5 else f"{answer} {whole}"
    return whole


def written_sentence(grammar: Grammar, rng: random.Random) -> str:
    """A sentence written by hand for the classifier of intents."""
    return rng.choice(grammar.written)


def learnt_sentence(grammar: Grammar, rng: random.Random) -> str:
    """What the small Whisper learns from: the grammar's sentences, hand-written ones, and words in no order at all."""
    kind = rng.random()
    if kind < WRITTEN_SHARE:
        return written_sentence(grammar, rng)
    if kind < WRITTEN_SHARE + LOOSE_SHARE:
        return " ".join(rng.choice(grammar.written_words) for _ in range(rng.choice((1, 2, 3, 4, 5))))
    return sentence(grammar, rng)


def _shape(topic: Sequence[str], rng: random.Random) -> str:
    """A shape of the topic, the rather the more it leaves open: fixed phrases need fewer repetitions."""
    return rng.choices(topic, [1 + 3 * shape.count("{") for shape in topic])[0]


def _loose_word(grammar: Grammar, rng: random.Random) -> str:
    """A word of the grammar, or a part such as a name, a time, a dish or a price."""
    if rng.random() < 0.4:
        return rng.choice(grammar.words)
    return expand(grammar, rng.choice(grammar.rules[rng.choice(sorted(grammar.rules))]), rng)


def is_held_out(grammar: Grammar, text: str) -> bool:
    """Whether the sentence is kept for the test: one in sixteen of three words or more, fixed phrases excepted."""
    if len(text.split()) < 3 or any(text in topic for topic in grammar.say):
        return False
    return zlib.crc32(text.encode()) % 16 == 0


def unseen_sentence(grammar: Grammar, rng: random.Random) -> str:
    """A sentence of a shape that `sentence` never makes."""
    return expand(grammar, rng.choice(grammar.unseen), rng)


def prompt(grammar: Grammar, spoken: str, most_names: int, rng: random.Random) -> str:
    """A hint as a live call gives one to Whisper: names of dishes, services or people, sometimes those being said.

    The first of its forms is the one of `assistant.hearing.phone_turn`.
    """
    rules = [rule for rule in _PROMPT_RULES if rule in grammar.rules]
    names = [expand(grammar, f"{{{rng.choice(rules)}}}", rng) for _ in range(rng.randint(1, most_names))]
    if rng.random() < 0.5:
        said = {name for rule in rules for name in grammar.rules[rule] if "{" not in name and name in spoken}
        names += sorted(said)
        rng.shuffle(names)
    return rng.choice(_PROMPTS[grammar.language]).replace("{names}", ", ".join(dict.fromkeys(names)))
