"""Guidelines and their editions, terms, events."""

from rest_framework import serializers

from portal.api.serializers.texts import Here, Linked, Row, SourceSerializer, WordsSerializer, href
from portal.guidance.models import (
    Event,
    Guideline,
    GuidelineEdition,
    GuidelineText,
    RedFlag,
    Term,
)


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
