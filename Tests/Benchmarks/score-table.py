"""Writes an invented table of UNITS x PERIODS x 70 indicators, the same each time, as CSV and for numpy, and its scorecard.

    score-table.py FOLDER UNITS PERIODS
"""
import sys
import numpy as np

folder, units, periods, width = sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), 70
draw = np.random.Generator(np.random.PCG64(2026))
values = draw.integers(0, 1001, size=(periods * units, width))
values[draw.random(values.shape) < 0.02] = -1          # missing
texts = [f"{k / 10:g}" for k in range(1001)] + [""]     # -1 is the last one
names = [f"i{k:02d}" for k in range(width)]
with open(f"{folder}/table.csv", "w") as out:
    out.write("unit,period," + ",".join(names) + "\n")
    for period in range(periods):
        label = f"{2017 + period // 4}T{period % 4 + 1}"
        for unit in range(units):
            row = values[period * units + unit]
            out.write(f"u{unit:05d},{label}," + ",".join([texts[k] for k in row]) + "\n")
np.save(f"{folder}/table.npy", np.where(values < 0, np.nan, values / 10))
with open(f"{folder}/index.yaml", "w") as out:
    out.write("unit: unit\nperiod: period\nnodes:\n  - { name: top, aggregation: geometric-from-one }\n")
    for group in range(width // 10):
        out.write(f"  - {{ name: g{group}, parent: top }}\n")
    for k, name in enumerate(names):
        out.write(f"  - {{ name: {name}, parent: g{k // 10}, weight: {1 + k % 3}, low: 0, high: 100 }}\n")
    fixed = ", ".join(f"{name}: {1 + k * 7 % 5}" for k, name in enumerate(names))
    out.write(f"weight_sets:\n  - {{ name: fixed, weights: {{ {fixed} }} }}\n")
    out.write("sensitivity:\n  normalisations: [min-max]\n  weights: [equal, fixed]\n"
              "  aggregations: [arithmetic]\n  leave_one_out: true\n")
