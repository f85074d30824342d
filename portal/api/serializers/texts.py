"""Texts in two languages, addresses, sources: what many things have."""

from typing import Any

from django.conf import settings
from django.db.models import Field as Column
from django.urls import reverse
from django.utils import translation
from i18nfield.fields import I18nCharField, I18nTextField
from rest_framework import serializers

from portal.core.texts import LANGUAGE_CODES, as_dict

CHINESE = "zh-hans"


class WordsSerializer(serializers.Serializer[Any]):
    """A text by language. A language in which there are no words is left out."""

    en = serializers.CharField(required=False)

    def get_fields(self) -> dict[str, Any]:
        return {**super().get_fields(), CHINESE: serializers.CharField(required=False)}

    def to_representation(self, instance: Any) -> dict[str, str]:
        return as_dict(instance)


class PagesSerializer(serializers.Serializer[Any]):
    """The page for people, in each language."""

    en = serializers.URLField()

    def get_fields(self) -> dict[str, Any]:
        return {**super().get_fields(), CHINESE: serializers.URLField()}

    def to_representation(self, instance: Any) -> dict[str, str]:
        found = {}
        for code in LANGUAGE_CODES:
            with translation.override(code):
                found[code] = settings.SITE_URL + instance.get_absolute_url()
        return found


class SourceSerializer(serializers.Serializer[Any]):
    """Where something was read."""

    title = serializers.CharField()
    publisher = serializers.CharField(required=False)
    date = serializers.CharField(required=False, help_text="A day, a month or a year.")
    url = serializers.URLField(required=False)

    def to_representation(self, instance: dict[str, Any]) -> dict[str, str]:
        return {name: str(instance[name]) for name in map(str, self.fields) if instance.get(name)}


class Here(serializers.CharField):
    """The address of something in this API. `route` is the URL name, `**arguments` attributes of the row."""

    def __init__(self, route: str, **arguments: str) -> None:
        self.route, self.arguments = route, arguments
        super().__init__(source="*", read_only=True, help_text="Its address in this API.")

    def to_representation(self, value: Any) -> str:
        return href(self.route, **{name: reach(value, path) for name, path in self.arguments.items()})


def reach(row: Any, path: str) -> Any:
    """An attribute of an attribute: `list.key`."""
    for name in path.split("."):
        row = getattr(row, name)
    return row


def href(route: str, **arguments: Any) -> str:
    """An absolute address in this API."""
    return settings.SITE_URL + reverse(f"api:{route}", kwargs=arguments)


class Row(serializers.ModelSerializer[Any]):
    """Columns of a model, read only; bilingual columns as texts by language."""

    def build_standard_field(self, field_name: str, model_field: Column[Any, Any]) -> tuple[Any, dict[str, Any]]:
        if isinstance(model_field, (I18nCharField, I18nTextField)):
            return WordsSerializer, {}
        return super().build_standard_field(field_name, model_field)

    def get_extra_kwargs(self) -> dict[str, Any]:
        kwargs: dict[str, Any] = super().get_extra_kwargs()
        for name in self.Meta.fields:
            kwargs.setdefault(name, {})["read_only"] = True
        return kwargs


class Linked(Row):
    """A row with a key, its address here and its page."""

    key = serializers.CharField(read_only=True, help_text="Permanent; other things cite it by this.")
    page = PagesSerializer(source="*", read_only=True)


class MentionSerializer(serializers.Serializer[Any]):
    """Something that is named in passing, from the address book."""

    key = serializers.CharField()
    kind = serializers.CharField()
    title = WordsSerializer()
    page = PagesSerializer(source="*")


__all__ = [
    "Here",
    "Linked",
    "MentionSerializer",
    "PagesSerializer",
    "Row",
    "SourceSerializer",
    "WordsSerializer",
    "href",
]
