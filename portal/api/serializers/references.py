"""Keys and who cites whom."""

from typing import Any

from rest_framework import serializers

from portal.api.serializers.texts import MentionSerializer, Row, WordsSerializer, href
from portal.references import rendering
from portal.references.models import Address, Citation

ROUTES = {
    "references:resolve": "resolve",
    "cases:case": "case",
    "controls:jurisdiction": "jurisdiction",
    "controls:authority": "authority",
    "controls:regime": "regime",
    "controls:control_list": "list",
    "controls:entry": "entry",
    "guidance:law": "instrument",
    "guidance:provision": "provision",
    "guidance:guideline": "guideline",
    "guidance:term": "term",
    "guidance:red_flag": "red_flag",
    "notices:notice": "notice",
    "assessments:framework": "framework",
    "assessments:questionnaire": "questionnaire",
    "courses:course": "course",
}
"""Page -> the address of the same thing here. An entry and a provision go by their whole key."""


def href_of(address: Address) -> str | None:
    """Where this API has the thing; None where it has not."""
    route = ROUTES.get(address.route)
    if address.kind == "event":
        return href("event", slug=address.key.partition("/")[2])
    if route is None:
        return None
    whole = route in {"entry", "provision"}
    if whole:
        return href(route, key=address.key)
    return href(route, **address.arguments)


class AddressSerializer(MentionSerializer):
    """What stands at a key."""

    asked = serializers.SerializerMethodField(help_text="The key as it was asked for; an alias leads to its new key.")
    gist = serializers.SerializerMethodField()
    dated = serializers.BooleanField(help_text="Whether it can be put on a date with `?on=`.")
    cited_by = serializers.SerializerMethodField(help_text="How many things cite it.")
    withdrawn_on = serializers.DateField(allow_null=True)
    href = serializers.SerializerMethodField(help_text="Its address in this API, where it has one.")

    def get_asked(self, row: Address) -> str:
        return str(self.context["asked"])

    def get_gist(self, row: Address) -> WordsSerializer:
        return rendering.plain_words(row.gist)  # type: ignore[return-value]

    def get_cited_by(self, row: Address) -> int:
        counts: dict[str, int] = self.context["counts"]
        return counts.get(row.key, 0)

    def get_href(self, row: Address) -> str | None:
        found = href_of(row)
        day = self.context["day"]
        return f"{found}?on={day}" if found and day and row.dated else found


class CitationSerializer(Row):
    """`source`, in a version, rests on `target`."""

    source = serializers.SerializerMethodField()  # type: ignore[assignment]
    target = serializers.SerializerMethodField()

    class Meta:
        model = Citation
        fields = ["source", "source_version", "role", "target"]

    def get_source(self, row: Citation) -> MentionSerializer:
        return self._mention(row.source_key)  # type: ignore[no-any-return]

    def get_target(self, row: Citation) -> MentionSerializer:
        return self._mention(row.target_key)  # type: ignore[no-any-return]

    def _mention(self, key: str) -> Any:
        return MentionSerializer(self.context["book"][key]).data
