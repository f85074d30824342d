"""The organisation that asks."""

from drf_spectacular.utils import extend_schema

from portal.api.base import Item, Private
from portal.api.serializers.organisations import OrganisationSerializer
from portal.core.errors import NotFound
from portal.organisations.models import Organisation


@extend_schema(
    tags=["your organisation"],
    summary="Your organisation",
    description="Whose token this is, or which organisation you work for at the moment. Good for trying a token.",
)
class OrganisationItem(Private, Item):
    serializer_class = OrganisationSerializer
    queryset = Organisation.objects.none()
    action_needed = "organisation.read"

    def get_object(self) -> Organisation:
        if self.organisation is None:
            raise NotFound("organisation")
        return self.organisation
