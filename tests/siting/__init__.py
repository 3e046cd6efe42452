"""What to build where."""
