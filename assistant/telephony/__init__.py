"""The doors a call comes in by. Each turns its line into `receptionist.hear`, and a reply into sound or TwiML."""
