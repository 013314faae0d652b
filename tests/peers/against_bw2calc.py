#!/usr/bin/env python3
"""Random linked systems through Zuji's command line and through bw2calc; how far apart their answers are, kept and held.

    cargo xtask peers                 builds zuji, then runs this

or by hand: python3 tests/peers/against_bw2calc.py path/to/zuji. It makes a virtual environment beside the build
(ZUJI_PEERS_VENV names another place), installs bw2calc there from PyPI, and writes tests/data/peers/bw2calc.json: date,
versions, seeds, quantiles. It fails where the 99th percentile of any quantity exceeds 1e-9; tests/tests/peers.rs holds
the kept file to the same.

Every system is written as CSV and as SciPy arrays; `zuji lci scores` gives the score of every product, `zuji lci solve`
supply and scores of a demand, which bw2calc answers by factorising. What is compared is relative to the larger of both;
entries of a supply below 1e-12 of its largest are measured against that, for there both are rounding.
"""
import collections, datetime, json, math, os, subprocess, sys, tempfile, venv

BAR = 1e-9
SMALLEST = 1e-12
ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
KEPT = os.path.join(ROOT, "tests", "data", "peers", "bw2calc.json")
NEEDED = ["bw2calc", "bw_processing", "numpy", "scipy"]
SEEDS = range(1, 9)


def environment():
    """Runs this script again within a virtual environment that has bw2calc."""
    place = os.environ.get("ZUJI_PEERS_VENV") or os.path.join(
        os.environ.get("CARGO_TARGET_DIR", os.path.join(ROOT, "target")), "peers-venv")
    python = os.path.join(place, "Scripts" if os.name == "nt" else "bin", "python")
    if not os.path.exists(python):
        print(f"virtual environment: {place}", flush=True)
        venv.create(place, with_pip=True)
    if subprocess.run([python, "-c", "import bw2calc, bw_processing"], capture_output=True).returncode:
        subprocess.run([python, "-m", "pip", "install", "--quiet", *NEEDED], check=True)
    os.execv(python, [python, os.path.abspath(__file__), *sys.argv[1:], "--within"])


def heavy_tail(numpy, rng, count):
    return numpy.exp(rng.normal(0, 2, count))


def system(numpy, shape, seed):
    """(references, A, B, C): rows of products that are no processes' own stand where `references` says."""
    rng = numpy.random.default_rng([seed, sum(shape.encode())])
    n = int(rng.integers(2, 9)) if seed == 1 else int(rng.integers(20, 250))
    own = numpy.ones(n)
    inputs = numpy.zeros((n, n))
    density = min(0.5, 6 / n)
    mask = rng.random((n, n)) < density
    numpy.fill_diagonal(mask, False)
    amounts = rng.gamma(0.6, 1.0, (n, n)) * mask
    if shape == "chain":
        inputs[numpy.arange(1, n), numpy.arange(n - 1)] = rng.uniform(0.2, 1.5, n - 1)
    elif shape == "no loops":
        inputs = numpy.triu(amounts, 1)
    else:
        radius = {"strong loops": 0.995, "recycling": 0.97}.get(shape, 0.7)
        found = max(abs(numpy.linalg.eigvals(amounts))) or 1.0
        inputs = amounts * (radius / found) if found > 1e-9 else amounts
    if shape == "own product":
        # A process takes part of what it makes.
        own = 1 - rng.uniform(0, 0.9, n)
    if shape == "co-products":
        # Some hand out what others make: a credit.
        credit = mask & (rng.random((n, n)) < 0.15)
        inputs = numpy.where(credit, -0.3 * inputs, inputs)
    a = numpy.diag(own) - inputs
    if shape in ("waste", "recycling"):
        # Treatments: the reference is an input, its users put it out.
        treated = rng.random(n) < 0.3
        a[treated, :] *= -1
    if shape == "units":
        # Products in tonnes or grams: amounts over twelve decades; processes at any scale.
        unit = 10.0 ** rng.integers(-6, 7, n)
        a = a * unit[:, None] / unit[None, :] * rng.uniform(0.1, 50, n)[None, :]
    order = rng.permutation(n)
    a = a[order]
    references = numpy.argsort(order)
    flows, impacts = int(rng.integers(2, 40)), 3
    b = heavy_tail(numpy, rng, (flows, n)) * (rng.random((flows, n)) < 0.4)
    c = heavy_tail(numpy, rng, (impacts, flows)) * (rng.random((impacts, flows)) < 0.6)
    # No flow and no impact is without a value: a data package of nothing is none.
    b[:, 0], c[:, 0] = 1 + b[:, 0], 1 + c[:, 0]
    return references, a, b, c


SHAPES = ["chain", "no loops", "loops", "strong loops", "own product", "waste", "recycling", "co-products", "units"]


def write(scipy_sparse, folder, references, a, b, c, arrays):
    n, flows, impacts = a.shape[1], b.shape[0], c.shape[0]

    def table(name, head, rows):
        with open(os.path.join(folder, name), "w") as file:
            file.write(head + "\n" + "".join(row + "\n" for row in rows))

    order = [0] * n
    for process, row in enumerate(references):
        order[process] = int(row)
    table("processes.csv", "id,name,unit,reference", (f"p{j},process {j},kg,r{order[j]}" for j in range(n)))
    table("flows.csv", "id,name,unit", (f"f{i},flow {i},kg" for i in range(flows)))
    table("impacts.csv", "id,name,unit", (f"i{k},impact {k},kg" for k in range(impacts)))
    if arrays:
        # Rows of arrays stand in the order in which processes name them.
        for name, matrix in (("A", a[order]), ("B", b), ("C", c)):
            scipy_sparse.save_npz(os.path.join(folder, name + ".npz"), scipy_sparse.csr_matrix(matrix))
        return
    for name, matrix, row, column in (("A", a, "r", "p"), ("B", b, "f", "p"), ("C", c, "i", "f")):
        entries = ((i, j) for i in range(matrix.shape[0]) for j in range(matrix.shape[1]) if matrix[i, j])
        table(name + ".csv", "row,column,value", (f"{row}{i},{column}{j},{float(matrix[i, j])!r}" for i, j in entries))


def zuji(program, *arguments):
    done = subprocess.run([program, "lci", *arguments], capture_output=True, text=True)
    if done.returncode != 0:
        sys.exit(f"{arguments}: {done.returncode}\n{done.stdout}\n{done.stderr}")
    return done.stdout


def packages(numpy, bw_processing, a, b, c):
    """Products are rows 1…, processes columns 1,000,001…, flows 2,000,001…"""
    product, process, flow = 1, 1_000_001, 2_000_001

    def places(rows, columns):
        array = numpy.zeros(len(rows), dtype=bw_processing.INDICES_DTYPE)
        array["row"], array["col"] = rows, columns
        return array

    inventory = bw_processing.create_datapackage(name="inventory")
    i, j = numpy.nonzero(a)
    inventory.add_persistent_vector(matrix="technosphere_matrix", name="t", data_array=a[i, j],
                                    indices_array=places(i + product, j + process))
    i, j = numpy.nonzero(b)
    inventory.add_persistent_vector(matrix="biosphere_matrix", name="b", data_array=b[i, j],
                                    indices_array=places(i + flow, j + process))
    methods = []
    for k in range(c.shape[0]):
        method = bw_processing.create_datapackage(name=f"m{k}")
        (i,) = numpy.nonzero(c[k])
        method.add_persistent_vector(matrix="characterization_matrix", name="c", data_array=c[k, i],
                                     indices_array=places(i + flow, numpy.zeros(len(i), int)), global_index=0)
        methods.append(method)
    return inventory, methods


def apart(ours, theirs, floor=0.0):
    size = max(abs(ours), abs(theirs), floor)
    return abs(ours - theirs) / size if size else 0.0


def main(program):
    import warnings

    warnings.simplefilter("ignore")
    import numpy, scipy, scipy.sparse, bw_processing, bw2calc

    gaps, counts = collections.defaultdict(list), collections.Counter()
    for shape in SHAPES:
        for seed in SEEDS:
            references, a, b, c = system(numpy, shape, seed)
            n = a.shape[1]
            counts["systems"] += 1
            counts["processes"] += n
            with tempfile.TemporaryDirectory() as folder:
                write(scipy.sparse, folder, references, a, b, c, arrays=seed % 2 == 0)
                scored = os.path.join(folder, "scores.json")
                zuji(program, "scores", folder, "-o", scored)
                with open(scored) as file:
                    scores = {one["id"]: [float(value) for value in one["scores"]] for one in json.load(file)["products"]}
                rng = numpy.random.default_rng(seed)
                chosen = sorted(int(j) for j in rng.choice(n, min(n, 6), replace=False))
                answers = {}
                for j in chosen:
                    text = zuji(program, "solve", folder, "--demand", f"p{j}=2.5", "--format", "json")
                    answers[j] = json.loads(text)
            inventory, methods = packages(numpy, bw_processing, a, b, c)
            for k, method in enumerate(methods):
                lca = None
                for j in chosen:
                    demand = {int(references[j]) + 1: 2.5}
                    if lca is None:
                        lca = bw2calc.LCA(demand, data_objs=[inventory, method])
                        lca.lci(factorize=True)
                        lca.lcia()
                    else:
                        lca.lci(demand=demand)
                        lca.lcia_calculation()
                    theirs = float(lca.score)
                    # The score of one unit of a treatment counts what is treated: λ × the sign of the reference.
                    sign = -1.0 if a[references[j], j] < 0 else 1.0
                    gaps["score", shape].append(apart(scores[f"p{j}"][k] * sign * 2.5, theirs))
                    gaps["score of a demand", shape].append(apart(float(answers[j]["scores"][k]["amount"]), theirs))
                    gaps["the same forward", shape].append(apart(float(answers[j]["scores"][k]["forward"]), theirs))
                    if k:
                        continue
                    supply = {one["process"]: float(one["units"]) for one in answers[j]["supply"]}
                    floor = SMALLEST * float(numpy.abs(lca.supply_array).max())
                    for process, column in lca.dicts.activity.items():
                        ours = supply.get(f"p{process - 1_000_001}", 0.0)
                        gaps["supply", shape].append(apart(ours, float(lca.supply_array[column]), floor))
        print(shape, "%.1e" % max(max(list_) for (_, own), list_ in gaps.items() if own == shape), flush=True)

    def quantiles(list_):
        array = numpy.array(list_)
        text = lambda value: float("%.2e" % value)
        return {"values": len(list_), **{f"q{q}": text(numpy.quantile(array, q / 100)) for q in (50, 90, 99)}, "most": text(array.max())}

    everything = collections.defaultdict(list)
    for (what, _), list_ in gaps.items():
        everything[what] += list_
    report = {
        "what": "relative differences between Zuji and bw2calc on random systems; tests/peers/against_bw2calc.py says how",
        "date": datetime.date.today().isoformat(),
        "versions": {
            "zuji": subprocess.run([program, "--version"], capture_output=True, text=True).stdout.split()[-1],
            "bw2calc": ".".join(map(str, bw2calc.__version__)) if not isinstance(bw2calc.__version__, str) else bw2calc.__version__,
            "numpy": numpy.__version__, "scipy": scipy.__version__, "python": sys.version.split()[0],
        },
        "seeds": list(SEEDS), "bar_of_q99": BAR, **counts,
        "all": {what: quantiles(list_) for what, list_ in everything.items()},
        "shapes": {shape: {what: quantiles(list_) for (what, own), list_ in gaps.items() if own == shape} for shape in SHAPES},
    }
    os.makedirs(os.path.dirname(KEPT), exist_ok=True)
    with open(KEPT, "w") as file:
        json.dump(report, file, indent=1)
        file.write("\n")
    print(json.dumps(report["all"], indent=1))
    worst = max(one["q99"] for shape in report["shapes"].values() for one in shape.values())
    if not worst <= BAR:
        sys.exit(f"q99 is {worst}, above {BAR}")


if "--within" not in sys.argv:
    environment()
arguments = [one for one in sys.argv[1:] if one != "--within"]
main(arguments[0] if arguments else os.path.join(os.environ.get("CARGO_TARGET_DIR", os.path.join(ROOT, "target")), "debug", "zuji"))
