#!/usr/bin/env python3
"""Bills of materials: Zuji and its peers in turn, in one run; medians and ratios.

    pip install numpy scipy polars        # in a virtual environment
    cargo build --release -p zuji-cli -p zuji-benches
    python3 benches/peers/bom.py [lines] > benches/runs/bom-DATE.json

Kernels: scipy's prebuilt CSR product and polars' join and group-by against `zuji-benches` (which also reads the memory
bandwidth). Whole process: polars reading, joining and grouping a table against `zuji footprint`, JSON written to a new
file, from start to end. Polars' import is never counted; it is timed in a fresh process, as Zuji is, and again with its
threads and memory warm. The last polars figure writes every line as JSON too, which is what Zuji does.
"""
import json, os, statistics, subprocess, sys, tempfile, time
import numpy, polars, scipy.sparse

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
BIN = os.path.join(os.environ.get("CARGO_TARGET_DIR", os.path.join(ROOT, "target")), "release")
ROUNDS = 7


def timed(work):
    os.sync()  # what an earlier round wrote must not be carried to the disk at this one's cost
    start = time.perf_counter()
    result = work()
    return (time.perf_counter() - start) * 1e3, result


def kernels(report):
    random = numpy.random.default_rng(1)
    products, lines, factors = 100_000, 50, 20_000
    index = numpy.minimum((factors ** random.random(products * lines) - 1).astype(numpy.int32), factors - 1)
    amount, value = random.random(products * lines), random.random(factors)
    starts = numpy.arange(0, products * lines + 1, lines)
    matrix = scipy.sparse.csr_matrix((amount, index, starts), (products, factors))
    table = polars.DataFrame({"bom": numpy.repeat(numpy.arange(products, dtype=numpy.int32), lines), "f": index, "q": amount})
    prices = polars.DataFrame({"f": numpy.arange(factors, dtype=numpy.int32), "v": value})
    join = lambda: table.lazy().join(prices.lazy(), on="f").group_by("bom").agg((polars.col("q") * polars.col("v")).sum()).collect()
    scipy_ms, polars_ms, ours = [], [], []
    for _ in range(ROUNDS):
        scipy_ms.append(timed(lambda: matrix @ value)[0])
        polars_ms.append(timed(join)[0])
        ours.append(json.loads(subprocess.run([os.path.join(BIN, "zuji-benches")], check=True, capture_output=True).stdout))
    median = lambda key: statistics.median(run[key] for run in ours)
    report["kernels"] = {key: median(key) for key in ours[0]}
    report["scipy_csr_ms"], report["polars_join_ms"] = statistics.median(scipy_ms), statistics.median(polars_ms)
    report["scipy_over_zuji"] = report["scipy_csr_ms"] / report["kernels"]["score_ms"]
    report["polars_over_zuji"] = report["polars_join_ms"] / report["kernels"]["score_ms"]
    report["raw_kernels"] = {"scipy_ms": scipy_ms, "polars_ms": polars_ms, "zuji": ours}


FRESH = """
import time, polars
start = time.perf_counter()
kilograms = polars.when(polars.col("单位") == "g").then(polars.col("数量") * 0.001).otherwise(polars.col("数量"))
sums = (kilograms * polars.col("value")).sum()
polars.{open}({bom!r}).join(polars.{open}({values!r}), on="材料").group_by("材料").agg(sums){end}
print((time.perf_counter() - start) * 1e3)
"""


def fresh(script):
    os.sync()
    return float(subprocess.run([sys.executable, "-c", script], check=True, capture_output=True, text=True).stdout)


def whole(report, count, folder):
    random = numpy.random.default_rng(2)
    names = [f"材料-{number:05}" for number in range(300)]
    pick = numpy.minimum((300 ** random.random(count) - 1).astype(int), 299)
    grams = random.random(count) < 0.5
    quantity = numpy.round(random.random(count) * 10, 4)
    bom, values, tables = os.path.join(folder, "bom.csv"), os.path.join(folder, "values.csv"), os.path.join(folder, "tables")
    with open(bom, "w", encoding="utf-8") as out:
        out.write("名称,材料,数量,单位\n")
        out.writelines(f"part-{row:07},{names[pick[row]]},{quantity[row]},{'g' if grams[row] else 'kg'}\n" for row in range(count))
    value = numpy.round(random.random(300) * 10, 3)
    with open(values, "w", encoding="utf-8") as out:
        out.write("材料,value\n")
        out.writelines(f"{name},{number}\n" for name, number in zip(names, value))
    os.makedirs(tables)
    rows = [
        {"id": f"bench/{at}", "name_en": f"bench {at}", "name_zh": name, "class": "bench", "kind": "material", "unit": "kg",
         "co2e": str(number), "gwp": "AR6", "geography": "CN", "period": "2024", "boundary": "cradle-to-gate", "source": "synthetic"}
        for at, (name, number) in enumerate(zip(names, value))
    ]
    head = {"id": "bench", "version": "1", "name_en": "bench", "name_zh": "bench", "source": "synthetic", "licence": "CC0-1.0"}
    with open(os.path.join(tables, "bench.json"), "w", encoding="utf-8") as out:
        json.dump({"schema": "zuji/factors@1", "table": head, "rows": rows}, out, ensure_ascii=False)
    kilograms = polars.when(polars.col("单位") == "g").then(polars.col("数量") * 0.001).otherwise(polars.col("数量"))
    sums = (kilograms * polars.col("value")).sum()
    eager = lambda: polars.read_csv(bom).join(polars.read_csv(values), on="材料").group_by("材料").agg(sums)
    lazy = lambda: polars.scan_csv(bom).join(polars.scan_csv(values), on="材料").group_by("材料").agg(sums).collect()
    result_file = os.path.join(folder, "out.json")
    command = [os.path.join(BIN, "zuji"), "footprint", bom, "--factors", tables, "-o", result_file]
    lines = lambda: polars.read_csv(bom).join(polars.read_csv(values), on="材料").with_columns(amount=kilograms * polars.col("value")).write_ndjson(os.path.join(folder, "lines.ndjson"))
    times = {key: [] for key in ("polars_fresh_eager_ms", "polars_fresh_lazy_ms", "polars_eager_ms", "polars_lazy_ms", "polars_lines_written_ms", "zuji_process_ms")}
    total = 0.0
    for _ in range(ROUNDS):
        spent, grouped = timed(eager)
        times["polars_eager_ms"].append(spent)
        total = float(grouped[grouped.columns[1]].sum())
        times["polars_lazy_ms"].append(timed(lazy)[0])
        times["polars_lines_written_ms"].append(timed(lines)[0])
        for way, open_, end in (("eager", "read_csv", ""), ("lazy", "scan_csv", ".collect()")):
            times[f"polars_fresh_{way}_ms"].append(fresh(FRESH.format(open=open_, end=end, bom=bom, values=values)))
        if os.path.exists(result_file):
            os.remove(result_file)
        times["zuji_process_ms"].append(timed(lambda: subprocess.run(command, capture_output=True))[0])
    measured = subprocess.run(["/usr/bin/time", "-f", "%M", *command], capture_output=True, text=True)
    report["lines"] = count
    report.update({key: statistics.median(runs) for key, runs in times.items()})
    for key in [key for key in times if key.startswith("polars")]:
        report[f"zuji_over_{key.removesuffix('_ms')}"] = report["zuji_process_ms"] / report[key]
    report["zuji_peak_mb"] = int(measured.stderr.split()[-1]) / 1024
    report["json_mb"] = os.path.getsize(os.path.join(folder, "out.json")) / 2**20
    with open(os.path.join(folder, "out.json"), "rb") as result:
        start = result.read(4096).decode("utf-8", "ignore")
    ours = float(start.split('"excluding_biogenic_uptake":"')[1].split('"')[0])
    report["relative_difference_of_totals"] = abs(ours - total) / total
    report["raw_whole"] = times


if __name__ == "__main__":
    report = {"polars": polars.__version__, "numpy": numpy.__version__, "scipy": scipy.__version__, "cpus": os.cpu_count()}
    kernels(report)
    with tempfile.TemporaryDirectory() as folder:
        whole(report, int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000, folder)
    json.dump(report, sys.stdout, indent=1)
    print()
