"""Tests of what owners write down."""
