"""The shape of a problem document, for the OpenAPI document."""

from typing import Any

from rest_framework import serializers


class FaultSerializer(serializers.Serializer[Any]):
    """One parameter that is not good."""

    parameter = serializers.CharField(help_text="The name of the parameter; empty when it is about the whole.")
    message = serializers.CharField(help_text="A sentence in the language of `Accept-Language`.")


class ProblemSerializer(serializers.Serializer[Any]):
    """A problem (RFC 9457)."""

    type = serializers.URLField(help_text="Leads to a paragraph on this code.")
    title = serializers.CharField()
    status = serializers.IntegerField()
    detail = serializers.CharField(help_text="What is wrong, in a sentence.")
    instance = serializers.CharField(help_text="The path that was asked for.")
    code = serializers.CharField(help_text="For programs; never translated.")
    errors = FaultSerializer(many=True)  # type: ignore[assignment]
