"""What a document wraps around its values."""

from __future__ import annotations

from data.sources.notation import ABOVE
from data.sources.trial.profile import Profile
from data.sources.trial.trial import Trial


def notation(trial: Trial, item: Profile) -> bool:
    """Whether a value only says how a document is written, and is left out of a proposal.

    Types beside values, contexts, declared no-data values, and what all records of the document
    have around them.
    """
    stem, _, last = item.heading.rpartition(".")
    besides = tuple(f"{stem}.{name}" for name in ("value", "object", "@value", "coordinates"))
    typed = last in ("type", "@type") and stem and any(p.heading.startswith(besides) for p in trial.profiles)
    declared = any(d.columns == (item.heading,) for d in trial.defects if d.kind == "declared sentinel")
    around = item.heading.startswith(f"{ABOVE}.") and item.distinct == 1 and item.rows > 1
    return bool(typed) or declared or around or item.heading.startswith("@context")
