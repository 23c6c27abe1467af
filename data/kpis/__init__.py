"""From a question to a number that can be questioned."""
