"""The device room: catalogue, driver and what lies between. A caller needs driver.py and index.py."""
