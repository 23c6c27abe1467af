"""Names that wire the analysis page."""

FORM = "analysis-form"
"""The form whose fields are the address; a field that stands elsewhere on the page names it."""

CHART = "analysis-chart"
"""The large figure; its ``relayoutData`` is a new period when a reader drags over days."""
