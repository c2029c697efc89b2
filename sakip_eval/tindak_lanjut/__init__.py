"""The life of a recommendation over the years: events in, state out; pure."""
