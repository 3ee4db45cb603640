"""The algorithm of COINr's get_sensitivity (MIT), over numpy's arrays: for each combination of choices the index is
built again, normalised, aggregated and ranked, units against units, period by period.

    score-peer.py TABLE.npy UNITS PERIODS [ONE_IN]

ONE_IN computes every so many-th combination only and multiplies the time: said on standard error.
"""
import functools, sys, time
import numpy as np

table, units, periods = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
one_in = int(sys.argv[4]) if len(sys.argv) > 4 else 1
raw = np.load(table)                       # (periods * units, indicators), NaN where missing
width = raw.shape[1]
start = time.perf_counter()

low, high = np.zeros(width), np.full(width, 100.0)
least, greatest = np.nanmin(raw, axis=0), np.nanmax(raw, axis=0)

@functools.cache                           # COINr normalises again for each; the peer need not
def normalised(name):
    if name == "goalposts":
        return 100 * np.clip((raw - low) / (high - low), 0, 1)
    return 100 * (raw - least) / (greatest - least)

def mean(values, weights, kind):
    known = ~np.isnan(values)
    total = (known * weights).sum(axis=1)
    filled = np.where(known, values, 0.0)
    if kind == "arithmetic":
        return np.where(total > 0, (filled * weights).sum(axis=1) / np.where(total > 0, total, 1), np.nan)
    logs = np.where(known, np.log(1 + 0.99 * np.where(known, values, 1.0)), 0.0)
    return np.where(total > 0, (np.exp((logs * weights).sum(axis=1) / np.where(total > 0, total, 1)) - 1) / 0.99, np.nan)

groups = [np.arange(g * 10, g * 10 + 10) for g in range(width // 10)]
own = 1 + np.arange(width) % 3

def scores(norm, weights, tops, kinds, left_out):
    x = normalised(norm)
    parts, part_weights = [], []
    for g, columns in enumerate(groups):
        columns = columns[columns != left_out]
        parts.append(mean(x[:, columns], weights[columns].astype(float), kinds[0]))
        part_weights.append(tops[g])
    return mean(np.stack(parts, axis=1), np.array(part_weights, dtype=float), kinds[1])

def ranks(y):
    y = np.round(y.reshape(periods, units), 12)
    order = np.argsort(-y, axis=1, kind="stable")
    place = np.empty_like(order)
    rows = np.arange(periods)[:, None]
    sorted_y = np.take_along_axis(y, order, axis=1)
    first = np.ones_like(sorted_y, dtype=bool)
    first[:, 1:] = sorted_y[:, 1:] != sorted_y[:, :-1]
    rank = np.maximum.accumulate(np.where(first, np.arange(1, units + 1), 0), axis=1)
    place[rows, order] = rank
    return place.astype(np.uint16)

tops = np.ones(len(groups))
runs = [(n, w, a, d)
        for n in ("goalposts", "min-max")
        for w in ("own", "equal", "fixed")
        for a in (("arithmetic", "geometric"), ("arithmetic", "arithmetic"))
        for d in [-1] + list(range(width))]
weight_sets = {"own": own, "equal": np.ones(width), "fixed": 1 + (np.arange(width) * 7) % 5}
done, reference = [], None
all_scores, all_ranks = [], []
for index, (n, w, a, d) in enumerate(runs):
    if index % one_in:
        continue
    y = scores(n, weight_sets[w], tops, a, d)
    r = ranks(y)
    reference = r if reference is None else reference
    done.append(np.abs(r.astype(np.int32) - reference).mean(axis=1))
    # Bands need every combination of a unit: kept for a slice of units, as memory allows.
    all_scores.append(y.reshape(periods, units)[:, : units // one_in if one_in > 1 else units].astype(np.float32))
    all_ranks.append(r[:, : units // one_in if one_in > 1 else units])
for period in range(periods):
    np.quantile(np.stack([s[period] for s in all_scores]), [0.05, 0.5, 0.95], axis=0)
    np.quantile(np.stack([s[period] for s in all_ranks]), [0.05, 0.5, 0.95], axis=0)
elapsed = time.perf_counter() - start
if one_in > 1:
    print(f"one in {one_in} of {len(runs)} combinations was computed; the time is multiplied", file=sys.stderr)
print(f"{elapsed * one_in:.3f}")
