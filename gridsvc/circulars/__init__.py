"""What is told of a period: circular, review, summary, a street's report (domain rule 27)."""
