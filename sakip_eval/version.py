"""The version of sakip-eval: results, worksheets, letters and compiled rubrics name it."""

__version__ = "0.1.0"
