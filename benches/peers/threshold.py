#!/usr/bin/env python3
"""1,000 limits over 100,000 products: Zuji's sweep and the same statistics in numpy and pandas, in one run.

    pip install numpy pandas              # in a virtual environment
    cargo build --release -p zuji-benches
    python3 benches/peers/threshold.py > benches/runs/threshold-DATE.json

Statistics of every limit: products and market share that pass, mean of what passes, savings by three definitions, HHI,
makers left, pass rates of small and large firms, Wilson interval and the variance with makers as clusters. pandas groups by maker at
every limit, as a script would; numpy does the same with bincount and no grouping. Zuji's time is that of the sweep plus that of making the
sorted population from read documents.
"""
import json, os, statistics, subprocess, sys, tempfile, time
import numpy, pandas

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
BIN = os.path.join(os.environ.get("CARGO_TARGET_DIR", os.path.join(ROOT, "target")), "release")
PRODUCTS, MAKERS, LIMITS, Z = 100_000, 500, 1000, 1.959963984540054


def wilson(rate, n):
    middle = (rate + Z * Z / (2 * n)) / (1 + Z * Z / n)
    half = Z / (1 + Z * Z / n) * (rate * (1 - rate) / n + Z * Z / (4 * n * n)) ** 0.5
    return middle - half, middle + half


def by_pandas(table, limits):
    total, mean = table.weight.sum(), (table.weight * table.footprint).sum() / table.weight.sum()
    all_makers = table.groupby("maker", sort=False).weight.agg(["sum", "size"])
    small, out = table["small"], []
    for limit in limits:
        passing = table[table.footprint <= limit]
        weight = passing.weight.sum()
        makers = passing.groupby("maker", sort=False).weight.agg(["sum", "size"])
        above = table[table.footprint > limit]
        largest = passing.footprint.max()
        rate = len(passing) / len(table)
        gap = makers["size"].reindex(all_makers.index, fill_value=0) - rate * all_makers["size"]
        shared = makers["sum"].reindex(all_makers.index, fill_value=0) - weight / total * all_makers["sum"]
        out.append((
            rate, weight / total, mean - (passing.weight * passing.footprint).sum() / weight,
            (above.weight * (above.footprint - limit)).sum() / total, (above.weight * (above.footprint - largest)).sum() / total,
            1e4 * ((makers["sum"] / weight) ** 2).sum(), len(makers), passing["small"].sum() / small.sum(),
            (~passing["small"]).sum() / (~small).sum(), wilson(rate, len(table)), (gap ** 2).sum(), (shared ** 2).sum(),
        ))
    return out


def by_numpy(footprint, weight, maker, small, limits):
    total, mean = weight.sum(), (weight * footprint).sum() / weight.sum()
    all_count, all_weight = numpy.bincount(maker, minlength=MAKERS), numpy.bincount(maker, weight, MAKERS)
    out = []
    for limit in limits:
        passing = footprint <= limit
        w, x = weight[passing], footprint[passing]
        passed = w.sum()
        count, shares = numpy.bincount(maker[passing], minlength=MAKERS), numpy.bincount(maker[passing], w, MAKERS)
        over_w, over_x = weight[~passing], footprint[~passing]
        rate = len(w) / len(weight)
        out.append((
            rate, passed / total, mean - (w * x).sum() / passed, (over_w * (over_x - limit)).sum() / total,
            (over_w * (over_x - x.max())).sum() / total, 1e4 * ((shares / passed) ** 2).sum(), int((count > 0).sum()),
            small[passing].sum() / small.sum(), (~small[passing]).sum() / (~small).sum(), wilson(rate, len(weight)),
            ((count - rate * all_count) ** 2).sum(), ((shares - passed / total * all_weight) ** 2).sum(),
        ))
    return out


def timed(work):
    start = time.perf_counter()
    result = work()
    return (time.perf_counter() - start) * 1e3, result


if __name__ == "__main__":
    random = numpy.random.default_rng(1)
    table = pandas.DataFrame({
        "name": [f"p{at}" for at in range(PRODUCTS)],
        "maker": numpy.char.add("m", random.integers(0, MAKERS, PRODUCTS).astype(str)),
        "footprint": numpy.round(numpy.exp(numpy.log(400) + 0.3 * random.standard_normal(PRODUCTS)), 2),
        "weight": numpy.round(random.random(PRODUCTS), 4),
    })
    table["small"] = table.maker.str[1:].astype(int) % 3 == 0
    limits = numpy.linspace(table.footprint.min(), table.footprint.max(), LIMITS)
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "products.csv")
        out = table.assign(size=numpy.where(table["small"], "small", "large")).drop(columns="small")
        out.rename(columns={"weight": "share"}).to_csv(path, index=False)
        codes = table.maker.str[1:].astype(int).to_numpy()
        arrays = (table.footprint.to_numpy(), table.weight.to_numpy(), codes, table["small"].to_numpy())
        pandas_ms, numpy_ms, ours = [], [], []
        for _ in range(3):
            spent, peer = timed(lambda: by_pandas(table, limits))
            pandas_ms.append(spent)
            numpy_ms.append(timed(lambda: by_numpy(*arrays, limits))[0])
            run = subprocess.run([os.path.join(BIN, "sweep"), path], check=True, capture_output=True)
            ours.append(json.loads(run.stdout))
    median = statistics.median
    zuji = {key: median(run[key] for run in ours) for key in ours[0]}
    whole = zuji["population_ms"] + zuji["sweep_ms"]
    # The figures are the same.
    at = peer[500]
    for own, other in ((zuji["share"], at[1]), (zuji["reduce"], at[3]), (zuji["hhi"], at[5])):
        assert abs(own - other) <= 1e-9 * abs(other), (own, other)
    json.dump({
        "numpy": numpy.__version__, "pandas": pandas.__version__, "cpus": os.cpu_count(), "pandas_ms": median(pandas_ms),
        "numpy_ms": median(numpy_ms), "zuji": zuji, "pandas_over_zuji": median(pandas_ms) / whole,
        "numpy_over_zuji": median(numpy_ms) / whole, "raw": {"pandas": pandas_ms, "numpy": numpy_ms, "zuji": ours},
    }, sys.stdout, indent=1)
    print()
