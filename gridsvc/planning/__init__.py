"""Facilities, what they give to whom, and the standards they are held to."""
