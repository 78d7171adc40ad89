"""The catalogue: one file a family, rows only. Its shape is told in docs/adding_an_inverter.md."""
