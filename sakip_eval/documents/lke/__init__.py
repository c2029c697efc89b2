"""The worksheet (LKE) as a workbook: where everything stands, what is written, and how it is read back."""
