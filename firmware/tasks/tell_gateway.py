"""A member's turn at telling: what is new leaves within `_TURN_MS`. Knows nothing of what is told."""

import asyncio

_TURN_MS = 20


async def tell_gateway(box, beat):
    """Until `box.over(now_ms)`: `box.outward.tell(now_ms)`. Then the role has a reason to end."""
    while True:
        beat()
        now_ms = box.clock()
        box.outward.tell(now_ms)
        if box.over(now_ms):
            await box.restart()
        await asyncio.sleep_ms(_TURN_MS)
