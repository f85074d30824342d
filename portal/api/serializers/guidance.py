"""Laws and provisions on a day, guidelines and their editions, terms, events."""

from typing import Any

from rest_framework import serializers

from portal.api.serializers.controls import SOURCED, Sourced
from portal.api.serializers.texts import CHINESE, Here, Linked, Row, SourceSerializer, WordsSerializer, href
from portal.guidance.models import (
    Event,
    Guideline,
    GuidelineEdition,
    GuidelineText,
    Instrument,
    InstrumentState,
    Provision,
    ProvisionText,
    RedFlag,
    Term,
)


class InstrumentSerializer(Sourced):
    """A law, regulation, list or guideline of a state."""

    jurisdiction = serializers.CharField(source="jurisdiction.code", read_only=True)
    authority = serializers.CharField(source="authority.slug", default=None, read_only=True, allow_null=True)
    supersedes = serializers.ListField(child=serializers.CharField(), read_only=True)
    on = serializers.SerializerMethodField(help_text="The day that `state` is about.")
    state = serializers.SerializerMethodField(help_text="Where it stands on that day.")
    href = Here("instrument", key="key")

    class Meta:
        model = Instrument
        fields = [
            "key",
            "title",
            "short",
            "kind",
            "jurisdiction",
            "authority",
            "citation",
            "on",
            "state",
            "adopted",
            "in_force",
            "repealed",
            "suspended_until",
            "superseded_by",
            "supersedes",
            "summary",
            *SOURCED,
            "href",
            "page",
        ]

    def get_on(self, row: Instrument) -> str:
        return str(self.context["on"])

    def get_state(self, row: Instrument) -> InstrumentState:
        return row.state(self.context["on"])


class ProvisionTextSerializer(Row):
    """What a provision says from a day to a day; `body` is Markdown with citations in double brackets."""

    class Meta:
        model = ProvisionText
        fields = ["language", "kind", "valid_from", "valid_until", "body", "to_check", "recorded_at"]


class ProvisionTextsSerializer(serializers.Serializer[Any]):
    """The text that is good on the day, by language. A language without one is left out."""

    en = ProvisionTextSerializer(required=False)

    def get_fields(self) -> dict[str, Any]:
        return {**super().get_fields(), CHINESE: ProvisionTextSerializer(required=False)}

    def to_representation(self, instance: dict[str, ProvisionText]) -> dict[str, Any]:
        fields = self.fields
        return {code: fields[code].to_representation(text) for code, text in instance.items() if code in fields}


class ProvisionSerializer(Linked):
    """A part, chapter, article or section on a day."""

    instrument = serializers.CharField(source="instrument.key", read_only=True)
    parent = serializers.CharField(source="parent.key", default=None, read_only=True, allow_null=True)  # type: ignore[assignment]
    on = serializers.SerializerMethodField()
    texts = serializers.SerializerMethodField()
    href = Here("provision", key="key")

    class Meta:
        model = Provision
        fields = [
            "key",
            "instrument",
            "label",
            "parent",
            "depth",
            "number",
            "heading",
            "on",
            "texts",
            "withdrawn_on",
            "href",
            "page",
        ]

    def get_on(self, row: Provision) -> str:
        return str(self.context["on"])

    def get_texts(self, row: Provision) -> ProvisionTextsSerializer:
        texts = self.context["texts"].get(row.pk, {})
        return ProvisionTextsSerializer(texts).data  # type: ignore[return-value]


class SpanSerializer(serializers.Serializer[Any]):
    """A time in which the words stayed the same."""

    valid_from = serializers.DateField()
    valid_until = serializers.DateField(allow_null=True, help_text="The first day on which they are not good any more.")


class ProvisionInFullSerializer(ProvisionSerializer):
    """A provision with what stands below it and the days on which its text changed."""

    children = serializers.SerializerMethodField()
    history = serializers.SerializerMethodField()

    class Meta(ProvisionSerializer.Meta):
        fields = [*ProvisionSerializer.Meta.fields, "children", "history"]

    def get_children(self, row: Provision) -> list[str]:
        return list(row.children.filter(withdrawn_on=None).values_list("key", flat=True))

    def get_history(self, row: Provision) -> SpanSerializer(many=True):  # type: ignore[valid-type]
        rows = row.texts.filter(retired_at=None).order_by("valid_from")
        spans = dict.fromkeys(rows.values_list("valid_from", "valid_until"))
        return SpanSerializer([{"valid_from": first, "valid_until": end} for first, end in spans], many=True).data


class GuidelineTextSerializer(Row):
    """An edition in one language; `body` is Markdown with citations in double brackets."""

    to_check = WordsSerializer(many=True, read_only=True)

    class Meta:
        model = GuidelineText
        fields = ["language", "title", "summary", "body", "changes", "to_check"]


class EditionSerializer(Row):
    """An edition without its words."""

    key = serializers.CharField(source="guideline.key", read_only=True)
    slug = serializers.CharField(source="guideline.slug", read_only=True)
    title = serializers.SerializerMethodField()
    summary = serializers.SerializerMethodField()
    topics = serializers.ListField(child=serializers.CharField(), read_only=True)
    elements = serializers.ListField(child=serializers.CharField(), read_only=True)
    jurisdictions = serializers.ListField(child=serializers.CharField(), read_only=True)
    sources = SourceSerializer(many=True, read_only=True)
    withdrawn_on = serializers.DateField(source="guideline.withdrawn_on", read_only=True, allow_null=True)
    href = Here("edition", slug="guideline.slug", number="number")

    class Meta:
        model = GuidelineEdition
        fields = [
            "key",
            "slug",
            "number",
            "title",
            "summary",
            "effective_on",
            "published_at",
            "topics",
            "elements",
            "jurisdictions",
            "as_of",
            "sources",
            "withdrawn_on",
            "href",
        ]

    def get_title(self, row: GuidelineEdition) -> WordsSerializer:
        return {text.language: text.title for text in row.texts.all()}  # type: ignore[return-value]

    def get_summary(self, row: GuidelineEdition) -> WordsSerializer:
        return {text.language: text.summary for text in row.texts.all() if text.summary}  # type: ignore[return-value]


class EditionInFullSerializer(EditionSerializer):
    """An edition with its words in each language."""

    texts = GuidelineTextSerializer(many=True, read_only=True)

    class Meta(EditionSerializer.Meta):
        fields = [*EditionSerializer.Meta.fields, "texts"]


class GuidelineSerializer(Linked):
    """A guideline: which editions there are, and the one that is effective on the day."""

    editions = serializers.SerializerMethodField()
    current = serializers.SerializerMethodField()
    href = Here("guideline", slug="slug")

    class Meta:
        model = Guideline
        fields = ["key", "slug", "current", "editions", "withdrawn_on", "withdrawn_because", "href", "page"]

    def get_editions(self, row: Guideline) -> list[str]:
        return [href("edition", slug=row.slug, number=edition.number) for edition in row.editions.all()]

    def get_current(self, row: Guideline) -> EditionInFullSerializer:
        edition = self.context["editions"].get(row.pk)
        return EditionInFullSerializer(edition, context=self.context).data  # type: ignore[return-value]


class TermSerializer(Linked):
    """A term of the field."""

    related = serializers.ListField(child=serializers.CharField(), read_only=True)
    href = Here("term", slug="slug")

    class Meta:
        model = Term
        fields = ["key", "slug", "term", "definition", "related", "to_check", "withdrawn_on", "href", "page"]


class EventSerializer(Row):
    """Something that happened; `date` is a day, a month or a year."""

    key = serializers.CharField(read_only=True)
    cites = serializers.ListField(child=serializers.CharField(), read_only=True)
    href = Here("event", slug="slug")

    class Meta:
        model = Event
        fields = ["key", "slug", "date", "actor", "category", "text", "cites", "to_check", "withdrawn_on", "href"]


class FlagSerializer(Linked):
    """A warning sign; without contexts it holds for every transaction."""

    category = serializers.CharField(source="category.slug", read_only=True)
    frameworks = serializers.ListField(child=serializers.CharField(), read_only=True)
    contexts = serializers.ListField(child=serializers.CharField(), read_only=True)
    href = Here("red_flag", slug="slug")

    class Meta:
        model = RedFlag
        fields = [
            *("key", "slug", "category", "text", "why", "next", "frameworks", "contexts", "to_check", "withdrawn_on"),
            *("href", "page"),
        ]
