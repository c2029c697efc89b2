"""The ledger of follow-up and sealed results in a database: SQLite file or PostgreSQL."""
