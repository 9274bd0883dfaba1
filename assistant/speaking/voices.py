"""What all voices share: the error that says why one does not speak."""

from assistant.protocols import AssistantError


class NoVoice(AssistantError):
    """A voice, or a setting of it, cannot be had; the message says which and what there is instead."""
