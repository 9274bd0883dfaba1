"""Makes what lies in `models/`: the small Whisper and the intent classifier. Never imported while answering calls."""
