"""Office documents and charts made from an evaluation, and worksheets read back into a case."""
