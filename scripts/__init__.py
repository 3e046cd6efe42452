"""Setting up, running and checking gridsvc on one machine, with Python's standard library only."""
