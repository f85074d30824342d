"""How a form looks: one template for each field, with label, help and error tied to it."""

from django.forms.renderers import TemplatesSetting


class PortalFormRenderer(TemplatesSetting):
    """Forms come from templates/components/."""

    form_template_name = "components/form.html"
    field_template_name = "components/field.html"
