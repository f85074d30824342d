"""What the OpenAPI document says beside what the code shows: problems, the token, which parameters there are."""

from typing import Any

from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse

from portal.api.serializers.problems import ProblemSerializer

ON = OpenApiParameter(
    "on", str, description="The day to read the law on, as YYYY-MM-DD; today when it is left out.", required=False
)
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

    def get_response_serializers(self) -> Any:
        good = super().get_response_serializers()
        wanted = dict(PROBLEMS)
        if self.view.for_organisations:
            wanted |= OF_ORGANISATIONS
        if not isinstance(good, dict):
            good = {"200": good}
        return good | {
            (status, "application/problem+json"): OpenApiResponse(ProblemSerializer, description=words)
            for status, words in wanted.items()
        }

    def get_auth(self) -> list[dict[str, list[str]]]:
        found: list[dict[str, list[str]]] = super().get_auth()
        return found if self.view.for_organisations else [{}, *found]
