"""What time triggers, and the one clock everything reads."""
