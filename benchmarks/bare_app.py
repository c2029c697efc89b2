"""The yardstick of a cold start: a bare typer app with one pydantic model and durable-rules imported."""

import durable.engine
import typer
from pydantic import BaseModel


class Model(BaseModel):
    """One model."""

    nilai: int = 0


app = typer.Typer()


@app.command()
def main() -> None:
    """Print one figure."""
    print(Model().nilai, durable.engine.__name__)


if __name__ == "__main__":
    app()
