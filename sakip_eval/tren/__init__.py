"""Results over the years: one series for each agency, split where the rubric changes; pure."""
