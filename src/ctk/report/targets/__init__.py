"""Targets beside the figures of a unit: what is met, what is missed, what cannot be told."""
