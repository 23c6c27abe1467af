"""Reports as papers: the words, tables and figures that follow from a draft, in one language."""
