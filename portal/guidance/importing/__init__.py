"""content/guidance -> laws, guidelines, glossary, timeline."""

from portal.guidance.importing import glossary, guidelines, laws

SHELVES = [laws.SHELF, glossary.TERMS, glossary.EVENTS, guidelines.SHELF]
