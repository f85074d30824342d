"""An assessment to take away: the report as PDF, every answer as XLSX."""

from portal.assessments.exports.report import report_pdf
from portal.assessments.exports.workbook import answers_xlsx

__all__ = ["answers_xlsx", "report_pdf"]
