"""content/guidance -> laws, guidelines, glossary, timeline, red flags."""

from portal.guidance.importing import flags, glossary, guidelines, laws

SHELVES = [laws.SHELF, glossary.TERMS, glossary.EVENTS, flags.SHELF, guidelines.SHELF]
