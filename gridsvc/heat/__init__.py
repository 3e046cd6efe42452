"""Where it is hot, and where it is slow: cases as columns in memory, and maps made of them."""
