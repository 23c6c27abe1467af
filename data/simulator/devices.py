"""The state of networked devices as the operations room polls them: JSON, one device a line.

Free Wi-Fi points (350 were planned), telecom stations, the 52 number-plate cameras counted in 2020
and environmental sensors. Some cameras and two sensors have been dead for long, as in other cities; a flood
takes down what stands by the river. Older polls of the 30 days kept are six hours apart.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from data.simulator.chance import Weighted, stream
from data.simulator.feed import Line
from data.simulator.places import STREETS, code
from data.simulator.season import flooded

KEEPS, COARSE = 30, 360
# Kind: devices, share dead for good, chance to be down for a day.
KINDS = {
    "wifi": (60, 0.03, 0.05),
    "telecom": (26, 0.0, 0.015),
    "camera": (52, 0.11, 0.03),
    "sensor": (22, 0.09, 0.02),
}
BAD = 0.0008
Device = tuple[str, str, str, bool, float]


@dataclass(frozen=True, slots=True)
class Polling:
    """The operations room; every device is said to be up or down."""

    seed: int

    def lines(self, day: date, moments: list[datetime]) -> Iterator[Line]:
        """One line for each device and moment."""
        random = stream(self.seed, "devices", day)
        found = [(*device, random.random()) for device in self._devices()]
        for at in moments:
            wrong = stream(self.seed, "devices bad", at).random() < BAD * len(found)
            for index, (name, kind, place, dead, risk, chance) in enumerate(found):
                down = dead or chance < risk or (flooded(day) and index % 3 == 0)
                state: bool | str = "??" if wrong and index == at.hour else not down
                device = {"id": name, "type": kind, "area": code(place, day)}
                yield at, json.dumps({"time": at.isoformat(), "device": device, "up": state}, ensure_ascii=False)

    def _devices(self) -> Iterator[Device]:
        random = stream(self.seed, "devices")
        places: Weighted[str] = STREETS
        for kind, (count, dead, risk) in KINDS.items():
            for number in range(1, count + 1):
                place = places.draw(random)
                yield f"{kind[:2].upper()}-{number:03d}", kind, place, number <= round(count * dead), risk
