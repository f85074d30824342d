from rest_framework.throttling import AnonRateThrottle, UserRateThrottle


class Visitors(AnonRateThrottle):
    scope = "visitors"


class Known(UserRateThrottle):
    scope = "known"
