"""The ME3000SP's register map, as a reader of its bus sees it.

Addresses, scales and signs transcribed from the vendor's 2017 storage list and
the projects that agree with it. Signs are the device's own: battery + = charge,
grid + = export. Steps of 10 W, state of charge in whole percent. It refuses to
know bytes and frames: see station.py.
"""

ILLEGAL_ADDRESS = 2
SERIAL = "SE1E1ES130SIM1"[:14]
_MODE = 0x1200


class Registers:
    """Reads and writes of one Inverter. `house` gives load_w, pv_w and grid_w."""

    def __init__(self, inverter, serial=SERIAL, mode_writable=True):
        self._inverter = inverter
        self._serial = serial
        self._mode_writable = mode_writable
        self.load_w = self.pv_w = 0.0
        self.frozen_soc = None
        self._energy = [0.0] * 4  # pv, export, import, load of today, Wh

    def count(self, seconds):
        """Keep the day's counters going."""
        grid = self._inverter.grid_w
        for slot, watts in enumerate((self.pv_w, max(0, -grid), max(0, grid), self.load_w)):
            self._energy[slot] += watts * seconds / 3600

    def read(self, function, address, count):
        """List of `count` raw words, or an exception code (int)."""
        table = self._holding() if function == 3 else self._input() if function == 4 else None
        if table is None:
            return 1  # illegal function
        words = [table.get(address + offset) for offset in range(count)]
        return ILLEGAL_ADDRESS if None in words else [word & 0xFFFF for word in words]

    def write(self, address, words):
        """None when done, or an exception code. Only the work mode can be written."""
        if address != _MODE or len(words) != 1 or not self._mode_writable:
            return ILLEGAL_ADDRESS
        if words[0] not in (0, 3):
            return 3
        self._inverter.mode = words[0]
        return None

    def soc(self):
        """Whole percent as it is told on the bus."""
        return int(self._inverter.battery.soc_pct) if self.frozen_soc is None else self.frozen_soc

    def _holding(self):
        table = dict.fromkeys(range(0x0200, 0x0256), 0)
        table.update(dict.fromkeys(range(0x1200, 0x1210), 0))
        table[_MODE] = self._inverter.mode
        self._running(table)
        self._counters(table)
        return table

    def _running(self, table):
        """The block 0x0200 in the order of the vendor's table, one row an assignment."""
        unit = self._inverter
        volts = unit.battery.volts(unit.power_w)
        for fault in unit.fault_ids:
            table[0x0201 + (fault - 1) // 16] |= 1 << (fault - 1) % 16
        table.update(
            {
                0x0200: unit.state,
                0x0206: 2312,
                0x0207: _centi(unit.ac_w / 231.2),
                0x020C: 5001,
                0x020D: _tens(-unit.power_w),
                0x020E: _centi(volts),
                0x020F: _centi(-unit.power_w / volts),
                0x0210: self.soc(),
                0x0211: 21,
                0x0212: _tens(-unit.grid_w),
                0x0213: _tens(self.load_w),
                0x0214: _tens(-unit.ac_w),
                0x0215: _tens(self.pv_w),
                0x0216: 0,
                0x0217: 0,
                0x022C: 148,
                0x022D: 3800,
                0x0230: 2312,
                0x0237: 98,
                0x0238: 31,
                0x0239: 34,
                0x023A: 8,
            }
        )

    def _counters(self, table):
        pack = self._inverter.battery
        for offset, wh in enumerate(self._energy):
            table[0x0218 + offset] = int(wh / 10)
            _long(table, 0x021C + 2 * offset, 1200 + wh / 1000)
        table[0x0224], table[0x0225] = int(pack.charged_wh / 10), int(pack.discharged_wh / 10)
        _long(table, 0x0226, 900 + pack.charged_wh / 1000)
        _long(table, 0x0228, 820 + pack.discharged_wh / 1000)
        table[0x0243] = int(self._inverter.now / 60)

    def _input(self):
        pack = self._inverter.battery
        table = {
            0x104D: pack.floor_pct,
            0x10B0: 1,
            0x10B1: round(pack.capacity_wh / 48),
            0x10B2: 0,
            0x10B3: 540,
            0x10B4: 6500,
            0x10B5: 560,
            0x10B6: 470,
            0x10B7: 6500,
            0x10B8: 440,
            0x10B9: 100 - pack.floor_pct,
            0x10BA: 0,
            0x10BB: 4700,
            0x10BC: 5320,
            0x2000: 5,
        }
        text = (self._serial.ljust(14) + "V340" + "V100" + "V260").encode("ascii")
        for index in range(0, len(text), 2):
            table[0x2001 + index // 2] = text[index] << 8 | text[index + 1]
        return table


def _tens(watts):
    return round(watts / 10)


def _centi(value):
    return round(value * 100)


def _long(table, address, value):
    table[address], table[address + 1] = int(value) >> 16, int(value) & 0xFFFF
