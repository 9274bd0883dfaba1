"""Words to sound: the voices that fill the role `Synthesizer`."""
