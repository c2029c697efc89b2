"""How the tables come into being, version by version; run by `opening` and `sakip db migrasi`, never by hand."""
