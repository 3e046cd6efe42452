"""Departments, people in posts, what is told and on its way, in a real browser."""
