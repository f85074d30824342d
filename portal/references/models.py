"""The address book of the site and who cites whom. Text keys, no foreign keys: this is the ground floor."""

from django.db import models
from django.urls import NoReverseMatch, reverse
from i18nfield.fields import I18nCharField, I18nTextField


class Address(models.Model):
    """One row for every key that can be cited, written by the action that publishes the thing.

    A key never changes. A renamed thing keeps its old key as a row with `alias_of`; a withdrawn one keeps its
    row with `withdrawn_on`. `route` and `arguments` are a Django URL name and its keyword arguments. `gist` is
    Markdown: what it cites gets its title when it is shown (`references.rendering.plain`).
    """

    key = models.CharField(max_length=200, unique=True)
    kind = models.CharField(max_length=30, db_index=True)
    title = I18nCharField(max_length=600)
    short = I18nCharField(
        max_length=200, blank=True, help_text="What running text calls it, where that is not the title."
    )
    gist = I18nTextField(blank=True)
    route = models.CharField(max_length=80)
    arguments = models.JSONField(default=dict, blank=True)
    fragment = models.CharField(max_length=120, blank=True)
    dated = models.BooleanField(default=False, help_text="The page can be put on a date with ?on=.")
    alias_of = models.CharField(max_length=200, blank=True)
    withdrawn_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["key"]
        verbose_name_plural = "addresses"

    def __str__(self) -> str:
        return self.key

    def get_absolute_url(self) -> str:
        """The page in the reader's language; `/r/<key>` where the route is not there."""
        try:
            path = reverse(self.route, kwargs=self.arguments)
        except NoReverseMatch:
            path = reverse("references:resolve", kwargs={"key": self.key})
        return f"{path}#{self.fragment}" if self.fragment else path


class Role(models.TextChoices):
    """What a citation is for."""

    BASIS = "basis", "basis"
    EXAMPLE = "example", "example"
    TEACHES = "teaches", "teaches"
    TESTS = "tests", "tests"
    AMENDS = "amends", "amends"
    IMPLEMENTS = "implements", "implements"
    SEE_ALSO = "see-also", "see also"


class Citation(models.Model):
    """`source` rests on `target`. Written whole for a source version when it is published."""

    source_key = models.CharField(max_length=200)
    source_version = models.CharField(max_length=20, default="1")
    target_key = models.CharField(max_length=200, db_index=True)
    role = models.CharField(max_length=10, choices=Role.choices, default=Role.BASIS)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["source_key", "source_version", "target_key", "role"], name="citation_once_per_role"
            )
        ]

    def __str__(self) -> str:
        return f"{self.source_key} {self.role} {self.target_key}"


class Label(models.Model):
    """The words for one value of a vocabulary (`topics`: `end-use`), from content/vocabulary.yaml."""

    group = models.CharField(max_length=40)
    value = models.CharField(max_length=60)
    label = I18nCharField(max_length=300)
    position = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["group", "position"]
        constraints = [models.UniqueConstraint(fields=["group", "value"], name="label_once_in_group")]

    def __str__(self) -> str:
        return f"{self.group}: {self.value}"
