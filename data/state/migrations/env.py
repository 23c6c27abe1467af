"""How Alembic runs a migration here: on the connection it is handed, inside its transaction."""

from alembic import context

from data.state.tables import METADATA

context.configure(connection=context.config.attributes["connection"], target_metadata=METADATA, render_as_batch=True)
context.run_migrations()
