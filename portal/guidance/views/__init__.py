from portal.guidance.views.flags import red_flag, red_flags, red_flags_seen
from portal.guidance.views.glossary import glossary, term, timeline
from portal.guidance.views.guidelines import guideline, guideline_edition, guidelines
from portal.guidance.views.laws import comparison, law, laws, provision, provision_comparison, record

__all__ = [
    "comparison",
    "glossary",
    "guideline",
    "guideline_edition",
    "guidelines",
    "law",
    "laws",
    "provision",
    "provision_comparison",
    "record",
    "red_flag",
    "red_flags",
    "red_flags_seen",
    "term",
    "timeline",
]
