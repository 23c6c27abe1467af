"""What stops a command: something the user can put right."""


class Refused(Exception):
    """The message says what is wrong and how to put it right."""
