"""requirements.txt is installed without its packages' own requirements, so it must name all of them."""

import re
from importlib.metadata import PackageNotFoundError, requires
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parent.parent
INSTALLED_APART = {"torch", "pip"}  # torch with all it needs by the Makefile; pip comes with every environment
NOT_WANTED = {"triton"}  # openai-whisper's compiler for GPUs: only timestamps of words would use it


def pinned() -> dict[str, str]:
    """The packages of requirements.txt with their versions."""
    lines = (ROOT / "requirements.txt").read_text(encoding="utf-8").splitlines()
    pins = [match for line in lines if (match := re.fullmatch(r"([\w.-]+)==(\S+)", line))]
    return {canonicalize_name(match[1]): match[2] for match in pins}


def test_every_package_that_a_package_needs_is_pinned() -> None:
    """A fresh machine gets all of them, and each in a version that those who need it accept."""
    pins = pinned()
    missing = []
    for package in (*pins, "yeoboseyo"):
        try:
            needed = [Requirement(line) for line in requires(package) or ()]
        except PackageNotFoundError:
            continue  # pinned for another system
        for one in needed:
            name = canonicalize_name(one.name)
            if (one.marker and not one.marker.evaluate({"extra": ""})) or name in INSTALLED_APART | NOT_WANTED:
                continue
            if name not in pins or not one.specifier.contains(pins[name], prereleases=True):
                missing.append(f"{package} needs {one}")
    assert not missing
