"""Remarks: what people write beside the numbers of a KPI, for themselves, their organisation or everybody."""

from data.remarks.remark import AUDIENCES, BLANK, Audience, Bookmark, Notebook, Remark, Wording
from data.remarks.remarks import Author, Remarks

__all__ = ["AUDIENCES", "BLANK", "Audience", "Author", "Bookmark", "Notebook", "Remark", "Remarks", "Wording"]
