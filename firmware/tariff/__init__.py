"""What a kilowatt-hour costs in Flanders and what the market asks for it tomorrow.

Knows: distribution tariffs, levies, contracts, the bill, day-ahead prices as their services print
them. Refuses to know: sockets, files, the meter, and when it is now (callers hand over time and
text). Nothing is loaded until it is asked for: import the one module you need.

Units. Energy `_wh` int. Market price: micro-euro per kWh, int (1 EUR/MWh = 1000). Rates: micro-euro
per MWh, int (1 ct/kWh = 10 000 000), so that Wh x rate is a whole number of pico-euro. Days are
counted from 1970-01-01 in local time, moments are UTC seconds since 1970.
"""
