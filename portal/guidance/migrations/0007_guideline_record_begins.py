"""The record of what this site showed begins with what it shows now."""

from django.db import migrations
from django.db.models import OuterRef, Subquery


def begin(apps, schema_editor):
    edition = apps.get_model("guidance", "GuidelineEdition")
    text = apps.get_model("guidance", "GuidelineText")
    published = edition.objects.filter(pk=OuterRef("edition")).values("published_at")[:1]
    text.objects.update(recorded_at=Subquery(published))
    guideline = apps.get_model("guidance", "Guideline")
    standing = apps.get_model("guidance", "GuidelineStanding")
    standing.objects.bulk_create(
        standing(guideline=row, withdrawn_on=row.withdrawn_on, withdrawn_because=row.withdrawn_because)
        for row in guideline.objects.exclude(withdrawn_on=None)
    )


class Migration(migrations.Migration):
    dependencies = [("guidance", "0006_guideline_record")]
    operations = [migrations.RunPython(begin, migrations.RunPython.noop)]
