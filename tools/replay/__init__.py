"""The control room against a model of battery, inverter and meter, in invented time."""
