"""The vocabulary a city is written in: frozen, strict models and one loader."""

from data.catalogue.area import Area, Succession
from data.catalogue.board import Board, DriversTile, HeatTile, KpiTile, ListTile, MapTile, RankingTile, ScorecardTile
from data.catalogue.city import City, CityEvent, WorkingCalendar
from data.catalogue.condition import BucketValue, ColumnValue, Condition
from data.catalogue.dataset import Column, Dataset, Derivation, Expectation
from data.catalogue.kpi import Kpi, Status, Target
from data.catalogue.loader import Catalogue, CatalogueError, Problem, load
from data.catalogue.playlist import Playlist, Scene
from data.catalogue.report import Report
from data.catalogue.role import ACTIONS, Role
from data.catalogue.room import Place, Room
from data.catalogue.source import Reading, Source
from data.catalogue.text import LANGUAGES, Text

__all__ = [
    "ACTIONS",
    "LANGUAGES",
    "Area",
    "Board",
    "BucketValue",
    "Catalogue",
    "CatalogueError",
    "City",
    "CityEvent",
    "Column",
    "ColumnValue",
    "Condition",
    "Dataset",
    "Derivation",
    "DriversTile",
    "Expectation",
    "HeatTile",
    "Kpi",
    "KpiTile",
    "ListTile",
    "MapTile",
    "Place",
    "Playlist",
    "Problem",
    "RankingTile",
    "Reading",
    "Report",
    "Role",
    "Room",
    "Scene",
    "ScorecardTile",
    "Source",
    "Status",
    "Succession",
    "Target",
    "Text",
    "WorkingCalendar",
    "load",
]  # fmt: skip
