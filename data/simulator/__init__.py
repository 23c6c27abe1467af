"""The simulator: plays the departments of Hội An by writing the files they would deliver.

It knows formats and habits, never the store: what it writes enters the house by the same
door as real files.
"""

from data.simulator.play import Live, deliver, simulate

__all__ = ["Live", "deliver", "simulate"]
