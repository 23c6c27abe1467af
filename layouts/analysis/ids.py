"""Names that wire the analysis page."""

CHART = "analysis-chart"
"""The large figure; its ``relayoutData`` is a new period when a reader drags over days."""
