"""The organisation that asks."""

from rest_framework import serializers

from portal.api.serializers.texts import Row
from portal.organisations.models import Organisation


class OrganisationSerializer(Row):
    """Your organisation, as this API knows it."""

    key = serializers.CharField(read_only=True)

    class Meta:
        model = Organisation
        fields = ["key", "slug", "name", "kind", "country"]
