"""Dynamic contracts as their cards of April to October 2026 print them (Flanders). Data, no rule.

A row: id; name; first day ("" = any); x or i: the formula is excl. or incl. VAT; factor; constant; fee EUR
a year incl. VAT; injection's factor; what injection loses; grid h or q. ct/kWh with the index p in EUR/MWh:
offtake = factor p + constant, injection = factor p - loss (no VAT for private persons). "?" is what the card
leaves to the product: the owner gives it. Fees are taken as incl. VAT, as cards for homes print them.
"""

ROWS = """\
engie;Engie Dynamic;;x;0.1039;0.8702;100.70;0.1000;1.3135;q
luminus;Luminus Dynamic;;x;0.1019;1.9591;75;0.1019;1.2737;h
eneco;Eneco Dynamisch;;x;0.102;1;100;0.1;1.188;h
totalenergies;TotalEnergies myDynamic;;x;0.1034;1.55;90;0.1;1.3;h
mega;Mega Dynamic;;i;0.105;1.35;42.40;0.1;4;h
ebem;EBEM Dyn@mic;;x;0.108;1.625;70;0.0925;1.10;q
octaplus;OCTA+ dynamic;;x;?;?;?;0.1;?;q
ecofix;Ecofix Motion;;x;0.1000;1.1020;60;0.0884;0.5000;q
ecofix_online;Ecofix Motion Online;;x;0.1010;0.9;10;?;?;q
ecopower;Ecopower Dynamische burgerstroom;;x;0.102;0.4;60;?;?;q
frank;Frank Energie;;x;0.1068;1.5;35;0.1;1.15;h
frank_second;Frank Energie (other tier);;x;0.1068;1.5;35;0.1;2.0;h
bolt;Bolt;;x;0.1168;1.690;107.9;?;?;q
bolt_online;Bolt Online;;x;0.1168;1.690;11.9;?;?;q
agilior;Energy Knights Agilior;2026-05-01;x;0.107;0.7;?;0.1;1.2;q
agilior;Energy Knights Agilior;2026-08-01;x;0.1;1.2;?;0.1;1.2;q
agilis;Energy Knights Agilis;2026-05-01;x;0.107;0.7;?;0.1;1.2;h
agilis;Energy Knights Agilis;2026-08-01;x;0.1;1.2;?;0.1;1.2;h
cociter;Cociter (Wallonia);;x;0.103;3;?;?;?;?
"""
