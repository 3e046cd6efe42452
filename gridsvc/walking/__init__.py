"""On foot: the street network, and who can reach what in how many minutes."""
