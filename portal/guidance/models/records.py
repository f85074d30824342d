"""What this site kept of a law beside its texts, from a moment to a moment."""

from django.db import models
from django.db.models import Q

from portal.guidance.models.laws import Instrument


class InstrumentRecord(models.Model):
    """The facts and the outline of an instrument as this site showed them: the second clock of what has no first.

    Rows are added and retired, never edited, by `actions.record`. `changed` says what differs from the record before
    (guidance.recording.differences); {} in the first one.
    """

    instrument = models.ForeignKey(Instrument, on_delete=models.CASCADE, related_name="records")
    facts = models.JSONField()
    outline = models.JSONField()
    changed = models.JSONField(default=dict)
    digest = models.CharField(max_length=64)
    recorded_at = models.DateTimeField()
    retired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["recorded_at", "pk"]
        indexes = [models.Index(fields=["instrument", "recorded_at"], name="record_by_moment")]
        constraints = [
            models.UniqueConstraint(fields=["instrument"], condition=Q(retired_at=None), name="one_record_now"),
        ]

    def __str__(self) -> str:
        return f"{self.instrument_id} {self.recorded_at:%Y-%m-%d %H:%M}"
