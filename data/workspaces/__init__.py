"""Workspaces: views people keep, of their own or of their organisation, and share."""

from data.workspaces.member import Member
from data.workspaces.view import KINDS, SavedView, Share
from data.workspaces.workspaces import Workspaces

__all__ = ["KINDS", "Member", "SavedView", "Share", "Workspaces"]
