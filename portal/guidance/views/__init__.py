from portal.guidance.views.editions import guideline_comparison, guideline_editions
from portal.guidance.views.flags import red_flag, red_flags, red_flags_seen
from portal.guidance.views.glossary import glossary, term, timeline
from portal.guidance.views.guidelines import guideline, guideline_edition, guidelines
from portal.guidance.views.laws import comparison, law, laws, provision, provision_comparison, record
from portal.guidance.views.papers import guideline_pdf, law_pdf, provision_pdf

__all__ = [
    "comparison",
    "glossary",
    "guideline",
    "guideline_comparison",
    "guideline_edition",
    "guideline_editions",
    "guideline_pdf",
    "guidelines",
    "law",
    "law_pdf",
    "laws",
    "provision",
    "provision_comparison",
    "provision_pdf",
    "record",
    "red_flag",
    "red_flags",
    "red_flags_seen",
    "term",
    "timeline",
]
