"""The register of governance indicators (domain rule 27: the index is published yearly)."""
