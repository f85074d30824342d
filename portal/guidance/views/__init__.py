from portal.guidance.views.flags import red_flag, red_flags, red_flags_seen
from portal.guidance.views.glossary import glossary, term, timeline
from portal.guidance.views.guidelines import guideline, guideline_edition, guideline_editions, guidelines
from portal.guidance.views.laws import law, laws, provision
from portal.guidance.views.papers import guideline_pdf, law_pdf, provision_pdf

__all__ = [
    "glossary",
    "guideline",
    "guideline_edition",
    "guideline_editions",
    "guideline_pdf",
    "guidelines",
    "law",
    "law_pdf",
    "laws",
    "provision",
    "provision_pdf",
    "red_flag",
    "red_flags",
    "red_flags_seen",
    "term",
    "timeline",
]
