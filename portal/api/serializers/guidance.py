"""Guidelines and their editions, terms, events, red flags."""

import datetime as dt
from typing import Any

from rest_framework import serializers

from portal.api.serializers.laws import ParagraphSerializer, PieceSerializer
from portal.api.serializers.texts import Here, Linked, Row, SourceSerializer, WordsSerializer, href
from portal.core.texts import as_dict
from portal.guidance.models import (
    Event,
    Guideline,
    GuidelineEdition,
    GuidelineText,
    RedFlag,
    Term,
)
from portal.guidance.queries import Editions, EditionState
from portal.guidance.redline import Change


class GuidelineTextSerializer(Row):
    """An edition in one language; `body` is Markdown with citations in double brackets."""

    to_check = WordsSerializer(many=True, read_only=True)

    class Meta:
        model = GuidelineText
        fields = ["language", "title", "summary", "body", "changes", "to_check", "recorded_at"]


class EditionSerializer(Row):
    """An edition without its words."""

    key = serializers.CharField(source="guideline.key", read_only=True)
    slug = serializers.CharField(source="guideline.slug", read_only=True)
    title = serializers.SerializerMethodField()
    summary = serializers.SerializerMethodField()
    changes = serializers.SerializerMethodField(help_text="What changed in this edition and why.")
    languages = serializers.SerializerMethodField(help_text="The languages that this edition is there in.")
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
            "changes",
            "languages",
            "effective_on",
            "published_at",
            "topics",
            "elements",
            "main_element",
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

    def get_changes(self, row: GuidelineEdition) -> WordsSerializer:
        return {text.language: text.changes for text in row.texts.all() if text.changes}  # type: ignore[return-value]

    def get_languages(self, row: GuidelineEdition) -> list[str]:
        return sorted(text.language for text in row.texts.all())


class EditionInFullSerializer(EditionSerializer):
    """An edition with its words in each language."""

    texts = GuidelineTextSerializer(many=True, read_only=True)

    class Meta(EditionSerializer.Meta):
        fields = [*EditionSerializer.Meta.fields, "texts"]


class EditionStandingSerializer(serializers.Serializer[Any]):
    """An edition in the list of a guideline's editions, and where it stands on the day."""

    number = serializers.IntegerField()
    state = serializers.ChoiceField(choices=[(state.value, state.value) for state in EditionState])
    effective_on = serializers.DateField()
    published_at = serializers.DateTimeField()
    href = serializers.CharField()


class GuidelineSerializer(Linked):
    """A guideline: which editions there are, and the one that is effective on the day."""

    on = serializers.SerializerMethodField(help_text="The day that `current` and the states are about.")
    shown = serializers.SerializerMethodField(help_text="The day whose pages are told, if one was asked for.")
    editions = serializers.SerializerMethodField(help_text="Newest first.")
    current = serializers.SerializerMethodField()
    withdrawn_on = serializers.SerializerMethodField()
    withdrawn_because = serializers.SerializerMethodField()
    superseded_by = serializers.SerializerMethodField(help_text="The key of what takes its place.")
    href = Here("guideline", slug="slug")

    class Meta:
        model = Guideline
        fields = [
            "key",
            "slug",
            "on",
            "shown",
            "current",
            "editions",
            "withdrawn_on",
            "withdrawn_because",
            "superseded_by",
            "href",
            "page",
        ]

    def _found(self, row: Guideline) -> Editions:
        found: Editions = self.context["editions"][row.pk]
        return found

    def get_on(self, row: Guideline) -> str:
        return str(self.context["day"])

    def get_shown(self, row: Guideline) -> str | None:
        return str(self.context["shown"]) if self.context["shown"] else None

    def get_editions(self, row: Guideline) -> EditionStandingSerializer(many=True):  # type: ignore[valid-type]
        found = self._found(row)
        return [
            {
                "number": edition.number,
                "state": found.state(edition, self.context["day"]).value,
                "effective_on": edition.effective_on.isoformat(),
                "published_at": edition.published_at.isoformat(),
                "href": href("edition", slug=row.slug, number=edition.number),
            }
            for edition in found.listed
        ]

    def get_current(self, row: Guideline) -> EditionInFullSerializer:
        edition = self._found(row).in_effect(self.context["day"])
        return EditionInFullSerializer(edition, context=self.context).data  # type: ignore[return-value]

    def get_withdrawn_on(self, row: Guideline) -> dt.date | None:
        return self._found(row).withdrawn_on

    def get_withdrawn_because(self, row: Guideline) -> WordsSerializer:
        return as_dict(self._found(row).withdrawn_because)  # type: ignore[return-value]

    def get_superseded_by(self, row: Guideline) -> str:
        return self._found(row).superseded_by or ""


class SectionSerializer(serializers.Serializer[Any]):
    """What happened to a section; `key` is the id of its heading, `top` for title, summary and lead."""

    key = serializers.CharField()
    change = serializers.ChoiceField(choices=[(change.value, change.value) for change in Change])
    moved = serializers.BooleanField()
    insertions = serializers.IntegerField()
    deletions = serializers.IntegerField()
    heading = PieceSerializer(many=True)
    paragraphs = ParagraphSerializer(many=True)


class EditionComparisonSerializer(serializers.Serializer[Any]):
    """Two editions of a guideline; `language` is empty where they have none in common."""

    to = serializers.IntegerField()
    language = serializers.CharField(allow_blank=True)
    sections = SectionSerializer(many=True)

    def get_fields(self) -> dict[str, Any]:
        return {"from": serializers.IntegerField(), **super().get_fields()}


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
