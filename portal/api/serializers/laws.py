"""Laws and provisions on a day, and compared on two."""

import datetime as dt
from typing import Any

from rest_framework import serializers

from portal.api.serializers.controls import SOURCED, Sourced
from portal.api.serializers.texts import CHINESE, Here, Linked, Row, SourceSerializer, WordsSerializer
from portal.guidance import queries
from portal.guidance.models import Instrument, InstrumentState, Provision, ProvisionText, TextKind


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


class RecordEntrySerializer(serializers.Serializer[Any]):
    """A moment at which what this site shows of a law changed. What `changed`: names of facts, labels of provisions."""

    at = serializers.DateTimeField()
    first = serializers.BooleanField(help_text="Whether the record begins with it.")
    changed = serializers.DictField(child=serializers.ListField(child=serializers.CharField()))
    texts_added = serializers.IntegerField()
    texts_retired = serializers.IntegerField()


class InstrumentInFullSerializer(InstrumentSerializer):
    """A law with both its clocks: the days on which the law changed, the moments at which its record here did."""

    days = serializers.SerializerMethodField(help_text="The days on which something changed, enacted ones too.")
    record = serializers.SerializerMethodField()
    shown = serializers.SerializerMethodField(help_text="The day whose showing this is; null for what is shown now.")

    class Meta(InstrumentSerializer.Meta):
        fields = [*InstrumentSerializer.Meta.fields, "shown", "days", "record"]

    def get_shown(self, row: Instrument) -> dt.date | None:
        return self.context["shown"]  # type: ignore[no-any-return]

    def get_days(self, row: Instrument) -> list[dt.date]:
        return queries.dates_of(row, shown=self.context["shown"])

    def get_record(self, row: Instrument) -> RecordEntrySerializer(many=True):  # type: ignore[valid-type]
        return RecordEntrySerializer(queries.entries(row), many=True).data


class ProvisionTextSerializer(Row):
    """What a provision says from a day to a day; `body` is Markdown with citations in double brackets.

    `kind` is gist for our summary, official for the words of the law. `recorded_at` is when this site began to show it.
    """

    source = serializers.SerializerMethodField(help_text="Where an official text was taken from.")  # type: ignore[assignment]

    class Meta:
        model = ProvisionText
        fields = ["language", "kind", "valid_from", "valid_until", "body", "to_check", "source", "recorded_at"]

    def get_source(self, row: ProvisionText) -> SourceSerializer(allow_null=True):  # type: ignore[valid-type]
        source = getattr(row, "source", None)
        return SourceSerializer(source).data if source else None


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
    texts = serializers.SerializerMethodField(help_text="Our summary.")
    official = serializers.SerializerMethodField(help_text="The official text, where this site has it.")
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
            "official",
            "withdrawn_on",
            "href",
            "page",
        ]

    def get_on(self, row: Provision) -> str:
        return str(self.context["on"])

    def get_texts(self, row: Provision) -> ProvisionTextsSerializer:
        return self._of_kind(row, TextKind.GIST)

    def get_official(self, row: Provision) -> ProvisionTextsSerializer:
        return self._of_kind(row, TextKind.OFFICIAL)

    def _of_kind(self, row: Provision, wanted: str) -> ProvisionTextsSerializer:
        texts = self.context["texts"].get(row.pk, {})
        mine = {language: text for (kind, language), text in texts.items() if kind == wanted}
        return ProvisionTextsSerializer(mine).data  # type: ignore[return-value]


class SpanSerializer(Row):
    """A text on both clocks, without its words: when the law said so, and when this site showed it."""

    class Meta:
        model = ProvisionText
        fields = ["language", "kind", "valid_from", "valid_until", "to_check", "recorded_at", "retired_at"]


class ProvisionInFullSerializer(ProvisionSerializer):
    """A provision with what stands below it and its history on both clocks, texts out of use among it."""

    children = serializers.SerializerMethodField()
    history = serializers.SerializerMethodField()
    shown = serializers.SerializerMethodField(help_text="The day whose showing this is; null for what is shown now.")

    class Meta(ProvisionSerializer.Meta):
        fields = [*ProvisionSerializer.Meta.fields, "shown", "children", "history"]

    def get_shown(self, row: Provision) -> dt.date | None:
        return self.context["shown"]  # type: ignore[no-any-return]

    def get_children(self, row: Provision) -> list[str]:
        return [child.key for child in self.context["below"]]

    def get_history(self, row: Provision) -> SpanSerializer(many=True):  # type: ignore[valid-type]
        rows = row.texts.defer("body").order_by("valid_from", "recorded_at", "kind", "language")
        return SpanSerializer(rows, many=True).data


class PieceSerializer(serializers.Serializer[Any]):
    """Words that stayed, came or went."""

    op = serializers.ChoiceField(choices=["equal", "insert", "delete"])
    text = serializers.CharField()


class ParagraphSerializer(serializers.Serializer[Any]):
    """A paragraph of the redline."""

    op = serializers.ChoiceField(choices=["equal", "insert", "delete", "changed"])
    pieces = PieceSerializer(many=True)


class ChangeOfProvisionSerializer(serializers.Serializer[Any]):
    """What happened to a provision between two days. Plain words are compared, not Markdown."""

    key = serializers.CharField(source="provision.key")
    was = serializers.CharField(source="line.was", help_text="Its label before; another one when it was renumbered.")
    number = WordsSerializer(source="provision.number")
    change = serializers.CharField(
        source="line.change", help_text="unchanged, changed, inserted, removed, moved, renumbered."
    )
    words = serializers.CharField(source="sentence", help_text="The same in words.")
    insertions = serializers.IntegerField(source="line.insertions")
    deletions = serializers.IntegerField(source="line.deletions")
    moved = serializers.BooleanField(source="line.moved")
    mark_changed = serializers.BooleanField(source="row.mark_changed", help_text="“To be checked” on one day only.")
    heading = PieceSerializer(source="line.heading", many=True)
    paragraphs = ParagraphSerializer(source="line.paragraphs", many=True)


class StandingSerializer(serializers.Serializer[Any]):
    """Where the law stands on a day."""

    on = serializers.DateField()
    shown = serializers.DateField(allow_null=True)
    state = serializers.ChoiceField(choices=InstrumentState.choices)
    words = serializers.CharField()


class ComparisonSerializer(serializers.Serializer[Any]):
    """A law, or a provision with what stands below it, on two days."""

    key = serializers.CharField()
    before = StandingSerializer()
    after = StandingSerializer()
    language = serializers.CharField()
    kind = serializers.ChoiceField(choices=TextKind.choices)
    unchanged = serializers.IntegerField(help_text="How many provisions are the same on both days.")
    changes = ChangeOfProvisionSerializer(many=True)
