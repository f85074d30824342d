"""The audit trail."""

from django.db import models

from portal.core.actors import Actor


class AuditEvent(models.Model):
    """Who did what to which thing, as text: no foreign keys, so that the trail blocks and loses nothing.

    Rows are only ever added, by `core.audit.record`.
    """

    at = models.DateTimeField(auto_now_add=True, db_index=True)
    event = models.CharField(max_length=60, db_index=True)
    actor_key = models.CharField(max_length=60, db_index=True)
    actor_label = models.CharField(max_length=200)
    target_key = models.CharField(max_length=200, db_index=True)
    target_label = models.CharField(max_length=300, blank=True)
    organisation_key = models.CharField(max_length=60, blank=True, db_index=True)
    details = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.actor_label}: {self.event} {self.target_key}"

    @property
    def actor(self) -> Actor:
        return Actor(self.actor_key, self.actor_label)


class Sourced(models.Model):
    """What every authored page shows about where it comes from.

    `sources` is a list of `{title, publisher, date, url}`; `to_check` a list of `{language: sentence}`.
    """

    url = models.URLField(max_length=400, blank=True)
    as_of = models.DateField(null=True, blank=True)
    sources = models.JSONField(default=list, blank=True)
    to_check = models.JSONField(default=list, blank=True)
    withdrawn_on = models.DateField(null=True, blank=True)

    class Meta:
        abstract = True
