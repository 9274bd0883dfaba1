"""How the small Whisper learns: batch after batch, in several processes, until its time is over."""

import json
import logging
import math
import random
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from assistant.training.hearing_batches import IGNORED, Batch, BatchMaker, by_length, read_clips
from assistant.training.small_whisper import (
    FULL_VOCABULARY,
    LETTERS,
    Size,
    Vocabulary,
    build,
    decode,
    encode,
    full_vocabulary_loss,
    guiding_loss,
    letter_loss,
    save,
)
from assistant.training.telephone_speech import Clip

if TYPE_CHECKING:
    import torch
    from whisper.model import Whisper

log = logging.getLogger(__name__)

PEAK_RATE = 2e-3
WARM_UP_STEPS = 300
LETTER_WEIGHT = 0.15
GUIDE_WEIGHT = 0.3
SAVE_SECONDS = 150
VOCABULARY_FILE = "vocabulary.json"


@dataclass(frozen=True)
class Plan:
    """One training: what from, where to, how long."""

    folder: Path
    target: Path
    seconds: float
    seed: int
    processes: int
    resume: Path | None
    peak_rate: float
    bfloat16: bool
    """Multiply in 16 bits: a third quicker on a processor with AVX512-BF16, slower on others."""
    run: str
    """A name no earlier run had: the processes meet at a file of that name."""


@dataclass(frozen=True)
class Progress:
    """How far the training is."""

    steps: int
    clips: int
    seconds: float


def is_writable(vocabulary: Vocabulary, clip: Clip) -> bool:
    """Whether the clip's text needs no token but those in use."""
    return vocabulary.spell(f" {clip.text}") is not None


def endless_batches(folder: Path, vocabulary: Vocabulary, rng: random.Random) -> Iterator[list[Clip]]:
    """Batches of all the clips in the folder, again and again; files that appear meanwhile join at the next round.

    Raises `FileNotFoundError` when there is none.
    """
    clips: dict[Path, list[Clip]] = {}
    while True:
        for file in sorted(folder.glob("[0-9]*.npz")):
            if file not in clips:
                clips[file] = [clip for clip in read_clips(file) if is_writable(vocabulary, clip)]
        together = [clip for of_file in clips.values() for clip in of_file]
        if not together:
            raise FileNotFoundError(f"no clips in {folder}; make some: python -m assistant.training.hearing speak")
        log.info("round clips=%d", len(together))
        yield from by_length(together, rng)


def learning_rate(peak: float, step: int, share_of_time: float) -> float:
    """A warm-up, then a half cosine over the time there is."""
    falling = 0.5 * (1 + math.cos(math.pi * min(1.0, share_of_time)))
    return peak * min(1.0, step / WARM_UP_STEPS) * (0.01 + 0.99 * falling)


@dataclass(frozen=True)
class Step:
    """What came of one step."""

    losses: npt.NDArray[np.float64]
    """Of the tokens, of the letters, of where it listens."""
    share_of_time: float
    """How much of the time is over, by the clock of the first process."""


def _average_gradients(parameters: list["torch.nn.Parameter"], share_of_time: float) -> float:
    """Give every process the mean of all gradients and the first one's share of time.

    Two processes of one thread learn nearly twice as fast as one of two threads on a machine with other work to do:
    they wait for each other once a step, not at every operation.
    """
    import torch
    from torch import distributed

    first = distributed.get_rank() == 0
    gradients = [p.grad for p in parameters if p.grad is not None]
    flat = torch.cat([*(gradient.flatten() for gradient in gradients), torch.tensor([share_of_time if first else 0.0])])
    distributed.all_reduce(flat)
    mean = flat[:-1] / distributed.get_world_size()
    sizes = [gradient.numel() for gradient in gradients]
    for gradient, part in zip(gradients, torch.split(mean, sizes), strict=True):
        gradient.copy_(part.view_as(gradient))
    return float(flat[-1])


class Trainer:
    """The model, its helper and its optimizer; one call of `step` learns from one batch."""

    def __init__(self, vocabulary: Vocabulary, size: Size, seed: int, *, bfloat16: bool = False) -> None:
        import torch

        torch.manual_seed(seed)
        torch.set_flush_denormal(True)
        self.vocabulary = vocabulary
        self._bfloat16 = bfloat16
        self.model: Whisper = build(size, len(vocabulary.tokens))
        self._letters = torch.nn.Linear(size.width, LETTERS)
        parameters = [*self.model.parameters(), *self._letters.parameters()]
        decayed = [p for p in parameters if p.ndim > 1]
        others = [p for p in parameters if p.ndim == 1]
        groups = [{"params": decayed, "weight_decay": 0.01}, {"params": others, "weight_decay": 0.0}]
        self._optimizer = torch.optim.AdamW(groups, lr=0.0, betas=(0.9, 0.98), fused=True)
        self._parameters = parameters

    def step(self, batch: Batch, rate: float, share_of_time: float) -> Step:
        """Learn from the batch, together with the other processes that learn at the same moment.

        *share_of_time* is this process's news of how late it is; all of them get the first one's.
        """
        import torch

        self.model.train()
        wanted = batch.targets != IGNORED
        with torch.autocast("cpu", torch.bfloat16, enabled=self._bfloat16):
            heard = encode(self.model, _masked(batch.mel))
            said, listening = decode(self.model, batch.tokens, heard)
            logits = said[wanted] @ self.model.decoder.token_embedding.weight.T
        unused = FULL_VOCABULARY - len(self.vocabulary.tokens)
        token_loss = full_vocabulary_loss(logits.float(), batch.targets[wanted], unused)
        helper_loss = letter_loss(self._letters, heard.float(), batch.texts)
        guide_loss = guiding_loss([weights.float() for weights in listening], batch.places)
        for group in self._optimizer.param_groups:
            group["lr"] = rate
        self._optimizer.zero_grad(set_to_none=True)
        loss = token_loss + LETTER_WEIGHT * helper_loss + GUIDE_WEIGHT * guide_loss
        loss.backward()  # type: ignore[no-untyped-call]
        shared = _average_gradients(self._parameters, share_of_time)
        torch.nn.utils.clip_grad_norm_(self._parameters, 1.0, foreach=True)
        self._optimizer.step()
        return Step(np.array([token_loss.item(), helper_loss.item(), guide_loss.item()]), shared)

    def write(self, target: Path) -> None:
        """All that is needed to go on later."""
        import torch

        state = {"model": self.model.state_dict(), "letters": self._letters.state_dict()}
        torch.save({**state, "optimizer": self._optimizer.state_dict(), "tokens": list(self.vocabulary.tokens)}, target)

    def read(self, source: Path) -> None:
        """Go on from what `write` wrote."""
        import torch

        state = torch.load(source, weights_only=True)
        self.model.load_state_dict(state["model"])
        self._letters.load_state_dict(state["letters"])
        self._optimizer.load_state_dict(state["optimizer"])


def _masked(mel: "torch.Tensor") -> "torch.Tensor":
    """The spectrogram, in a third of the batches with a band and a moment blotted out (light SpecAugment)."""
    if random.random() > 0.33:
        return mel
    low, at = random.randrange(60), random.randrange(max(1, mel.shape[2] - 12))
    mel = mel.clone()
    mel[:, low : low + random.randint(1, 8)] = mel.mean()
    mel[:, :, at : at + random.randint(1, 12)] = mel.mean()
    return mel


def learn(rank: int, plan: Plan) -> None:
    """Train as process *rank* of those planned; the first one logs and renews the weights now and then."""
    import torch
    from torch import distributed

    torch.set_num_threads(1)
    logging.basicConfig(level=logging.INFO if rank == 0 else logging.WARNING, format="%(asctime)s %(message)s")
    meeting = (plan.folder / f"meeting-{plan.run}").absolute().as_uri()
    distributed.init_process_group("gloo", init_method=meeting, rank=rank, world_size=plan.processes)
    vocabulary = Vocabulary(tuple(json.loads((plan.folder / VOCABULARY_FILE).read_text())))
    random.seed(plan.seed + rank)
    trainer = Trainer(vocabulary, Size(), plan.seed, bfloat16=plan.bfloat16)  # the same first weights in every process
    if plan.resume:
        trainer.read(plan.resume)
    log.info("start tokens=%d size=%s", len(vocabulary.tokens), asdict(Size()))
    maker = BatchMaker(vocabulary, plan.seed + 1_000 * rank)
    began = saved = time.monotonic()
    steps = clips = 0
    share = 0.0
    means = np.zeros(3)
    for of_batch in endless_batches(plan.folder, vocabulary, random.Random(plan.seed + 1_000 * rank)):
        warm = WARM_UP_STEPS // 2 if plan.resume else 1
        step = trainer.step(
            maker.batch(of_batch),
            learning_rate(plan.peak_rate, steps + warm, share),
            (time.monotonic() - began) / plan.seconds,
        )
        share = step.share_of_time
        steps, clips = steps + 1, clips + len(of_batch) * plan.processes
        old = 0.98 if steps > 1 else 0.0
        means = old * means + (1 - old) * step.losses
        if steps % 50 == 0:
            passed = time.monotonic() - began
            log.info("step=%d clips=%d s=%.0f loss=%.3f letters=%.3f guide=%.3f", steps, clips, passed, *means)
        if rank == 0 and (share >= 1 or time.monotonic() - saved > SAVE_SECONDS):
            trainer.write(plan.target.with_suffix(".training"))
            save(trainer.model, vocabulary, plan.target)
            saved = time.monotonic()
        if share >= 1:
            break
    if rank == 0:
        progress = Progress(steps, clips, time.monotonic() - began)
        plan.target.with_suffix(".json").write_text(json.dumps(asdict(progress)))
    distributed.destroy_process_group()
