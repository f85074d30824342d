from portal.guidance.views.laws.comparing import comparison, provision_comparison
from portal.guidance.views.laws.listing import laws
from portal.guidance.views.laws.reading import law, provision
from portal.guidance.views.laws.recorded import record

__all__ = ["comparison", "law", "laws", "provision", "provision_comparison", "record"]
