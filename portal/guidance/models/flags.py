"""Warning signs in a transaction, to be gone through before shipping."""

from django.db import models
from django.urls import reverse
from i18nfield.fields import I18nCharField, I18nTextField


class FlagCategory(models.Model):
    """Where a flag is seen: at the customer, in the order, on the route."""

    slug = models.CharField(max_length=40, unique=True)
    name = I18nCharField(max_length=200)
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["position"]
        verbose_name_plural = "flag categories"

    def __str__(self) -> str:
        return str(self.name)


class RedFlag(models.Model):
    """One warning sign: what is seen, why it matters, what to do next.

    `frameworks` are keys of the official lists with a comparable warning, `contexts` values of the vocabulary
    `flag_contexts`; no context means that it holds for every transaction.
    """

    slug = models.CharField(max_length=60, unique=True)
    category = models.ForeignKey(FlagCategory, on_delete=models.PROTECT, related_name="flags")
    position = models.PositiveSmallIntegerField()
    text = I18nTextField()
    why = I18nTextField()
    next = I18nTextField()
    frameworks = models.JSONField(default=list, blank=True)
    contexts = models.JSONField(default=list, blank=True)
    to_check = models.BooleanField(default=False)
    withdrawn_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["position"]

    def __str__(self) -> str:
        return self.slug

    @property
    def key(self) -> str:
        return f"flag/{self.slug}"

    def get_absolute_url(self) -> str:
        return reverse("guidance:red_flag", kwargs={"slug": self.slug})
