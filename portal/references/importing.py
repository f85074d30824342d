"""content/vocabulary.yaml -> labels."""

from collections.abc import Iterable
from datetime import date

from pydantic import RootModel

from portal.core.authored import Citing, Loaded, Text
from portal.core.texts import i18n
from portal.references.authored import Shelf
from portal.references.models import Address, Label


class VocabularyRecord(RootModel[dict[str, dict[str, Text]]]):
    """group -> value -> label."""


def addresses(loaded: Loaded) -> Iterable[Address]:
    return []


def citing(loaded: Loaded) -> Iterable[Citing]:
    return []


def apply(loaded: list[Loaded]) -> None:
    """Write all labels; values that vanished go."""
    groups: dict[str, dict[str, dict[str, str]]] = {}
    for file in loaded:
        groups |= file.record.root
    rows = [
        Label(group=group, value=value, label=i18n(label), position=position)
        for group, values in groups.items()
        for position, (value, label) in enumerate(values.items())
    ]
    Label.objects.exclude(group__in=groups).delete()
    for group, values in groups.items():
        Label.objects.filter(group=group).exclude(value__in=values).delete()
    Label.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["group", "value"], update_fields=["label", "position"]
    )


def withdraw(keys: set[str], on: date) -> None:
    """Labels have no keys."""


SHELF = Shelf(
    name="vocabulary",
    pattern="vocabulary.yaml",
    record=VocabularyRecord,
    addresses=addresses,
    citing=citing,
    apply=apply,
    withdraw=withdraw,
)
