"""The planner's report of a street or of the whole district."""
