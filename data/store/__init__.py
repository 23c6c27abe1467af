"""Lake, snapshots and the one writer: with ``data.kpis`` the only rooms that know SQL."""
