# `make demo` shows the product, `make test` proves it. Both set everything up first.
#
# PyTorch: `make TORCH_INDEX=<address>` takes torch from that package index; PyTorch's install page gives the
# address of its CPU builds. Without it pip takes what it finds, which on Linux may be the large CUDA build.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
TORCH_INDEX ?=

.PHONY: demo test test-slow lint types check-all train-hearing train-intents bench clean

demo: $(READY)
	$(BIN)/assistant demo

test: $(READY) lint types
	$(BIN)/python -m pytest

test-slow: $(READY)
	$(BIN)/python -m pytest -m slow

lint: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(READY)
	$(BIN)/mypy

train-hearing: $(READY)
	$(BIN)/python -m assistant.training.hearing speak
	$(BIN)/python -m assistant.training.hearing learn
	$(BIN)/python -m assistant.training.hearing score

train-intents: $(READY)
	$(BIN)/assistant train

bench: $(READY)
	$(BIN)/python benchmarks/understanding.py --part measuring
	$(BIN)/python benchmarks/hearing.py
	$(BIN)/python benchmarks/reply_gap.py
	$(BIN)/python benchmarks/load.py
	$(BIN)/python benchmarks/calls.py --measure

# Every package is pinned, with all it needs, in requirements.txt; --no-deps keeps pip from adding more
# (openai-whisper names triton, a GPU compiler of 200 MB, for Linux).
$(READY): requirements.txt pyproject.toml
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet $(if $(TORCH_INDEX),--index-url $(TORCH_INDEX)) torch==2.13.0
	$(BIN)/python -m pip install --quiet --no-deps -r requirements.txt
	$(BIN)/python -m pip install --quiet --no-deps --editable .
	touch $(READY)

clean:
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache
