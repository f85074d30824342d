"""The commands: what `make` calls. Nothing here is imported by the portal."""
