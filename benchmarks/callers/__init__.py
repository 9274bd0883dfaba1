"""Simulated callers with goals: what they want, how they say it, and how they answer what they hear."""
