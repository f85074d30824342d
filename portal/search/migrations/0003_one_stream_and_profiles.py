"""One stream of tokens for each entry, and profiles of facts instead of labels: docs/decisions/0026.

The index is emptied; `manage.py prepare` (or `reindex`) fills it again.
"""

import django.utils.timezone
from django.db import migrations, models

from portal.search.migrations import _index as index


def empty(apps, schema_editor):
    """Rows that lack the new columns would be no use; on SQLite the table is remade several times below."""
    for model in ("SearchEntry", "SearchLabel"):
        apps.get_model("search", model).objects.all().delete()


def empty_back(apps, schema_editor):
    for model in ("SearchEntry", "SearchProfile"):
        apps.get_model("search", model).objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [("search", "0002_index")]

    operations = [
        migrations.RunPython(empty, migrations.RunPython.noop),
        migrations.RunPython(index.drop_old, index.make_old),
        migrations.DeleteModel("SearchLabel"),
        *[
            migrations.RemoveField("searchentry", name)
            for name in (
                "title_words",
                "body_words",
                "title_exact",
                "body_exact",
                "authority",
                "regime",
                "year",
            )
        ],
        migrations.AddField(
            "searchentry",
            "profile",
            models.BigIntegerField(default=0, help_text="The number of the SearchProfile with its facts."),
            preserve_default=False,
        ),
        migrations.AddField("searchentry", "tokens", models.TextField(blank=True, default=""), preserve_default=False),
        migrations.AlterField("searchentry", "tokens", models.TextField(blank=True)),
        migrations.AddField(
            "searchentry",
            "digest",
            models.BigIntegerField(default=0, help_text="Of all that is above: rows that stay the same are kept."),
        ),
        migrations.AddField(
            "searchentry",
            "since",
            models.DateTimeField(
                default=django.utils.timezone.now, help_text="When these words were first found here."
            ),
        ),
        migrations.CreateModel(
            name="SearchProfile",
            fields=[
                ("id", models.BigIntegerField(primary_key=True, serialize=False)),
                ("kind", models.CharField(max_length=30)),
                ("authority", models.CharField(blank=True, max_length=60)),
                ("regime", models.CharField(blank=True, max_length=60)),
                ("year", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("jurisdictions", models.TextField(blank=True)),
                ("topics", models.TextField(blank=True)),
                ("valid_from", models.DateField(blank=True, null=True)),
                ("valid_until", models.DateField(blank=True, null=True)),
                ("suspended_until", models.DateField(blank=True, null=True)),
                ("weight", models.FloatField(default=1.0)),
            ],
        ),
        migrations.RunPython(index.make, index.drop),
        migrations.RunPython(migrations.RunPython.noop, empty_back),
    ]
