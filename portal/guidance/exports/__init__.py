"""Guidelines and laws on paper."""

from portal.guidance.exports.guideline import guideline_pdf
from portal.guidance.exports.law import law_pdf, provision_pdf

__all__ = ["guideline_pdf", "law_pdf", "provision_pdf"]
