"""Results of an agency over the years, and what changed; pure."""
