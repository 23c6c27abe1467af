"""Reports: the period, the questions, the answers in hand, what they say, and what lacks."""
