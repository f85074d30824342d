"""Bookmarks and private notes: one person's own, seen by nobody else, gone with the account."""

from django.db import models
from django.urls import reverse
from django.utils import timezone

from portal.accounts.models import User


class Kept(models.Model):
    """What a person keeps at a key. `removed_at` holds it for some days, so that removing can be undone."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    key = models.CharField(max_length=200)
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        abstract = True


class Bookmark(Kept):
    """A thing to come back to. `version` and `marks` say what stood there when it was saved (queries.standing)."""

    version = models.CharField(max_length=20, blank=True)
    marks = models.JSONField(default=dict, blank=True)
    saved_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-saved_at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["user", "key"], name="bookmark_once")]

    def __str__(self) -> str:
        return self.key


class Note(Kept):
    """Markdown for its author alone; `fragment` is a paragraph or heading of the page, without its #.

    `revision` counts the savings, so that two tabs cannot overwrite one another.
    """

    fragment = models.CharField(max_length=120, blank=True)
    body = models.TextField()
    revision = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(default=timezone.now)
    updated_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-updated_at", "-pk"]
        indexes = [models.Index(fields=["user", "key"], name="notes_at_key")]

    def __str__(self) -> str:
        return f"{self.key}: {self.body[:60]}"

    def get_absolute_url(self) -> str:
        return reverse("reading:note", kwargs={"pk": self.pk})
