"""What models cannot see alone: faults between the entries of a pack, one file per kind of entry."""
