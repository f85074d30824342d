"""Formats of dates by language where Django's own do not suit."""
