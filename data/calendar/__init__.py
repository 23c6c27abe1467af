"""Periods, lunar days and working days of a city."""
