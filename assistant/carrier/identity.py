"""Who talks to whom on a leg, and how Twilio puts that into every webhook."""

from dataclasses import dataclass
from typing import Literal

API_VERSION = "2010-04-01"


@dataclass(frozen=True)
class Identity:
    """Who talks to whom on a leg."""

    sid: str
    account_sid: str
    from_: str
    to: str
    direction: Literal["inbound", "outbound-dial", "outbound-api"] = "inbound"
    parent_sid: str | None = None
    forwarded_from: str | None = None

    def parameters(self, status: str) -> dict[str, str]:
        """The standard parameters of every webhook, as telephony.md 1.1 lists them."""
        fixed = {
            "CallSid": self.sid,
            "AccountSid": self.account_sid,
            "From": self.from_,
            "To": self.to,
            "Caller": self.from_,
            "Called": self.to,
            "CallStatus": status,
            "ApiVersion": API_VERSION,
            "Direction": self.direction,
            "CallToken": f"simulated-token-of-{self.sid}",
        }
        for role, number in (("From", self.from_), ("Caller", self.from_), ("To", self.to), ("Called", self.to)):
            fixed |= {f"{role}City": "", f"{role}State": "", f"{role}Zip": "", f"{role}Country": country_of(number)}
        if self.parent_sid:
            fixed["ParentCallSid"] = self.parent_sid
        if self.forwarded_from:
            fixed["ForwardedFrom"] = self.forwarded_from
        if country_of(self.from_) == "US":
            fixed["StirVerstat"] = "TN-Validation-Passed-A"
        return fixed


def country_of(number: str) -> str:
    """The country code of an E.164 number where the simulation knows it, else nothing."""
    return {"+82": "KR", "+81": "JP", "+1": "US"}.get(number[:3], "US" if number.startswith("+1") else "")
