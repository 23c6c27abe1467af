"""Remarks: what people write beside the numbers of a KPI, for themselves, their organisation or everybody."""
