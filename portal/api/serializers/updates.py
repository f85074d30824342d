"""What changed."""

from rest_framework import serializers

from portal.api.serializers.texts import Linked, href
from portal.updates.models import ChangeEvent


class ChangeSerializer(Linked):
    """Something was published, changed or withdrawn. `key` is that of the thing; `id` grows with time."""

    jurisdictions = serializers.ListField(child=serializers.CharField(), read_only=True)
    topics = serializers.ListField(child=serializers.CharField(), read_only=True)
    href = serializers.SerializerMethodField(help_text="Leads to the thing.")

    class Meta:
        model = ChangeEvent
        fields = [
            "id",
            "key",
            "kind",
            "what",
            "version",
            "title",
            "summary",
            "jurisdictions",
            "topics",
            "effective_on",
            "substantive",
            "created_at",
            "href",
            "page",
        ]

    def get_href(self, row: ChangeEvent) -> str:
        return href("resolve", key=row.key)
