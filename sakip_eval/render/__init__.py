"""An evaluation as text: terminal table, JSON, Markdown, CSV. Pure: evaluation in, string out."""
