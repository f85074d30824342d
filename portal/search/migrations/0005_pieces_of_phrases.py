"""On PostgreSQL the index has pieces of phrases, and the vectors stand in it alone. Entries stay as they are."""

from django.db import migrations

from portal.search.migrations import _pieces as pieces


class Migration(migrations.Migration):
    dependencies = [("search", "0004_saved_searches")]

    operations = [migrations.RunPython(pieces.make, pieces.back)]
