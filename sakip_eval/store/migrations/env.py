"""Alembic's entry: runs the migrations on the connection it is given, inside that connection's transaction."""

from alembic import context

from sakip_eval.store.schema import VERSION_TABLE, metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    version_table=VERSION_TABLE,
    transactional_ddl=True,
)
context.run_migrations()
