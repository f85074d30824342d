"""Cases."""

from typing import Any

from rest_framework import serializers

from portal.api.serializers.controls import SOURCED, Sourced
from portal.api.serializers.texts import Here, WordsSerializer
from portal.cases.models import Case, Facet
from portal.cases.queries import labels_of


class RespondentSerializer(serializers.Serializer[Any]):
    """An organisation the case is about. Natural persons are never named."""

    name = serializers.CharField()
    country = serializers.CharField(required=False, allow_null=True)
    industry = WordsSerializer(required=False)

    def to_representation(self, instance: dict[str, Any]) -> dict[str, Any]:
        return {name: instance[name] for name in map(str, self.fields) if instance.get(name)}


class ItemSerializer(serializers.Serializer[Any]):
    """What was exported, and under which entries it falls."""

    description = WordsSerializer()
    entries = serializers.ListField(child=serializers.CharField())

    def to_representation(self, instance: dict[str, Any]) -> dict[str, Any]:
        return {"description": instance.get("description", {}), "entries": instance.get("entries", [])}


class LabelsSerializer(serializers.Serializer[Any]):
    """What the case can be filtered by, beside its own columns."""

    authorities = serializers.ListField(child=serializers.CharField())
    instruments = serializers.ListField(child=serializers.CharField())
    entries = serializers.ListField(child=serializers.CharField())
    destinations = serializers.ListField(child=serializers.CharField())
    violations = serializers.ListField(child=serializers.CharField())
    elements = serializers.ListField(child=serializers.CharField())

    FACETS = {
        "authorities": Facet.AUTHORITY,
        "instruments": Facet.INSTRUMENT,
        "entries": Facet.ENTRY,
        "destinations": Facet.DESTINATION,
        "violations": Facet.VIOLATION,
        "elements": Facet.ELEMENT,
    }

    def to_representation(self, instance: Case) -> dict[str, list[str]]:
        found = labels_of(instance)
        return {name: found.get(facet, []) for name, facet in self.FACETS.items()}


class CaseSerializer(Sourced):
    """A case in a list."""

    jurisdiction = serializers.CharField(source="jurisdiction.code", read_only=True)
    labels = LabelsSerializer(source="*", read_only=True)
    href = Here("case", slug="slug")

    class Meta:
        model = Case
        fields = [
            "key",
            "slug",
            "title",
            "summary",
            "date",
            "jurisdiction",
            "kind",
            "alleged",
            "discovery",
            "space_related",
            "confidence",
            "currency",
            "amount",
            "suspended",
            "labels",
            *SOURCED,
            "href",
            "page",
        ]


class CaseInFullSerializer(CaseSerializer):
    """A case with what happened, what failed and what to learn; texts are Markdown with citations."""

    respondents = RespondentSerializer(many=True, read_only=True)
    items = ItemSerializer(many=True, read_only=True)
    other_terms = WordsSerializer(many=True, read_only=True)
    aggravating = WordsSerializer(many=True, read_only=True)
    mitigating = WordsSerializer(many=True, read_only=True)
    lessons = WordsSerializer(many=True, read_only=True)
    red_flags = WordsSerializer(many=True, read_only=True)

    class Meta(CaseSerializer.Meta):
        fields = [
            *CaseSerializer.Meta.fields,
            "facts",
            "respondents",
            "items",
            "penalty_note",
            "other_terms",
            "aggravating",
            "mitigating",
            "lessons",
            "red_flags",
        ]
