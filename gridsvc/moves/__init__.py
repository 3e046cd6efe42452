"""What each move does to the rows of a case, by the part of the loop that it belongs to."""
