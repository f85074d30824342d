"""Jurisdictions, authorities, regimes, lists and entries."""

from typing import Any

from rest_framework import serializers

from portal.api.serializers.texts import Here, Linked, Row, SourceSerializer, WordsSerializer
from portal.controls.models import Authority, ControlEntry, ControlList, Jurisdiction, Regime, RegimeSection

SOURCED = ["url", "as_of", "sources", "to_check", "withdrawn_on"]


class Sourced(Linked):
    """What an authored page shows about where it comes from."""

    sources = SourceSerializer(many=True, read_only=True)
    to_check = WordsSerializer(many=True, read_only=True, help_text="What is not certain yet.")


class JurisdictionSerializer(Linked):
    href = Here("jurisdiction", code="code")

    class Meta:
        model = Jurisdiction
        fields = ["key", "code", "name", "withdrawn_on", "href", "page"]


class AuthoritySerializer(Linked):
    jurisdiction = serializers.CharField(source="jurisdiction.code", read_only=True)
    href = Here("authority", slug="slug")

    class Meta:
        model = Authority
        fields = ["key", "slug", "jurisdiction", "name", "short", "url", "withdrawn_on", "href", "page"]


class RegimeSectionSerializer(Row):
    class Meta:
        model = RegimeSection
        fields = ["slug", "heading", "body"]


class RegimeSerializer(Sourced):
    """A regime in a list."""

    href = Here("regime", slug="slug")

    class Meta:
        model = Regime
        fields = [
            "key",
            "slug",
            "name",
            "abbreviation",
            "established",
            "ended",
            "members_count",
            "summary",
            *SOURCED,
            "href",
            "page",
        ]


class RegimeInFullSerializer(RegimeSerializer):
    """A regime with its sections, whose bodies are Markdown with citations in double brackets."""

    sections = RegimeSectionSerializer(many=True, read_only=True)

    class Meta(RegimeSerializer.Meta):
        fields = [*RegimeSerializer.Meta.fields, "sections"]


class ControlListSerializer(Sourced):
    jurisdiction = serializers.CharField(source="jurisdiction.code", default=None, read_only=True, allow_null=True)
    regime = serializers.CharField(source="regime.slug", default=None, read_only=True, allow_null=True)
    authority = serializers.CharField(source="authority.slug", default=None, read_only=True, allow_null=True)
    size = serializers.IntegerField(read_only=True, help_text="How many entries it has here.")
    href = Here("list", key="key")

    class Meta:
        model = ControlList
        fields = [
            "key",
            "name",
            "jurisdiction",
            "regime",
            "authority",
            "summary",
            "size",
            *SOURCED,
            "href",
            "page",
        ]


class LimitSerializer(serializers.Serializer[Any]):
    """One quantity and how it must compare."""

    parameter = serializers.CharField()
    op = serializers.CharField(help_text=">=, >, <=, <, =, between (min, max), covers")
    value = serializers.JSONField(required=False)
    min = serializers.FloatField(required=False)
    max = serializers.FloatField(required=False)
    unit = serializers.CharField(required=False)

    def to_representation(self, instance: dict[str, Any]) -> dict[str, Any]:
        return {name: instance[name] for name in map(str, self.fields) if instance.get(name) is not None}


class ThresholdsSerializer(serializers.Serializer[Any]):
    """`all` or `any` of the items must hold. No items: the entry has no thresholds."""

    logic = serializers.CharField()
    items = LimitSerializer(many=True)

    def to_representation(self, instance: dict[str, Any]) -> dict[str, Any]:
        items = self.fields["items"].to_representation(instance.get("items", []))
        return {"logic": instance.get("logic", "all"), "items": items}


class EntrySerializer(Linked):
    """An entry of a list."""

    list = serializers.CharField(source="control_list.key", read_only=True)
    parent = serializers.CharField(source="parent.key", default=None, read_only=True, allow_null=True)  # type: ignore[assignment]
    reasons = serializers.ListField(child=serializers.CharField(), read_only=True)
    thresholds = ThresholdsSerializer(read_only=True)
    href = Here("entry", key="key")

    class Meta:
        model = ControlEntry
        fields = [
            "key",
            "list",
            "code",
            "parent",
            "depth",
            "title",
            "note",
            "reasons",
            "thresholds",
            "withdrawn_on",
            "href",
            "page",
        ]


class EntryInFullSerializer(EntrySerializer):
    """An entry with the keys of what stands below it."""

    children = serializers.SerializerMethodField()

    class Meta(EntrySerializer.Meta):
        fields = [*EntrySerializer.Meta.fields, "children"]

    def get_children(self, row: ControlEntry) -> list[str]:
        return list(row.children.filter(withdrawn_on=None).values_list("key", flat=True))
