"""Where reports are many, and where answers are slow."""
