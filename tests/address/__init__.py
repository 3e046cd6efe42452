"""Finding places from Chinese addresses."""
