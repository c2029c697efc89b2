"""The LHE: content of the letter and of the report from an evaluation, its Word file, and its seal."""
