"""What pages, PDF and tables show: answers in words, scores in words, questions as blocks, charts."""

from portal.assessments.presenting.blocks import Block, blocks, words_of, worths, written
from portal.assessments.presenting.charts import Bar, Radar, bar, radar
from portal.assessments.presenting.events import told
from portal.assessments.presenting.scores import SCALE_WORDS, STANDING_WORDS, Shown, percent, shown

__all__ = [
    "SCALE_WORDS",
    "STANDING_WORDS",
    "Bar",
    "Block",
    "Radar",
    "Shown",
    "bar",
    "blocks",
    "percent",
    "radar",
    "shown",
    "told",
    "words_of",
    "worths",
    "written",
]
