"""The first record of every law that is here already: what this site shows of it now, from now on."""

import hashlib
import json

from django.db import migrations
from django.utils import timezone

DAYS = ("adopted", "in_force", "repealed", "suspended_until", "as_of", "withdrawn_on")
WORDS = ("title", "short", "summary")
PLAIN = ("kind", "citation", "superseded_by", "supersedes", "url", "sources", "to_check")


def by_language(text):
    data = getattr(text, "data", text)
    if isinstance(data, dict):
        return {code: str(words) for code, words in data.items() if words}
    return {"en": str(data)} if data else {}


def facts_of(row):
    return {
        **{name: by_language(getattr(row, name)) for name in WORDS},
        **{name: getattr(row, name) for name in PLAIN},
        **{name: getattr(row, name).isoformat() if getattr(row, name) else None for name in DAYS},
        "jurisdiction": row.jurisdiction.code,
        "authority": row.authority.slug if row.authority else "",
    }


def outlined(row):
    return {
        "label": row.label,
        "parent": row.parent.label if row.parent else "",
        "depth": row.depth,
        "number": by_language(row.number),
        "heading": by_language(row.heading),
    }


def begin(apps, schema_editor):
    Instrument = apps.get_model("guidance", "Instrument")
    Record = apps.get_model("guidance", "InstrumentRecord")
    now = timezone.now()
    for row in Instrument.objects.filter(records=None).select_related("jurisdiction", "authority"):
        provisions = row.provisions.filter(withdrawn_on=None).select_related("parent").order_by("position")
        facts, outline = facts_of(row), [outlined(provision) for provision in provisions]
        words = json.dumps([facts, outline], sort_keys=True, ensure_ascii=False, separators=(",", ":"))
        digest = hashlib.sha256(words.encode()).hexdigest()
        Record.objects.create(instrument=row, facts=facts, outline=outline, digest=digest, recorded_at=now)


class Migration(migrations.Migration):
    dependencies = [("guidance", "0004_instrument_record")]
    operations = [migrations.RunPython(begin, migrations.RunPython.noop)]
