"""`python -m tools.bill`: a household's bill from its quarters, by the firmware's own tariff room."""
