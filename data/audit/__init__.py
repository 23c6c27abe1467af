"""Audit: who did what, when and from where, in a chain that shows every later change."""

from data.audit.audit import Audit, Broken
from data.audit.entry import ACTS, Entry

__all__ = ["ACTS", "Audit", "Broken", "Entry"]
