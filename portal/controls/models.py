"""Who controls what: jurisdictions, authorities, regimes, lists and their entries."""

from django.db import models
from django.urls import reverse
from i18nfield.fields import I18nCharField, I18nTextField

from portal.core.models import Sourced


class Jurisdiction(models.Model):
    """A state or union that makes export-control law."""

    code = models.CharField(max_length=10, unique=True)
    name = I18nCharField(max_length=300)
    withdrawn_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["code"]

    def __str__(self) -> str:
        return str(self.name)

    def get_absolute_url(self) -> str:
        return reverse("controls:jurisdiction", kwargs={"code": self.code})

    @property
    def key(self) -> str:
        return f"jurisdiction/{self.code}"


class Authority(models.Model):
    """A body that makes, applies or enforces the rules."""

    slug = models.CharField(max_length=60, unique=True)
    jurisdiction = models.ForeignKey(Jurisdiction, on_delete=models.PROTECT, related_name="authorities")
    name = I18nCharField(max_length=400)
    short = I18nCharField(max_length=200, blank=True)
    url = models.URLField(max_length=400, blank=True)
    withdrawn_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["slug"]
        verbose_name_plural = "authorities"

    def __str__(self) -> str:
        return str(self.name)

    def get_absolute_url(self) -> str:
        return reverse("controls:authority", kwargs={"slug": self.slug})

    @property
    def key(self) -> str:
        return f"authority/{self.slug}"


class Regime(Sourced):
    """A multilateral arrangement from which national lists derive."""

    slug = models.CharField(max_length=60, unique=True)
    name = I18nCharField(max_length=400)
    abbreviation = models.CharField(max_length=40, blank=True)
    established = models.CharField(max_length=10, blank=True)
    ended = models.CharField(max_length=10, blank=True)
    members_count = models.PositiveIntegerField(null=True, blank=True)
    summary = I18nTextField(blank=True)

    class Meta:
        ordering = ["slug"]

    def __str__(self) -> str:
        return str(self.name)

    def get_absolute_url(self) -> str:
        return reverse("controls:regime", kwargs={"slug": self.slug})

    @property
    def key(self) -> str:
        return f"regime/{self.slug}"


class RegimeSection(models.Model):
    """One section of a regime's page."""

    regime = models.ForeignKey(Regime, on_delete=models.CASCADE, related_name="sections")
    slug = models.CharField(max_length=60)
    heading = I18nCharField(max_length=300)
    body = I18nTextField()
    position = models.PositiveIntegerField()

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["regime", "slug"], name="section_once_in_regime")]

    def __str__(self) -> str:
        return f"{self.regime_id}: {self.slug}"


class ControlList(Sourced):
    """A list of controlled items, of a jurisdiction or of a regime."""

    key = models.CharField(max_length=60, unique=True)
    name = I18nCharField(max_length=400)
    jurisdiction = models.ForeignKey(
        Jurisdiction, on_delete=models.PROTECT, null=True, blank=True, related_name="lists"
    )
    regime = models.ForeignKey(Regime, on_delete=models.PROTECT, null=True, blank=True, related_name="lists")
    authority = models.ForeignKey(Authority, on_delete=models.PROTECT, null=True, blank=True, related_name="lists")
    summary = I18nTextField(blank=True)

    class Meta:
        ordering = ["key"]

    def __str__(self) -> str:
        return str(self.name)

    def get_absolute_url(self) -> str:
        return reverse("controls:control_list", kwargs={"key": self.key})


class ControlEntry(models.Model):
    """One entry of a list, in a tree. `position` is the order of reading over the whole list.

    `thresholds` is `{logic, items: [{parameter, op, value | min and max, unit}]}` or {}; see docs/writing-content.md.
    """

    control_list = models.ForeignKey(ControlList, on_delete=models.CASCADE, related_name="entries")
    parent = models.ForeignKey("self", on_delete=models.CASCADE, null=True, blank=True, related_name="children")
    key = models.CharField(max_length=200, unique=True)
    code = models.CharField(max_length=80)
    title = I18nTextField()
    note = I18nTextField(blank=True)
    reasons = models.JSONField(default=list, blank=True)
    thresholds = models.JSONField(default=dict, blank=True)
    depth = models.PositiveSmallIntegerField(default=0)
    position = models.PositiveIntegerField()
    withdrawn_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["position"]
        indexes = [models.Index(fields=["control_list", "position"], name="entry_in_order")]
        verbose_name_plural = "control entries"

    def __str__(self) -> str:
        return self.code

    @property
    def label(self) -> str:
        """The part of the key after the list's, for the address."""
        return self.key.partition("/")[2]

    def get_absolute_url(self) -> str:
        list_key, _, label = self.key.partition("/")
        return reverse("controls:entry", kwargs={"key": list_key, "label": label})
