"""The Modbus room: frames, values and faults. It opens no port and reads no clock."""
