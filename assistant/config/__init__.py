"""What owners write down: config.yaml, one YAML file for each shop, and every mistake with its file and line.

`load(Path("config.yaml"))` gives the settings, the shops that can be used and the mistakes; `ConfigWatch` takes changed
files while the server runs. Whether something is missing on this machine is `assistant/check.py`'s matter.
"""

from assistant.config.allergens import ALLERGENS, allergen_named
from assistant.config.loading import Loaded, load
from assistant.config.mistakes import Mistake
from assistant.config.settings import (
    WHISPER_SIZES,
    FollowupSettings,
    HearingSettings,
    OwnerSettings,
    ServerSettings,
    Settings,
    SpeakingSettings,
    TwilioSettings,
    UnderstandingSettings,
)
from assistant.config.watch import Change, ConfigWatch, needs_restart, reloaded

__all__ = [
    "ALLERGENS",
    "WHISPER_SIZES",
    "Change",
    "ConfigWatch",
    "FollowupSettings",
    "HearingSettings",
    "Loaded",
    "Mistake",
    "OwnerSettings",
    "ServerSettings",
    "Settings",
    "SpeakingSettings",
    "TwilioSettings",
    "UnderstandingSettings",
    "allergen_named",
    "load",
    "needs_restart",
    "reloaded",
]
