"""Trains the classifier of intents and writes it with its card: `python -m assistant.training.understanding`.

From scratch: two halves see every sentence, a small transformer over subwords of jamo and letters, and a linear model
over runs of letters. Their scores are added; a temperature and the linear half's share are fitted on held-out ones.
"""

import argparse
import random
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from assistant.training.intent_sentences import Labelled, SentenceSource, sentence_source
from assistant.understanding.character_grams import character_grams
from assistant.understanding.classifier import LINEAR_FILE, LinearWeights, linear_half
from assistant.understanding.labels import LABELS

if TYPE_CHECKING:
    import torch

MODEL_FOLDER = Path(__file__).parent.parent.parent / "models" / "intents"
STEPS = 6000
BATCH = 64
POOL_BATCHES = 24
"""Sentences are sorted by length within this many batches: less padding."""
LEARNING_RATE = 2e-3
LATER_RATE = 6e-4
"""For a model that has learnt before and is to keep most of it."""
LINEAR_LEARNING_RATE = 0.02
LINEAR_BATCHES = 3
"""Batches that the linear half reads for one of the encoder's: they cost it a tenth of the time."""
LEARNT_ACCUMULATOR = 1e-5
"""What Adagrad counts as seen already by a linear half that has learnt before: its first steps are short."""
SMOOTHING = 0.03
"""Of the labels: how much of a sentence's weight goes to all other labels together."""
WARM_UP = 0.05
"""The share of the steps in which the learning rate rises."""
VOCABULARY = 6000
BUCKETS = 1 << 16
WIDTH, BLOCKS, HEADS, INNER = 160, 2, 4, 320
LONGEST_TOKENS = 160
SUBWORD_DROPOUT = 0.1
"""Provilkov and others, arxiv:1910.13267: words are split in other ways now and then, as misspellings split them."""
TOKENIZER_SENTENCES = 60_000
_PADDING, _UNKNOWN, _BEGIN, _END = "[PAD]", "[UNK]", "[CLS]", "[SEP]"


def make_tokenizer(sentences: Sequence[str]) -> Any:
    """A subword tokenizer over jamo: the same text in, however it is composed, cased or punctuated."""
    from tokenizers import Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers, processors, trainers
    from transformers import PreTrainedTokenizerFast

    tokenizer = Tokenizer(models.BPE(unk_token=_UNKNOWN, fuse_unk=True))
    # The same as `plain` in character_grams.py, so that both halves read the same text.
    tokenizer.normalizer = normalizers.Sequence(
        [
            normalizers.NFKC(),
            normalizers.Lowercase(),
            normalizers.Replace(Regex("['’]"), ""),
            normalizers.Replace(Regex(r"[^\p{L}\p{M}\p{N}\s]"), " "),
            normalizers.Replace(Regex(r"\p{Nd}"), "0"),
            normalizers.Replace(Regex(r"\s+"), " "),
            normalizers.Strip(),
            normalizers.NFD(),
        ]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace()
    tokenizer.decoder = decoders.Metaspace()
    special = [_PADDING, _UNKNOWN, _BEGIN, _END]
    trainer = trainers.BpeTrainer(
        vocab_size=VOCABULARY, special_tokens=special, min_frequency=3, limit_alphabet=400, show_progress=False
    )
    tokenizer.train_from_iterator(sentences, trainer)
    tokenizer.post_processor = processors.TemplateProcessing(
        single="[CLS] $A [SEP]", special_tokens=[(token, tokenizer.token_to_id(token)) for token in ("[CLS]", "[SEP]")]
    )
    return PreTrainedTokenizerFast(
        tokenizer_object=tokenizer,
        pad_token=_PADDING,
        unk_token=_UNKNOWN,
        cls_token=_BEGIN,
        sep_token=_END,
        model_max_length=LONGEST_TOKENS,
    )


def make_encoder(vocabulary: int) -> Any:
    """An untrained encoder with a head for our labels."""
    from transformers import ModernBertConfig, ModernBertForSequenceClassification

    config = ModernBertConfig(
        vocab_size=vocabulary,
        hidden_size=WIDTH,
        intermediate_size=INNER,
        num_hidden_layers=BLOCKS,
        num_attention_heads=HEADS,
        max_position_embeddings=LONGEST_TOKENS,
        global_attn_every_n_layers=1,
        pad_token_id=0,
        cls_token_id=2,
        sep_token_id=3,
        bos_token_id=2,
        eos_token_id=3,
        classifier_pooling="mean",
        embedding_dropout=0.1,
        attention_dropout=0.1,
        mlp_dropout=0.1,
        classifier_dropout=0.2,
        num_labels=len(LABELS),
        id2label=dict(enumerate(LABELS)),
        label2id={label: number for number, label in enumerate(LABELS)},
        attn_implementation="sdpa",
    )
    return ModernBertForSequenceClassification(config)


def batches(source: SentenceSource, rng: random.Random) -> Iterator[list[Labelled]]:
    """Endless batches of sentences of similar length."""
    while True:
        pool = sorted((source.draw(rng) for _ in range(BATCH * POOL_BATCHES)), key=lambda drawn: len(drawn.text))
        chunks = [pool[at : at + BATCH] for at in range(0, len(pool), BATCH)]
        rng.shuffle(chunks)
        yield from chunks


def surprise(scores: "torch.Tensor", batch: Sequence[Labelled]) -> "torch.Tensor":
    """The loss of scores of shape (batch, labels): cross-entropy with the best label of each sentence."""
    import torch

    wanted = torch.tensor([LABELS.index(drawn.labels[0]) for drawn in batch])
    return torch.nn.functional.cross_entropy(scores, wanted, label_smoothing=SMOOTHING)


class LinearHalf:
    """The linear model while it learns: a row of label scores for each bucket."""

    def __init__(self, learnt: LinearWeights | None = None) -> None:
        """Begin with nothing known, or with the weights and biases *learnt* before."""
        import torch

        self.rows = torch.nn.EmbeddingBag(BUCKETS, len(LABELS), mode="sum", sparse=True)
        torch.nn.init.zeros_(self.rows.weight)
        self.bias = torch.nn.Parameter(torch.zeros(len(LABELS)))
        if learnt:
            self.rows.weight.data.copy_(torch.from_numpy(learnt[0]))
            self.bias.data.copy_(torch.from_numpy(learnt[1]))
        self.optimizer = torch.optim.Adagrad(
            [self.rows.weight, self.bias],
            lr=LINEAR_LEARNING_RATE * 10,
            initial_accumulator_value=LEARNT_ACCUMULATOR if learnt else 0.0,
        )

    def scores(self, texts: Sequence[str]) -> "torch.Tensor":
        """Shape (texts, labels)."""
        import torch

        grams = [character_grams(text, BUCKETS) for text in texts]
        counts = torch.tensor([max(1, len(found)) for found in grams], dtype=torch.float32)
        offsets = torch.tensor(np.cumsum([0, *(len(found) for found in grams[:-1])]))
        total: torch.Tensor = self.rows(torch.tensor(np.concatenate(grams)), offsets)
        scores: torch.Tensor = total / counts.sqrt()[:, None] + self.bias
        return scores

    def learn(self, batch: Sequence[Labelled]) -> float:
        """Take one step, and return the loss before it."""
        loss: Any = surprise(self.scores([drawn.text for drawn in batch]), batch)
        self.optimizer.zero_grad()
        loss.backward()
        self.optimizer.step()
        return float(loss.item())


def untrained(source: SentenceSource, rng: random.Random) -> tuple[Any, Any, LinearHalf]:
    """An encoder, a tokenizer made from the sentences, and a linear half that know nothing yet."""
    tokenizer = make_tokenizer([source.draw(rng).text for _ in range(TOKENIZER_SENTENCES)])
    return make_encoder(len(tokenizer)), tokenizer, LinearHalf()


def trained_before(folder: Path) -> tuple[Any, Any, LinearHalf]:
    """What `fit_and_save` wrote into a folder, to learn on from. Raises `OSError` when it holds no model."""
    from transformers import AutoModelForSequenceClassification, AutoTokenizer

    encoder = AutoModelForSequenceClassification.from_pretrained(folder, local_files_only=True, dtype="float32")
    tokenizer = AutoTokenizer.from_pretrained(folder, local_files_only=True)
    return encoder, tokenizer, LinearHalf(linear_half(folder / LINEAR_FILE))


def train(
    halves: tuple[Any, Any, LinearHalf],
    source: SentenceSource,
    rng: random.Random,
    steps: int,
    learning_rate: float,
    log_every: int = 250,
) -> tuple[Any, Any, LinearHalf]:
    """The encoder, its tokenizer and the linear half after *steps* more batches."""
    import torch

    encoder, tokenizer, linear = halves
    optimizer = torch.optim.AdamW(encoder.parameters(), lr=learning_rate, weight_decay=0.01, betas=(0.9, 0.98))
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, learning_rate, steps, pct_start=WARM_UP)
    encoder.train()
    tokenizer.backend_tokenizer.model.dropout = SUBWORD_DROPOUT
    began, seen = time.monotonic(), np.zeros(2)
    stream = batches(source, rng)
    for step in range(1, steps + 1):
        batch = next(stream)
        tokens = tokenizer([drawn.text for drawn in batch], padding=True, truncation=True, return_tensors="pt")
        with torch.autocast("cpu", dtype=torch.bfloat16):
            logits = encoder(input_ids=tokens["input_ids"], attention_mask=tokens["attention_mask"]).logits
        loss: Any = surprise(logits.float(), batch)
        optimizer.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(encoder.parameters(), 1.0)
        optimizer.step()
        schedule.step()
        seen += (loss.item(), linear.learn(batch))
        for _ in range(LINEAR_BATCHES - 1):
            linear.learn(next(stream))
        if step % log_every == 0:
            mean = seen / log_every
            print(f"step {step} loss {mean[0]:.3f} linear {mean[1]:.3f} {time.monotonic() - began:.0f} s", flush=True)
            seen[:] = 0
    tokenizer.backend_tokenizer.model.dropout = None
    encoder.eval()
    return encoder, tokenizer, linear


def main() -> None:
    """Train, measure, write."""
    import torch

    from assistant.training.understanding_card import fit_and_save

    parser = argparse.ArgumentParser(description="Train the classifier of intents and write it with its card.")
    parser.add_argument("--steps", type=int, default=STEPS, help="batches of 64 sentences")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--out", type=Path, default=MODEL_FOLDER)
    parser.add_argument("--begin", type=Path, help="learn on from the model in this folder, gently, not from scratch")
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    began = time.monotonic()
    source, rng = sentence_source(), random.Random(options.seed)
    torch.manual_seed(options.seed)
    halves = trained_before(options.begin) if options.begin else untrained(source, rng)
    before = getattr(halves[0].config, "batches", 0)
    trained = train(halves, source, rng, options.steps, LATER_RATE if options.begin else LEARNING_RATE)
    trained[0].config.batches = before + options.steps
    fit_and_save(trained, options.out, options.steps, time.monotonic() - began)


if __name__ == "__main__":
    main()
