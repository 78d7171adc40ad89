"""Room of the optimal plan: what the battery does in each slot so that the bill is the least.

Knows prices, loads and one store of energy, all in whole numbers. Refuses to know where they come from,
what the time is, and how a plan becomes a command.
"""
