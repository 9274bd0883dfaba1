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
from assistant.understanding.labels import LABELS

if TYPE_CHECKING:
    import torch

MODEL_FOLDER = Path(__file__).parent.parent.parent / "models" / "intents"
STEPS = 6000
BATCH = 64
POOL_BATCHES = 24
"""Sentences are sorted by length within this many batches: less padding."""
LEARNING_RATE = 2e-3
LINEAR_LEARNING_RATE = 0.02
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


class LinearHalf:
    """The linear model while it learns: a row of label scores for each bucket."""

    def __init__(self) -> None:
        import torch

        self.rows = torch.nn.EmbeddingBag(BUCKETS, len(LABELS), mode="sum", sparse=True)
        torch.nn.init.zeros_(self.rows.weight)
        self.bias = torch.nn.Parameter(torch.zeros(len(LABELS)))
        self.optimizer = torch.optim.Adagrad([self.rows.weight, self.bias], lr=LINEAR_LEARNING_RATE * 10)

    def scores(self, texts: Sequence[str]) -> "torch.Tensor":
        """Shape (texts, labels)."""
        import torch

        grams = [character_grams(text, BUCKETS) for text in texts]
        counts = torch.tensor([max(1, len(found)) for found in grams], dtype=torch.float32)
        offsets = torch.tensor(np.cumsum([0, *(len(found) for found in grams[:-1])]))
        total: torch.Tensor = self.rows(torch.tensor(np.concatenate(grams)), offsets)
        scores: torch.Tensor = total / counts.sqrt()[:, None] + self.bias
        return scores


def train(source: SentenceSource, steps: int, seed: int, log_every: int = 250) -> tuple[Any, Any, LinearHalf]:
    """The trained encoder, its tokenizer and the linear half."""
    import torch

    rng = random.Random(seed)
    torch.manual_seed(seed)
    tokenizer = make_tokenizer([source.draw(rng).text for _ in range(TOKENIZER_SENTENCES)])
    encoder = make_encoder(len(tokenizer))
    linear = LinearHalf()
    optimizer = torch.optim.AdamW(encoder.parameters(), lr=LEARNING_RATE, weight_decay=0.01, betas=(0.9, 0.98))
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, LEARNING_RATE, steps, pct_start=WARM_UP)
    loss_of = torch.nn.CrossEntropyLoss(label_smoothing=0.03)
    number_of = {label: number for number, label in enumerate(LABELS)}
    encoder.train()
    tokenizer.backend_tokenizer.model.dropout = SUBWORD_DROPOUT
    began, seen = time.monotonic(), np.zeros(2)
    for step, batch in zip(range(1, steps + 1), batches(source, rng), strict=False):
        texts = [drawn.text for drawn in batch]
        wanted = torch.tensor([number_of[drawn.labels[0]] for drawn in batch])
        tokens = tokenizer(texts, padding=True, truncation=True, return_tensors="pt")
        loss = loss_of(encoder(input_ids=tokens["input_ids"], attention_mask=tokens["attention_mask"]).logits, wanted)
        optimizer.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(encoder.parameters(), 1.0)
        optimizer.step()
        schedule.step()
        linear_loss = loss_of(linear.scores(texts), wanted)
        linear.optimizer.zero_grad()
        linear_loss.backward()
        linear.optimizer.step()
        seen += (loss.item(), linear_loss.item())
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
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    began = time.monotonic()
    trained = train(sentence_source(), options.steps, options.seed)
    fit_and_save(trained, options.out, options.steps, time.monotonic() - began)


if __name__ == "__main__":
    main()
