"""Public holidays of countries, as the library of holidays knows them."""

from __future__ import annotations

from datetime import date

import holidays.countries  # which the first question about any of them imports whole


def known_country(code: str) -> bool:
    """Whether the public holidays of a country are known; its years are not computed for that."""
    try:
        holidays.country_holidays(code)
    except NotImplementedError:
        return False
    return True


def public_holidays(country: str, first: int, last: int) -> tuple[set[date], set[date]]:
    """Public holidays, and weekend days worked in exchange, of a country in some years."""
    try:
        found = holidays.country_holidays(country, years=range(first, last + 1))
    except NotImplementedError as error:
        raise ValueError(f"no public holidays known for country '{country}'; write its two-letter code") from error
    return set(found), set(found.weekend_workdays)
