"""What a search finds."""

from typing import Any

from drf_spectacular.utils import extend_schema_field, inline_serializer
from rest_framework import serializers

from portal.api.serializers.texts import href
from portal.core.texts import LANGUAGE_CODES
from portal.search.queries import Hit

LANGUAGES = [(code, code) for code in LANGUAGE_CODES]


class MarkedSerializer(serializers.Serializer[Any]):
    """A run of words, and whether they answer the question."""

    words = serializers.CharField()
    marked = serializers.BooleanField()


class HitSerializer(serializers.Serializer[Any]):
    """One result, in one language."""

    key = serializers.CharField(source="entry.key")
    kind = serializers.CharField(source="entry.kind")
    language = serializers.ChoiceField(LANGUAGES, source="entry.language")
    title = serializers.CharField(source="entry.title")
    passage = serializers.SerializerMethodField(help_text="The words around what was found.")
    highlights = serializers.SerializerMethodField(help_text="Title and passage in runs of words, marked or not.")
    part = serializers.CharField(source="entry.part", help_text="Which part of the page; empty for the page itself.")
    date = serializers.DateField(source="entry.date", allow_null=True)
    state = serializers.SerializerMethodField(help_text="Where a law stands on the day: in_force, future, …, or empty.")
    other_language = serializers.CharField(source="other", help_text="In which it can also be read, or empty.")
    jurisdictions = serializers.SerializerMethodField()
    url = serializers.SerializerMethodField(help_text="The page, at the place that was found.")
    href = serializers.SerializerMethodField(help_text="What stands at the key, in this API.")

    def get_passage(self, hit: Hit) -> str:
        return "".join(words for words, _marked in hit.passage)

    @extend_schema_field(
        inline_serializer("Highlights", {"title": MarkedSerializer(many=True), "passage": MarkedSerializer(many=True)})
    )
    def get_highlights(self, hit: Hit) -> dict[str, list[dict[str, object]]]:
        return {
            name: [{"words": words, "marked": marked} for words, marked in runs]
            for name, runs in (("title", hit.title), ("passage", hit.passage))
        }

    def get_state(self, hit: Hit) -> str:
        return hit.entry.state(self.context["day"])

    def get_jurisdictions(self, hit: Hit) -> list[str]:
        return [key.partition("/")[2] for key in hit.places]

    def get_url(self, hit: Hit) -> str:
        return str(self.context["page_of"](hit))

    def get_href(self, hit: Hit) -> str:
        return href("resolve", key=hit.entry.key)


class ResultsSerializer(serializers.Serializer[Any]):
    """A page of results. `best` are pages whose key or code was typed; they come on the first page only."""

    count = serializers.IntegerField()
    more = serializers.BooleanField(help_text="There are more than were counted; facets count some of them.")
    next = serializers.URLField(allow_null=True)
    previous = serializers.URLField(allow_null=True)
    corrected = serializers.CharField(help_text="A better spelling, or empty.")
    loosened = serializers.BooleanField(help_text="Nothing has all of the words; these have some of them.")
    also = serializers.ListField(child=serializers.CharField(), help_text="Terms that were searched for beside.")
    facets = serializers.DictField(child=serializers.DictField(child=serializers.IntegerField()))
    best = HitSerializer(many=True)
    results = HitSerializer(many=True)
