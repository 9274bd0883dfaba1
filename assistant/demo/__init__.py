"""The whole product on one machine: the real server, a simulated telephone line, a caller with a voice.

Nothing leaves the machine and nothing is downloaded: the line speaks Twilio's own protocol over loopback.
"""

from assistant.demo.run import DemoFailed, run_demo
from assistant.demo.scenario import Scenario, scenarios

__all__ = ["DemoFailed", "Scenario", "run_demo", "scenarios"]
