"""State: what people did and decided, apart from the city's data. SQLite, or what LANTERN_STATE names."""

from data.state.state import State, StateError

__all__ = ["State", "StateError"]
