"""Documents: answers as files that carry their own definition, source, time and marks."""
