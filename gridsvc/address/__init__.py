"""Places from Chinese addresses: text, names, numbers, candidates, confidence."""
