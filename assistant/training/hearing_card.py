"""Writes the card beside the small Whisper: what it learnt from, how well it hears, what it is not for."""

import hashlib
import json
import zlib
from pathlib import Path

from assistant.training.hearing_score import TEST_SETS, Errors, count_errors, hear, on_the_line
from assistant.training.spoken_sentences import LANGUAGES, LOOSE_SHARE, WRITTEN_SHARE, read_grammar
from assistant.training.telephone_speech import FLITE_SHARE, HELD_OUT_VOICES, LONGEST_SECONDS, SEEN_VOICES

CARD = """# A small Whisper for the demo and the tests

**It understands synthetic demo voices and is not for real callers.** For those, set `hearing.model` in `config.yaml`
to a published size, `small` or larger.

The architecture and the tokenizer are openai-whisper's (`whisper.load_model("models/hearing/demo.pt")`): width {width},
{encoder} encoder and {decoder} decoder blocks, multilingual vocabulary, half precision. The rows of tokens that shop
calls never use are zero. Text comes without punctuation, English in small letters.

**Data.** Sentences drawn from the grammars in `assistant/training/sentences_ko.yaml` and `sentences_en.yaml` (three
Korean to two English), in the later runs also {written} % written by hand for the classifier of intents and
{loose} % words of those in no order, spoken by espeak-ng in the variants {seen} at many speeds and pitches, in the
last three runs about {flite} % of the English ones by Debian's flite in the voices {seen_flite}, up to {seconds} s
long; then mu-law, band limits, noise, babble and gain. Nobody was recorded for it; flite's voices are cut from old
recordings.

**Training.** {training} Encoder contexts were cut as in live calls, some batches had the whole 30 s. Two helper
losses are not shipped: letters read from the encoder (CTC), and a nudge to listen where a token is spoken. The steps
are the sum of several runs, each going on from the one before, the later ones with a lower learning rate, two decoder
blocks more, and in the end more English, spoken by flite too, on a machine with other work to do; one run from
nothing has not been tried with these settings.

**Character error rates** of held-out sentences, greedy, through `whisper.decode`, spaces left out; {count} sentences
a cell. Held-out voices are {unseen}, and flite's {unseen_flite}.

| set | language | clean | noisy | clean, 30 s context |
|---|---|---|---|---|
{rows}

| file | bytes | packed | sha256 |
|---|---|---|---|
| `{file}` | {size:,} | {packed:,} | `{digest}` |

Rebuild with `make train-hearing`: it speaks the clips (about 2 GB under `data/`), learns for 250 minutes on two cores
and writes this card. Licence: as the project's.
"""


def write_card(weights: Path, count: int) -> str:
    """Measure the model and write README.md beside it; *count* sentences for each figure."""
    import whisper

    model = whisper.load_model(str(weights), device="cpu")
    rows = []
    for test_set in TEST_SETS:
        for language in filter(test_set.voices.speaks, LANGUAGES):
            clips = test_set.clips(read_grammar(language), count)
            said = [clip.text for clip in clips]
            clean, noisy = on_the_line(clips, noisy=False), on_the_line(clips, noisy=True)
            cells = [
                count_errors(hear(model, clean, language), said),
                count_errors(hear(model, noisy, language), said),
                count_errors(hear(model, clean, language, whole_context=True), said),
            ]
            rows.append(f"| {test_set.name} | {language} | {' | '.join(_per_cent(cell) for cell in cells)} |")
    content = weights.read_bytes()
    card = CARD.format(
        width=model.dims.n_audio_state,
        encoder=model.dims.n_audio_layer,
        decoder=model.dims.n_text_layer,
        seen=", ".join(variant or "plain" for variant in SEEN_VOICES.espeak),
        unseen=", ".join(HELD_OUT_VOICES.espeak),
        flite=round(100 * FLITE_SHARE),
        seen_flite=", ".join(SEEN_VOICES.flite),
        unseen_flite=", ".join(HELD_OUT_VOICES.flite),
        written=round(100 * WRITTEN_SHARE),
        loose=round(100 * LOOSE_SHARE),
        seconds=LONGEST_SECONDS,
        training=_training(weights),
        count=count,
        rows="\n".join(rows),
        file=weights.name,
        size=len(content),
        packed=len(zlib.compress(content)),
        digest=hashlib.sha256(content).hexdigest(),
    )
    weights.with_name("README.md").write_text(card, encoding="utf-8")
    return card


def _per_cent(errors: Errors) -> str:
    return f"{100 * errors.rate:.1f} %"


def _training(weights: Path) -> str:
    """How long it learnt, as `learn` wrote it down."""
    progress = weights.with_suffix(".json")
    if not progress.exists():
        return "The run's length was not written down."
    done = json.loads(progress.read_text())
    return (
        f"{done['steps']:,} steps over {done['clips']:,} clips in {done['seconds'] / 60:.0f} minutes on two CPU cores."
    )
