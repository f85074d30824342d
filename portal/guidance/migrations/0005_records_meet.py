"""The records of laws and those of guidelines came about side by side."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("guidance", "0003_first_records"), ("guidance", "0004_guideline_record_begins")]
    operations = []
