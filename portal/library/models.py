"""What was loaded, and the log of the runs."""

from django.db import models


class LoadedFile(models.Model):
    """A file whose rows are in the database, by its path below content/."""

    path = models.CharField(max_length=300, unique=True)
    shelf = models.CharField(max_length=40)
    checksum = models.CharField(max_length=64)
    keys = models.JSONField(default=list)
    loaded_at = models.DateTimeField(auto_now=True)
    withdrawn_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["path"]

    def __str__(self) -> str:
        return self.path


class LoadRun(models.Model):
    """One run of the loader that changed something, with the sums of what the rows were then made from."""

    at = models.DateTimeField(auto_now_add=True)
    loaded = models.PositiveIntegerField(default=0)
    unchanged = models.PositiveIntegerField(default=0)
    withdrawn = models.PositiveIntegerField(default=0)
    report = models.JSONField(default=dict)
    files = models.CharField(max_length=64, blank=True)
    loaders = models.CharField(max_length=64, blank=True)

    class Meta:
        ordering = ["-at"]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M}: {self.loaded} loaded, {self.withdrawn} withdrawn"
