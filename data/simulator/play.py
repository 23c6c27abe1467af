"""The play: all departments, their history up to a moment and what they deliver from then on."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Protocol

from data.simulator import (
    air,
    booths,
    bridge,
    carparks,
    crafts,
    crowd,
    devices,
    feeders,
    gateflow,
    lamps,
    meters,
    monthly,
    outages,
    permits,
    pier,
    pressure,
    pumps,
    rain,
    river,
    weighbridge,
)
from data.simulator.daybook import Daybook
from data.simulator.dossiers import OneStop
from data.simulator.feed import Feed
from data.simulator.floodpoints import CommandPost
from data.simulator.journal import Journal
from data.simulator.monthly import Monthly
from data.simulator.procedures import Procedures
from data.simulator.registers import CultureCentre, Heritage, Register
from data.simulator.reports import CallCentre
from data.simulator.supply import Waterworks
from data.simulator.visitors import Gates

SEED, YEARS = 7, 3
SILENT = timedelta(hours=52)


class Department(Protocol):
    """Someone who writes files into the drop folder."""

    def history(self, folder: Path, start: date, until: datetime) -> None:
        """Write everything from ``start`` that was delivered up to ``until``."""
        ...

    def deliver(self, folder: Path, since: datetime, until: datetime) -> None:
        """Write what became due after ``since`` up to ``until``."""
        ...


def departments(seed: int, silent_from: datetime | None = None) -> dict[str, Department]:
    """All departments by name; the dead devices were last heard before ``silent_from``."""
    cabinets = lamps.Cabinets(seed, silent_from)
    return {
        "dossiers": OneStop(seed),
        "procedures": Register("procedures/thu_tuc.json", Procedures(seed).content, 0, 6),
        "reports": CallCentre(seed),
        "visitors": Gates(seed),
        "crowd": Feed("crowd/crowd_{month}.csv", crowd.HEADING, crowd.Cameras(seed), 5),
        "water_level": Feed("water_level/muc_nuoc_{month}.csv", river.HEADING, river.Gauges(seed), 10),
        "air": Feed("air/khong_khi_{month}.csv", air.HEADING, air.Instruments(seed), 60),
        "lamps": Feed("lamps/tu_den_{month}.csv", lamps.HEADING, cabinets, 15, lamps.KEEPS),
        **_utilities(seed, silent_from),
        **_tourism(seed),
    }


def _utilities(seed: int, silent_from: datetime | None) -> dict[str, Department]:
    """Rain and flood, power, water, waste and what is networked."""
    loggers, sewage, lighting = (
        pressure.Loggers(seed, silent_from),
        meters.SewageWorks(seed),
        meters.LightingMeters(seed),
    )
    polled, barriers = devices.Polling(seed), carparks.Barriers(seed)
    ticket_file, tickets = "waste/phieu_can_{month}.csv", weighbridge.Weighbridge(seed)
    return {
        "rain": Feed("rain/mua_{month}.csv", rain.HEADING, rain.RainGauges(seed), 60),
        "flooded_points": CommandPost(seed),
        "drainage": Feed("drainage/tram_bom_{month}.csv", pumps.HEADING, pumps.Pumps(seed), 15, coarse=pumps.COARSE),
        "outages": Journal("outages/su_co_{month}.csv", outages.HEADING, outages.Dispatch(seed), 8),
        "grid": Feed("grid/phu_tai_{month}.csv", feeders.HEADING, feeders.Feeders(seed), 30),
        "water_supply": Waterworks(seed),
        "water_pressure": Feed("water_pressure/ap_luc_{month}.csv", pressure.HEADING, loggers, 15, pressure.KEEPS, 60),
        "waste": Journal(ticket_file, weighbridge.HEADING, tickets, encoding=weighbridge.ENCODING),
        "wastewater": Journal("wastewater/nuoc_thai_{month}.csv", meters.SEWAGE, sewage),
        "lighting_energy": Journal("lighting_energy/dien_{month}.csv", meters.LIGHTING, lighting),
        "sea_water": Journal("sea_water/nuoc_bien_{month}.csv", meters.SEA, meters.SeaSamples(seed), 5),
        "network_devices": Feed("network_devices/tram_{month}.jsonl", "", polled, 60, devices.KEEPS, devices.COARSE),
        "parking": Feed("parking/bai_xe_{month}.jsonl", "", barriers, 10, carparks.KEEPS, carparks.COARSE),
    }


def _tourism(seed: int) -> dict[str, Department]:
    """Gates, booths, boats, lodgings, culture and relics."""
    villages = crafts.village_report(seed)
    return {
        "gate_flow": Feed("gate_flow/qua_cong_{month}.csv", gateflow.HEADING, gateflow.Turnstiles(seed), gateflow.STEP),
        "bridge": Feed("bridge/chua_cau_{month}.csv", bridge.HEADING, bridge.BridgeCamera(seed), 5),
        "ticket": Daybook("ticket/ve_{month}.csv", booths.HEADING, booths.Booths(seed), "cp1258"),
        "cham_trip": Daybook("cham_trip/chuyen_{month}.jsonl", None, pier.Pier(seed)),
        "lodging": Monthly("lodging/luu_tru_{month}.xlsx", monthly.lodging_report(seed), seed),
        "room": Monthly("room/phong_{month}.xlsx", monthly.room_report(seed), seed),
        "culture_event": Register("culture_event/su_kien.geojson", CultureCentre(seed).content, None, 8),
        "relic": Register("relic/di_tich.geojson", Heritage(seed).content, 0, 7),
        "heritage_permit": Daybook(
            "heritage_permit/giay_phep_{month}.csv", permits.HEADING, permits.PermitOffice(seed)
        ),
        "craft_village": Monthly("craft_village/lang_nghe_{month}.csv", villages, seed),
        "culture_record": Monthly("culture_record/so_hoa_{month}.csv", crafts.record_report, seed),
    }


def simulate(
    folder: Path,
    until: datetime,
    seed: int = SEED,
    years: int = YEARS,
    progress: Callable[[str, float], None] | None = None,
) -> None:
    """Write ``years`` of files up to ``until`` (local time) into the drop folder.

    The same arguments give the same bytes. ``progress`` is told the department at work and the
    share done, 0..1. Files of an earlier play with another ``until`` are not removed.
    """
    start = date(until.year - years, until.month, 1)
    silent_from = (until - SILENT).replace(minute=0, second=0, microsecond=0)
    cast = departments(seed, silent_from)
    for index, (name, department) in enumerate(cast.items()):
        if progress:
            progress(name, index / len(cast))
        department.history(folder, start, until)
    if progress:
        progress("done", 1.0)


def deliver(folder: Path, since: datetime, until: datetime, seed: int = SEED) -> None:
    """Write what every department delivers after ``since`` up to ``until``."""
    for department in departments(seed).values():
        department.deliver(folder, since, until)


class Live:
    """A play that goes on: remembers up to when it has delivered."""

    def __init__(self, folder: Path, since: datetime, seed: int = SEED) -> None:
        self.folder, self.since, self.seed = folder, since, seed

    def advance(self, until: datetime) -> None:
        """Deliver everything due up to ``until``; a moment already passed changes nothing."""
        if until > self.since:
            deliver(self.folder, self.since, until, self.seed)
            self.since = until
