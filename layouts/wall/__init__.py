"""The wall: boards read across a room by people who have no mouse."""
