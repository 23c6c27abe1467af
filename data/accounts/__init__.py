"""Accounts: who may come in, how they show it, and for how long."""

from data.accounts.accounts import AccountError, Accounts
from data.accounts.identity import Identity
from data.accounts.password import Passwords, WeakPassword
from data.accounts.session import Limits, Session, Sessions
from data.accounts.user import User

__all__ = ["AccountError", "Accounts", "Identity", "Limits", "Passwords", "Session", "Sessions", "User", "WeakPassword"]
