"""Walls: what a screen shows now, and who may show it."""
