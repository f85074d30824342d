"""What the OpenAPI document says beside what the code shows: problems, the token, which parameters there are."""

from typing import Any

from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse

from portal.api.serializers.problems import ProblemSerializer

MEDIA_TYPE = "application/problem+json"

ON = OpenApiParameter(
    "on", str, description="The day to read the law on, as YYYY-MM-DD; today when it is left out.", required=False
)
SHOWN = OpenApiParameter(
    "shown",
    str,
    description="A past day, as YYYY-MM-DD: what this site showed at its end; what it shows now when it is left out.",
    required=False,
)
COMPARISON = [
    OpenApiParameter(
        "from", str, description="The first day, as YYYY-MM-DD; the day before the last change without it."
    ),
    OpenApiParameter("to", str, description="The second day, as YYYY-MM-DD; today without it, or the next change."),
    OpenApiParameter("lang", str, enum=["en", "zh-hans"], description="The language to compare in; en without it."),
    OpenApiParameter(
        "text", str, enum=["official", "summary"], description="Whose words; official where both days have them."
    ),
    OpenApiParameter(
        "from_shown", str, description="The first day as this site showed it at the end of this past day."
    ),
    OpenApiParameter("to_shown", str, description="The second day as this site showed it at the end of this past day."),
]
PROBLEMS = {
    "400": "A parameter is unknown or its value is not good.",
    "404": "There is nothing at this address.",
    "429": "Too many requests; `Retry-After` says how many seconds to wait.",
}
OF_ORGANISATIONS = {
    "401": "No token, or one that is not good.",
    "403": "The token or the person's role does not allow this.",
}


class TokenScheme(OpenApiAuthenticationExtension):
    """The token in the document."""

    target_class = "portal.api.authentication.TokenAuthentication"
    name = "token"

    def get_security_definition(self, auto_schema: AutoSchema) -> dict[str, str]:
        return {
            "type": "http",
            "scheme": "bearer",
            "description": "A token of an organisation. An owner makes it on the organisation's page of tokens.",
        }


class Schema(AutoSchema):
    """Adds the problem documents to each operation, and asks for a token only where one is needed."""

    def get_operation_id(self) -> str:
        """`cases` for the view Cases, `case` for CaseItem."""
        name = type(self.view).__name__.removesuffix("Item")
        return name[0].lower() + name[1:]

    def _get_response_bodies(self, direction: str = "response") -> dict[str, Any]:
        found: dict[str, Any] = super()._get_response_bodies(direction)
        wanted = PROBLEMS | (OF_ORGANISATIONS if self.view.for_organisations else {})
        for status, words in wanted.items():
            response = OpenApiResponse(ProblemSerializer, description=words)
            found[status] = self._get_response_for_code(response, status, [MEDIA_TYPE], direction)
        return found

    def get_auth(self) -> list[dict[str, list[str]]]:
        found: list[dict[str, list[str]]] = super().get_auth() if self.view.for_organisations else []
        return found
