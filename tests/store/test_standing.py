"""Taking a load back and giving it back: the second undoes the first, whatever the source delivers."""

from __future__ import annotations

import pytest

from data.store.standing import Overtaken
from tests.store.town import Town, contents, rebuilt

JANUARY, FEBRUARY = "2026-01-05,east,5", "2026-02-05,east,9"


def days(town: Town) -> list[tuple]:
    sql = "SELECT strftime(bucket, '%m-%d'), sum(rows) FROM rollup_visit GROUP BY 1 HAVING sum(rows) > 0 ORDER BY 1"
    return town.rows(sql)


@pytest.mark.parametrize("name", ["visit_1.csv", "book.csv", "month_1.csv"])
def test_giving_back_undoes_taking_back(town: Town, tmp_path, name: str) -> None:
    town.put(name, JANUARY, "2026-03-05,east,1")
    town.tick()
    town.put(name, JANUARY, FEBRUARY, FEBRUARY)
    town.tick()
    before, undone = contents(town.writer.connection, town.writer.shapes), dict(town.writer.manifest.undone)
    counts = town.writer.manifest.sources
    town.writer.undo(2)
    assert days(town) == [("01-05", 1), ("03-05", 1)]
    town.writer.restore(2)
    assert contents(town.writer.connection, town.writer.shapes) == before
    assert before == rebuilt(tmp_path, town.store, town.writer.manifest, town.writer.shapes)
    assert town.writer.manifest.undone == undone
    assert town.writer.manifest.sources == counts


def test_of_a_key_the_newest_standing_row_counts(town: Town) -> None:
    town.put("dossier_1.csv", "1,N,2026-01-05,,5,desk")
    town.tick()
    town.put("dossier_2.csv", "1,N,2026-01-05,,7,desk")
    town.tick()
    found = []
    for act in (town.writer.undo, town.writer.restore):
        act(2)
        found.append(town.rows("SELECT fee FROM current_dossier"))
    assert found == [[(5,)], [(7,)]]


def test_only_what_was_taken_back_by_hand_is_given_back(town: Town) -> None:
    town.put("book.csv", JANUARY)
    town.tick()
    town.put("book.csv", FEBRUARY)
    town.tick()
    for load in (1, 2, 9):  # replaced, counting, unknown
        with pytest.raises(KeyError):
            town.writer.restore(load)


@pytest.mark.parametrize(
    ("name", "later"), [("book.csv", "book.csv"), ("visit_1.csv", "visit_1.csv"), ("month_1.csv", "month_2.csv")]
)
def test_what_a_later_delivery_holds_is_not_counted_twice(town: Town, name: str, later: str) -> None:
    town.put(name, JANUARY)
    town.tick()
    town.writer.undo(1)
    town.put(later, JANUARY.replace(",5", ",16"))
    assert town.tick() == [2]
    with pytest.raises(Overtaken) as refused:
        town.writer.restore(1)
    assert refused.value.by == 2
    assert days(town) == [("01-05", 1)]


def test_more_rows_at_the_end_do_not_overtake(town: Town) -> None:
    town.put("visit_1.csv", JANUARY)
    town.tick()
    town.writer.undo(1)
    town.append("visit_1.csv", FEBRUARY)
    assert town.tick() == [2]
    town.writer.restore(1)
    assert days(town) == [("01-05", 1), ("02-05", 1)]
