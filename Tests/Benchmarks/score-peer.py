"""The algorithm of COINr's get_sensitivity (MIT), over numpy's arrays: for each combination of choices the index is
built again, normalised, aggregated and ranked, units against units, period by period; then the bands over all of them.

    score-peer.py TABLE.npy UNITS PERIODS [ONE_IN]

Two processes share the combinations, then the periods. Prints seconds; reading the table is not among them. ONE_IN
computes every so many-th combination only, of that share of the units for the bands, and multiplies the time: said on
standard error.
"""
import functools, mmap, os, sys, time
import numpy as np

table, units, periods = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
one_in = int(sys.argv[4]) if len(sys.argv) > 4 else 1
raw = np.load(table)                       # (periods * units, indicators), NaN where missing
width = raw.shape[1]
groups = [np.arange(g * 10, g * 10 + 10) for g in range(width // 10)]
weight_sets = {"own": 1.0 + np.arange(width) % 3, "equal": np.ones(width),
               "fixed": 1.0 + (np.arange(width) * 7) % 5}
runs = [(n, w, a, d)
        for n in ("goalposts", "min-max")
        for w in ("own", "equal", "fixed")
        for a in (("arithmetic", "geometric"), ("arithmetic", "arithmetic"))
        for d in [-1] + list(range(width))]
chosen = runs[::one_in]
kept = max(1, units // one_in)

def shared(shape, kind):
    size = int(np.prod(shape)) * np.dtype(kind).itemsize
    return np.frombuffer(mmap.mmap(-1, size), dtype=kind).reshape(shape)

start = time.perf_counter()
least, greatest = np.nanmin(raw, axis=0), np.nanmax(raw, axis=0)

@functools.cache                           # COINr normalises again for each; the peer need not
def normalised(name):
    if name == "goalposts":
        return np.clip(raw, 0.0, 100.0)
    return 100 * (raw - least) / (greatest - least)

def mean(values, weights, kind):
    known = ~np.isnan(values)
    total = known @ weights
    if kind == "arithmetic":
        return np.where(known, values, 0.0) @ weights / np.where(total > 0, total, np.nan)
    logs = np.where(known, np.log(1 + 0.99 * np.where(known, values, 1.0)), 0.0)
    return (np.exp(logs @ weights / np.where(total > 0, total, np.nan)) - 1) / 0.99

def scores(norm, weights, kinds, left_out):
    x, weights = normalised(norm), weight_sets[weights]
    parts = []
    for columns in groups:
        columns = columns[columns != left_out]
        parts.append(mean(x[:, columns], weights[columns], kinds[0]))
    return mean(np.stack(parts, axis=1), np.ones(len(groups)), kinds[1])

def ranks(y):
    y = np.round(y.reshape(periods, units), 12)
    order = np.argsort(-y, axis=1)
    sorted_y = np.take_along_axis(y, order, axis=1)
    first = np.ones_like(sorted_y, dtype=bool)
    first[:, 1:] = sorted_y[:, 1:] != sorted_y[:, :-1]
    rank = np.maximum.accumulate(np.where(first, np.arange(1, units + 1), 0), axis=1)
    place = np.empty_like(order)
    np.put_along_axis(place, order, rank, axis=1)
    return place

all_scores = shared((len(chosen), periods, kept), np.float32)
all_ranks = shared((len(chosen), periods, kept), np.uint16)
shifts = shared((len(chosen), periods), np.float64)
bands = shared((2, 3, periods, kept), np.float64)
reference = ranks(scores(*runs[0]))

def both(work, count):
    """Does `work` for every number below `count`, in two processes."""
    child = os.fork()
    for index in range(0 if child else 1, count, 2):
        work(index)
    if child == 0:
        os._exit(0)
    if os.waitpid(child, 0)[1]:
        sys.exit("the second process failed")

def combination(index):
    y = scores(*chosen[index])
    place = ranks(y)
    shifts[index] = np.abs(place - reference).mean(axis=1)
    all_scores[index] = y.reshape(periods, units)[:, :kept]
    all_ranks[index] = place[:, :kept]

def band(period):
    share = [0.05, 0.5, 0.95]
    bands[0, :, period] = np.quantile(all_scores[:, period], share, axis=0)
    bands[1, :, period] = np.quantile(all_ranks[:, period], share, axis=0)

both(combination, len(chosen))
both(band, periods)
elapsed = time.perf_counter() - start
if one_in > 1:
    print(f"one in {one_in} of {len(runs)} combinations was computed; the time is multiplied", file=sys.stderr)
print(f"{elapsed * len(runs) / len(chosen):.3f}")
