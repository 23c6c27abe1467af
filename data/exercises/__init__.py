"""Exercises: a scripted day played into walls through a city of its own, which no number of the real one can see."""
