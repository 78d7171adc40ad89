"""The house on a desk: a meter, an inverter and a household around the unchanged firmware."""
