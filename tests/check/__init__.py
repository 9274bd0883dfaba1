"""Tests of `assistant check`."""
