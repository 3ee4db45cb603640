"""The numbers of the indicators of indicators.txt with pandas, from the files of a portfolio.

    figures.py FOLDER CUT OUTPUT

FOLDER holds one CSV file an entity, with its cooperation in the first column. Written as somebody who knows pandas
would: frames by cooperation and quarter, rolling sums, distinct people by taking each only once.
"""
import sys

import numpy as np
import pandas as pd

folder, cut, output = sys.argv[1], pd.Timestamp(sys.argv[2]), sys.argv[3]
SIAE = ["EI", "ETTI", "ACI", "AI", "EITI"]
KEY = ["cooperation_id", "q"]


def read(name, **options):
    return pd.read_csv(f"{folder}/{name}.csv", **options)


def quarter(days):
    return (days.dt.year - 2016) * 4 + days.dt.quarter - 1


cooperation = read("cooperation")
names = cooperation.cooperation_id.sort_values().to_numpy()
grid = pd.MultiIndex.from_product([names, range(40)], names=KEY)
is_siae = np.repeat(cooperation.set_index("cooperation_id").kind.reindex(names).isin(SIAE).to_numpy(), 40)
results = []


def on_grid(series):
    return series.reindex(grid)


def year(series):
    """The quarter and the three before it; empty when nothing was there."""
    return series.groupby(level=0, sort=False).rolling(4, min_periods=1).sum().droplevel(0)


def put(indicator, numerator, n, denominator=None, only=None, field="", part=None):
    frame = pd.DataFrame({"numerator": numerator, "n": n})
    if denominator is not None:
        frame["denominator"] = denominator
        frame = frame[frame.denominator > 0]
        frame["value"] = frame.numerator / frame.denominator
    else:
        frame["value"], frame["denominator"] = frame.numerator, np.nan
    if only is not None:
        frame = frame[pd.Series(only, grid).reindex(frame.index if part is None else frame.index.droplevel(2)).to_numpy()]
    frame = frame[frame.value.notna()].reset_index()
    if denominator is None:
        frame["numerator"] = np.nan
    frame["indicator"], frame["part_field"] = indicator, field
    frame["part_value"] = "" if part is None else frame[part]
    results.append(frame[KEY + ["indicator", "part_field", "part_value", "value", "numerator", "denominator", "n"]])


participant = read("participant", dtype={"schooling": "str"})
pathway = read("pathway", parse_dates=["started_on"]).merge(participant, on=["cooperation_id", "participant"], how="left")
activity = read("monthly_activity", parse_dates=["month"]).merge(pathway, on=["cooperation_id", "pathway"])
activity["q"] = quarter(activity.month)
base = read("etp_base", parse_dates=["valid_from"]).set_index("kind")
activity["etp"] = (activity.hours_worked / activity.kind.map(base.hours)).where(activity.month >= activity.kind.map(base.valid_from))
activity["theoretical"] = activity.hours_worked + activity.hours_absent
of_siae = activity[activity.kind.isin(SIAE)]
by = activity.groupby(KEY)
total = by.agg(worked=("hours_worked", "sum"), absent=("hours_absent", "sum"), theoretical=("theoretical", "sum"), n=("q", "size"))
total = total.reindex(grid)
put("hours-worked", total.worked, total.n)
put("absenteeism-rate", total.absent, total.n, total.theoretical)
siae = of_siae.groupby(KEY).agg(etp=("etp", lambda etp: etp.sum(min_count=1)), n=("q", "size")).reindex(grid)
put("etp-annual", siae.etp, siae.n, only=is_siae)
entered = activity[["cooperation_id", "employer", "kind", "month", "q"]].drop_duplicates()
convention = read("convention", parse_dates=["started_on", "ended_on"])
months = entered.merge(convention, left_on=["cooperation_id", "employer", "kind"], right_on=["cooperation_id", "organisation", "kind"])
months = months[(months.month >= months.started_on.dt.to_period("M").dt.to_timestamp()) & (months.month <= months.ended_on)]
posts = months.groupby(KEY).agg(posts=("etp_posts", "sum"), n=("q", "size")).reindex(grid)
put("etp-realisation-rate", siae.etp * 12, posts.n, posts.posts, only=is_siae)

# Distinct people of a rolling year: a person is in the windows of the four quarters after being seen.
present = activity[activity.hours_worked >= 1].copy()
age = present.month.dt.year - present.birth_year
present["age_group"] = np.where(present.birth_year.isna(), None, np.where(age < 26, "under_26", np.where(age >= 50, "50_plus", "26_49")))
keys = KEY + ["participant", "sex", "rsa", "rqth", "qpv", "registration", "age_group"]
seen = present[keys].drop_duplicates()
windows = pd.concat([seen.assign(q=seen.q + ahead) for ahead in range(4)])
windows = windows[windows.q < 40].drop_duplicates()


def people(rows):
    return on_grid(rows[KEY + ["participant"]].drop_duplicates().groupby(KEY).size())


def rows(condition):
    return year(on_grid(present[condition].groupby(KEY).size()))


at_work = present[["cooperation_id", "pathway", "q"]].drop_duplicates()
served, n_present = people(windows), rows(present.q >= 0)
put("participants-served", served, served)
for indicator, field, value in [
    ("women-share", "sex", "F"), ("rsa-share", "rsa", "t"), ("rqth-share", "rqth", "t"), ("qpv-share", "qpv", "t"),
    ("detld-share", "registration", "24_plus"), ("senior-share", "age_group", "50_plus"), ("youth-share", "age_group", "under_26"),
]:
    known = people(windows[windows[field].notna()])
    put(indicator, people(windows[windows[field] == value]).fillna(0), known, known)

training = read("training", parse_dates=["started_on"])
training["q"] = quarter(training.started_on)
hours = year(on_grid(training.groupby(KEY).hours.sum())).fillna(0)
put("training-hours-per-person", hours, n_present, served)
trained = training.merge(pathway[["cooperation_id", "pathway", "participant"]], on=["cooperation_id", "pathway"])
# only in a quarter worked, so that whoever is counted is served
trained = trained.merge(at_work, on=["cooperation_id", "pathway", "q"])
trained = pd.concat([trained.assign(q=trained.q + ahead) for ahead in range(4)])
put("training-access-rate", people(trained[trained.q < 40]).fillna(0), served, served)

# Exits.
motif = read("exit_motif").set_index("code")["class"]
exits = read("exit", parse_dates=["exited_on"]).merge(pathway, on=["cooperation_id", "pathway"])
exits["q"], exits["year"] = quarter(exits.exited_on), exits.exited_on.dt.year
in_year = activity.groupby(["cooperation_id", "pathway", activity.month.dt.year.rename("year")]).hours_worked.sum()
exits = exits.join(in_year.rename("hours"), on=["cooperation_id", "pathway", "year"])
exits["hours"] = exits.hours.fillna(0)
exits["class"] = exits.motif.map(motif).fillna("undocumented")
exits["days"] = (exits.exited_on - exits.started_on).dt.days
exits["siae"] = exits.kind.isin(SIAE)
exits["reached"] = np.select(
    [exits.kind.isin(["EI", "ACI"]), exits.kind.isin(["AI", "ETTI"]), exits.kind == "EITI"],
    [(exits.hours >= 1) & (exits.days * 0.0328767 > 2.65), exits.hours >= 150, exits.hours >= 1], False).astype(bool)
inside = ~exits["class"].isin(["withdrawal", "outside"])
exits["examined_b"] = exits.siae & exits.reached & inside
exits["examined"] = exits.examined_b & exits.motif.notna()
is_dynamic = exits["class"].isin(["durable", "transition", "positive"])


def exit_count(condition):
    return on_grid(exits[condition].groupby(KEY).size()).fillna(0)


examined, examined_b = exit_count(exits.examined), exit_count(exits.examined_b)
put("exits-examined", examined, examined, only=is_siae)
for indicator, condition in [
    ("dynamic-exit-rate", is_dynamic), ("durable-exit-rate", exits["class"] == "durable"),
    ("transition-exit-rate", exits["class"] == "transition"), ("positive-exit-rate", exits["class"] == "positive"),
]:
    count = exit_count(exits.examined & condition)
    put(indicator, count, examined, examined, only=is_siae)
    if indicator in ("dynamic-exit-rate", "durable-exit-rate"):
        put(indicator + "-rolling-year", year(count), year(examined), year(examined), only=is_siae)
put("dynamic-exit-rate-b", exit_count(exits.examined_b & is_dynamic), examined_b, examined_b, only=is_siae)
reached_siae = year(exit_count(exits.siae & exits.reached))
put("exit-documentation-rate", year(exit_count(exits.siae & exits.reached & exits.motif.notna())), reached_siae, reached_siae, only=is_siae)
all_exits = year(exit_count(exits.q >= 0))
put("exits", all_exits, all_exits)
reached = year(exit_count(exits.reached))
put("pathway-length", (year(on_grid(exits[exits.reached].groupby(KEY).days.sum()).fillna(0)) / reached).where(reached > 0), reached)


def rolling_parts(frame, field, weight=None):
    spread = pd.concat([frame.assign(q=frame.q + ahead) for ahead in range(4)])
    spread = spread[spread.q < 40].groupby(KEY + [field])
    return spread.size() if weight is None else spread[weight].sum()


parts = rolling_parts(exits, "class")
put("exits", parts, parts, field="class", part="class")

followed = exits[exits.examined & ~exits.motif.isin([2, 96])].sort_values(["exited_on", "pathway"], ascending=[False, True])
followed = followed.drop_duplicates(["cooperation_id", "participant"])
followed = followed.merge(pd.DataFrame({"horizon": [3, 6, 12]}), how="cross")
followed = followed.merge(read("follow_up"), on=["cooperation_id", "pathway", "horizon"], how="left")
due_on = followed.exited_on.copy()
for horizon in (3, 6, 12):
    at = followed.horizon == horizon
    due_on[at] = followed.exited_on[at] + pd.DateOffset(months=horizon)
followed["due"] = due_on <= cut
followed["known"] = followed.due & followed.situation.isin(["in_job", "not_in_job"])
followed["situation"] = followed.situation.fillna("unknown")
six = followed[followed.horizon == 6]


def follow_count(condition):  # of a year of exits that ended six months earlier
    return year(on_grid(six[condition].groupby(KEY).size()).fillna(0)).groupby(level=0).shift(2, fill_value=0)


count, known = follow_count(six.q >= 0), follow_count(six.known)
put("follow-ups-at-6-months", count, count, only=is_siae)
put("in-job-at-6-months", follow_count(six.due & (six.situation == "in_job")), known, known, only=is_siae)
followed["here"] = (followed.horizon == 6).astype(int)
parts = rolling_parts(followed.assign(q=followed.q + 2), "situation", "here")
put("follow-ups-at-6-months", parts, parts, field="situation", part="situation", only=is_siae)

pathway["q"] = quarter(pathway.started_on)
entries = on_grid(pathway.groupby(KEY).size()).fillna(0)
put("entries", entries, entries)
leaving = pathway[["cooperation_id", "pathway", "q"]].merge(exits[["cooperation_id", "pathway", "q"]], on=["cooperation_id", "pathway"], how="left", suffixes=("", "_left"))
came = on_grid(leaving[~(leaving.q_left <= leaving.q)].groupby(KEY).size()).fillna(0)
left = leaving[leaving.q_left > leaving.q]
left = on_grid(left.assign(q=left.q_left.astype(int)).groupby(KEY).size()).fillna(0)
there = (came - left).groupby(level=0).cumsum()
put("participants-present", there, there)

# Partners, money, materials, clauses, observations.
given, promised = read("contribution", parse_dates=["delivered_on"]), read("commitment")
given["q"] = quarter(given.delivered_on)
promised["q"] = (promised.quarter.str[:4].astype(int) - 2016) * 4 + promised.quarter.str[5:].astype(int) - 1


def total_of(frame, field):
    return on_grid(frame.groupby(KEY)[field].sum(min_count=1)), on_grid(frame.groupby(KEY).size())


for indicator, frame in [("contributions-delivered", given), ("contributions-promised", promised)]:
    value, n = total_of(frame, "value_eur")
    put(indicator, value.where(n.notna(), 0), n.fillna(0))
    for field in ("kind", "organisation"):
        groups = frame.groupby(KEY + [field])
        put(indicator, groups.value_eur.sum(min_count=1), groups.size(), field=field, part=field)
value, n = total_of(given, "value_eur")
promise, promises = total_of(promised, "value_eur")
delivered = year(value)
put("contributions-delivery-rate", delivered.where(year(n).notna(), 0), year(promises), year(promise))
for indicator, condition, field in [
    ("sponsored-hours", (given.kind == "skills_sponsorship") & (given.unit == "hours"), "quantity"),
    ("entrusted-turnover", given.kind == "entrusted_turnover", "value_eur"),
    ("jobs-offered", (given.kind == "job_offer") & (given.unit == "people"), "quantity"),
]:
    value, n = total_of(given[condition], field)
    put(indicator, value.fillna(0), n.fillna(0))
finance = read("finance_line", parse_dates=["month"])
finance["q"] = quarter(finance.month)
turnover, n = total_of(finance[finance.category == "turnover"], "amount_eur")
put("turnover", turnover, n)
aid, n = total_of(finance[finance.category.isin(["aide_au_poste", "subsidy"])], "amount_eur")
put("public-aid", aid, n)
income, n = total_of(finance[finance.category.isin(["turnover", "aide_au_poste", "subsidy", "other_income"])], "amount_eur")
put("self-financing-rate", year(turnover), year(n), year(income))
flow = read("material_flow", parse_dates=["month"])
flow["q"] = quarter(flow.month)
tonnes, n = total_of(flow, "tonnes")
put("tonnes-sorted", tonnes, n)
put("tonnes-since-start", tonnes.groupby(level=0).cumsum(), n.groupby(level=0).cumsum())
groups = flow.groupby(KEY + ["material"])
put("tonnes-sorted", groups.tonnes.sum(), groups.size(), field="material", part="material")
clause, market = read("clause_hours", parse_dates=["month"]), read("market", parse_dates=["started_on", "ended_on"])
clause["q"] = quarter(clause.month)
market["months"] = (market.ended_on.dt.year - market.started_on.dt.year) * 12 + market.ended_on.dt.month - market.started_on.dt.month + 1
spread = market.loc[market.index.repeat(market.months)].copy()
ahead = spread.groupby(level=0).cumcount()
spread["q"] = ((spread.started_on.dt.year - 2016) * 12 + spread.started_on.dt.month - 1 + ahead) // 3
spread["hours"] = spread.clause_hours_committed / spread.months
hours, _ = total_of(clause, "hours")
committed, n = total_of(spread, "hours")
put(
    "clause-hours-realisation-rate", hours.groupby(level=0).cumsum().groupby(level=0).ffill(), n.groupby(level=0).cumsum().groupby(level=0).ffill(),
    committed.groupby(level=0).cumsum().groupby(level=0).ffill())
observation = read("observation", parse_dates=["month"])
observation["q"] = quarter(observation.month)
for name in ("esat_workshop_hours", "steering_meetings"):
    value, n = total_of(observation[observation.name == name], "value")
    put(name.replace("_", "-"), value, n)

found = pd.concat(results)
# A rolling year has a figure once four quarters of it were delivered; one that ended six months earlier, two quarters later.
whole_years = {
    "contributions-delivery-rate", "detld-share", "durable-exit-rate-rolling-year", "dynamic-exit-rate-rolling-year",
    "exit-documentation-rate", "exits", "participants-served", "pathway-length", "qpv-share", "rqth-share", "rsa-share",
    "self-financing-rate", "senior-share", "training-access-rate", "training-hours-per-person", "women-share", "youth-share",
}
begins = found.indicator.map(lambda name: 3 if name in whole_years else 5 if name.endswith("-at-6-months") else 0)
found = found[found.q >= begins]
found["quarter"] = (2016 + found.q // 4).astype(str) + "T" + (found.q % 4 + 1).astype(str)
found["n"] = found.n.astype(int)
found.drop(columns="q")[
    ["cooperation_id", "indicator", "quarter", "part_field", "part_value", "value", "numerator", "denominator", "n"]
].to_csv(output, index=False)
