"""Access: what a user may do and see, from their roles and their own areas."""

from data.access.grant import Grant, grant

__all__ = ["Grant", "grant"]
