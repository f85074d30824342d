"""What an organisation asks its people to read, and who has said that they did."""

from typing import Any

from rest_framework import serializers

from portal.api.serializers.texts import Here, MentionSerializer, Row, WordsSerializer
from portal.reading.models import Acknowledgement, Cycle, ReadingRequest
from portal.reading.queries import Line


class ReadingRequestSerializer(Row):
    """A reading request, with the numbers of its newest cycle."""

    ref = serializers.UUIDField(read_only=True)
    title = WordsSerializer(read_only=True)
    about = serializers.SerializerMethodField(help_text="What stands at the key now; null when nothing does any more.")
    cycle = serializers.IntegerField(source="rounds", read_only=True, help_text="The newest cycle's number.")
    asked_by = serializers.CharField(source="asked_by_name", read_only=True)
    due_on = serializers.DateField(read_only=True, help_text="Of the newest cycle.")
    people = serializers.IntegerField(read_only=True, help_text="How many are asked in the newest cycle.")
    acknowledged = serializers.IntegerField(source="done", read_only=True)
    gone = serializers.IntegerField(read_only=True, help_text="Left the organisation without acknowledging.")
    late = serializers.IntegerField(read_only=True)
    href = Here("reading_request", ref="ref")

    class Meta:
        model = ReadingRequest
        fields = [
            "ref",
            "key",
            "title",
            "about",
            "cycle",
            "audience",
            "roles",
            "again",
            "note",
            "asked_by",
            "asked_at",
            "due_on",
            "people",
            "acknowledged",
            "gone",
            "late",
            "withdrawn_at",
            "withdrawn_because",
            "href",
        ]

    def get_about(self, row: ReadingRequest) -> MentionSerializer(allow_null=True):  # type: ignore[valid-type]
        address = self.context["book"].get(row.key)
        return MentionSerializer(address).data if address else None


class AcknowledgementSerializer(Row):
    """What was acknowledged: the version, and the digest of the words that were shown."""

    class Meta:
        model = Acknowledgement
        fields = ["at", "version", "language", "digest"]


class AskedSerializer(serializers.Serializer[Line]):
    """One person in one cycle."""

    person = serializers.SerializerMethodField()
    asked_at = serializers.DateTimeField(source="asked.asked_at")
    due_on = serializers.DateField(source="asked.due_on")
    state = serializers.ChoiceField(
        choices=["acknowledged", "open", "late", "left", "again", "withdrawn"],
        help_text="`left`: not a member any more; `again`: asked again in a newer cycle.",
    )
    acknowledgement = AcknowledgementSerializer(allow_null=True)

    def get_person(self, line: Line) -> dict[str, Any]:
        return {"id": line.asked.person_id, "name": line.asked.person_name}


class CycleSerializer(Row):
    """One round of asking, and everybody in it."""

    people = serializers.SerializerMethodField()

    class Meta:
        model = Cycle
        fields = ["number", "version", "opened_at", "due_on", "people"]

    def get_people(self, row: Cycle) -> AskedSerializer(many=True):  # type: ignore[valid-type]
        return AskedSerializer(self.context["lines"].get(row.pk, []), many=True).data


class ReadingRequestInFullSerializer(ReadingRequestSerializer):
    """A reading request with its cycles, newest first."""

    cycles = CycleSerializer(many=True, read_only=True)

    class Meta(ReadingRequestSerializer.Meta):
        fields = [*ReadingRequestSerializer.Meta.fields, "cycles"]
