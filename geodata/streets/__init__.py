"""Streets from files: OpenStreetMap, or any layer of lines."""
