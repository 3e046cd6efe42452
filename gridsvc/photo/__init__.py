"""What a photo tells of its place, and the clean copies that are kept of it."""
