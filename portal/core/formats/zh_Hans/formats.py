"""Chinese as this portal writes it: long numbers in groups of three, as in laws and judgments."""

THOUSAND_SEPARATOR = ","
NUMBER_GROUPING = 3
