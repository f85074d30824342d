"""Notices as published. Who drafted and reviewed them stays at the desk."""

from rest_framework import serializers

from portal.api.serializers.texts import Here, Linked, Row
from portal.notices.models import Notice, NoticeChange, NoticeCorrection


class NoticeChangeSerializer(Row):
    """What the notice does to one rule."""

    target = serializers.CharField(source="target_key", read_only=True)

    class Meta:
        model = NoticeChange
        fields = ["target", "words", "effective_on"]


class NoticeCorrectionSerializer(Row):
    class Meta:
        model = NoticeCorrection
        fields = ["on", "words"]


class NoticeSerializer(Linked):
    """A notice in a list."""

    authority = serializers.CharField(source="authority_key", read_only=True, help_text="The authority's key.")
    state = serializers.ChoiceField(choices=[("published", "published"), ("withdrawn", "withdrawn")], read_only=True)
    jurisdictions = serializers.ListField(child=serializers.CharField(), read_only=True)
    topics = serializers.ListField(child=serializers.CharField(), read_only=True)
    href = Here("notice", slug="slug")

    class Meta:
        model = Notice
        fields = [
            "key",
            "slug",
            "authority",
            "year",
            "number",
            "state",
            "kind",
            "reference",
            "title",
            "summary",
            "effective_on",
            "comment_until",
            "supersedes",
            "published_at",
            "withdrawn_on",
            "withdrawn_because",
            "jurisdictions",
            "topics",
            "href",
            "page",
        ]


class NoticeInFullSerializer(NoticeSerializer):
    """A notice with its words (Markdown with citations), what it changes, and its corrections."""

    changes = NoticeChangeSerializer(many=True, read_only=True)
    corrections = NoticeCorrectionSerializer(many=True, read_only=True)

    class Meta(NoticeSerializer.Meta):
        fields = [*NoticeSerializer.Meta.fields, "body", "comment_to", "changes", "corrections"]
