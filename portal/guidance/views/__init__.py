from portal.guidance.views.flags import red_flag, red_flags, red_flags_seen
from portal.guidance.views.glossary import glossary, term, timeline
from portal.guidance.views.guidelines import guideline, guideline_edition, guidelines
from portal.guidance.views.laws import law, laws, provision

__all__ = [
    "glossary",
    "guideline",
    "guideline_edition",
    "guidelines",
    "law",
    "laws",
    "provision",
    "red_flag",
    "red_flags",
    "red_flags_seen",
    "term",
    "timeline",
]
