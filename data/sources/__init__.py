"""Where rows come from: files in a drop folder, read as they are delivered."""

from data.sources.connector import Connector, connector
from data.sources.delivery import Cursor, Delivery, Pulled, SourceError
from data.sources.discovery import Discovery
from data.sources.inference import infer

__all__ = ["Connector", "Cursor", "Delivery", "Discovery", "Pulled", "SourceError", "connector", "infer"]
