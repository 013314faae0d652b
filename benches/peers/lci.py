#!/usr/bin/env python3
"""Linked inventories: Zuji and its peers in turn, in one run; medians, ratios and the difference of the answers.

    pip install numpy scipy bw2calc bw_processing pypardiso    # in a virtual environment; libumfpack5 from Debian
    cargo build --release -p zuji-benches
    python3 benches/peers/lci.py SYSTEM.bin [ROUNDS] > benches/runs/lci-DATE.json

SYSTEM.bin is a generated system in the form that `benches/src/generated.rs` describes. Peers: bw2calc's
FastScoresOnlyMultiLCA (adjoint for all products, forward for 1,000 demands), and the factorisations it can use, UMFPACK
and PARDISO, on the transposed matrix (far cheaper than the matrix itself), each with one solve. Matrices are in memory.

From a database file to the first score, whole processes: `zuji lci solve` on the system as SciPy arrays and as CSV, bw2calc
on its data packages in a folder, each as a program of its own, with its wall time and largest resident memory. `--file-only`
runs nothing else, and needs neither UMFPACK nor PARDISO; `zuji` is that of the release build.
"""
import ctypes, ctypes.util, json, os, statistics, subprocess, sys, tempfile, time, warnings

warnings.simplefilter("ignore")
import numpy, scipy.sparse

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
BIN = os.path.join(os.environ.get("CARGO_TARGET_DIR", os.path.join(ROOT, "target")), "release", "lci")
ZUJI = os.path.join(os.path.dirname(BIN), "zuji")


def timed(work):
    start = time.perf_counter()
    result = work()
    return (time.perf_counter() - start) * 1e3, result


def read(path):
    """A, B (by column) and C (by row) of a system file."""
    with open(path, "rb") as file:
        assert file.read(8) == b"LCA1\0\0\0\0"
        n, m, k, a, b, c = (int(word) for word in numpy.fromfile(file, "<u8", 6))
        matrices = []
        for major, count, spreads in ((n, a, True), (n, b, True), (k, c, False)):
            starts, indices = numpy.fromfile(file, "<u4", major + 1), numpy.fromfile(file, "<u4", count)
            values = numpy.fromfile(file, "<f8", count)
            if spreads:
                numpy.fromfile(file, "<f8", count)
            matrices.append((values, indices.astype(numpy.int32), starts.astype(numpy.int32)))
    return (scipy.sparse.csc_matrix(matrices[0], (n, n)), scipy.sparse.csc_matrix(matrices[1], (m, n)),
            scipy.sparse.csr_matrix(matrices[2], (k, m)))


class Umfpack:
    """UMFPACK's 64-bit interface; the matrix is given by column."""

    def __init__(self, matrix):
        self.lib = ctypes.CDLL(ctypes.util.find_library("umfpack"))
        self.starts, self.indices = matrix.indptr.astype(numpy.int64), matrix.indices.astype(numpy.int64)
        self.values, self.size = numpy.ascontiguousarray(matrix.data), matrix.shape[0]
        self.control, self.info = numpy.zeros(20), numpy.zeros(90)
        self.lib.umfpack_dl_defaults(self.at(self.control))
        self.symbolic, self.numeric = ctypes.c_void_p(), ctypes.c_void_p()
        size, arrays = ctypes.c_int64(self.size), [self.at(part) for part in (self.starts, self.indices, self.values)]
        tail = (self.at(self.control), self.at(self.info))
        if self.lib.umfpack_dl_symbolic(size, size, *arrays, ctypes.byref(self.symbolic), *tail):
            raise RuntimeError("umfpack_dl_symbolic")
        if self.lib.umfpack_dl_numeric(*arrays, self.symbolic, ctypes.byref(self.numeric), *tail):
            raise RuntimeError("umfpack_dl_numeric")

    @staticmethod
    def at(array):
        return array.ctypes.data_as(ctypes.c_void_p)

    def solve(self, right):
        """The solution for the matrix as it was given."""
        solution, right = numpy.zeros(self.size), numpy.ascontiguousarray(right)
        arrays = [self.at(part) for part in (self.starts, self.indices, self.values, solution, right)]
        self.lib.umfpack_dl_solve(ctypes.c_int64(0), *arrays, self.numeric, self.at(self.control), self.at(self.info))
        return solution

    def free(self):
        self.lib.umfpack_dl_free_symbolic(ctypes.byref(self.symbolic))
        self.lib.umfpack_dl_free_numeric(ctypes.byref(self.numeric))


def umfpack(a, right):
    """Factorises Aᵀ and solves for one category."""
    factor_ms, factors = timed(lambda: Umfpack(a.T.tocsc()))
    solve_ms, answer = timed(lambda: factors.solve(right))
    factors.free()
    return factor_ms, solve_ms, answer


def pardiso(a, right):
    from pypardiso import PyPardisoSolver

    transposed = a.T.tocsr()
    solver = PyPardisoSolver()
    factor_ms, _ = timed(lambda: solver.factorize(transposed))
    solve_ms, answer = timed(lambda: solver.solve(transposed, right))
    solver.free_memory(everything=True)
    return factor_ms, solve_ms, answer


def packages(a, b, c, place=lambda name: {}):
    """The system as bw2calc's data packages, in memory, or where `place` says."""
    import bw_processing

    def places(rows, columns):
        array = numpy.zeros(len(rows), dtype=bw_processing.INDICES_DTYPE)
        array["row"], array["col"] = rows, columns
        return array

    flows = 10_000_000
    inventory = bw_processing.create_datapackage(name="inventory", sum_intra_duplicates=True, **place("inventory"))
    columns = numpy.repeat(numpy.arange(a.shape[1]), numpy.diff(a.indptr))
    other = a.indices != columns
    inventory.add_persistent_vector(matrix="technosphere_matrix", name="t", indices_array=places(a.indices + 1, columns + 1),
                                    data_array=numpy.where(other, -a.data, a.data), flip_array=other)
    columns = numpy.repeat(numpy.arange(b.shape[1]), numpy.diff(b.indptr))
    inventory.add_persistent_vector(matrix="biosphere_matrix", name="b", indices_array=places(flows + b.indices, columns + 1), data_array=b.data)
    methods = []
    for k in range(c.shape[0]):
        method = bw_processing.create_datapackage(name=f"m{k}", **place(f"m{k}"))
        part = slice(c.indptr[k], c.indptr[k + 1])
        method.add_persistent_vector(matrix="characterization_matrix", name="c", data_array=c.data[part], global_index=0, identifier=f"m{k}",
                                     indices_array=places(flows + c.indices[part], numpy.zeros(c.indptr[k + 1] - c.indptr[k], int)))
        methods.append(method)
    return [inventory, *methods]


FIRST_SCORE = """
import sys, warnings
warnings.simplefilter("ignore")
import bw2calc, bw_processing
from fsspec.implementations.dirfs import DirFileSystem
from fsspec.implementations.local import LocalFileSystem
load = lambda name: bw_processing.load_datapackage(DirFileSystem(sys.argv[1] + "/" + name, LocalFileSystem()))
lca = bw2calc.LCA({int(sys.argv[2]) + 1: 1}, data_objs=[load("inventory"), load("m0")])
lca.lci()
lca.lcia()
print(repr(float(lca.score)))
"""


def write_files(folder, a, b, c):
    """The system as CSV, as arrays, and as data packages: three folders."""
    from fsspec.implementations.dirfs import DirFileSystem
    from fsspec.implementations.local import LocalFileSystem

    places = {name: os.path.join(folder, name) for name in ("csv", "npz", "packages")}
    for place in places.values():
        os.makedirs(place)
    index = (("processes", "p", a.shape[1], "kg"), ("flows", "f", b.shape[0], "kg"), ("impacts", "i", c.shape[0], "kg CO2e"))
    for form in ("csv", "npz"):
        for name, letter, count, unit in index:
            with open(os.path.join(places[form], name + ".csv"), "w") as file:
                file.write("id,name,unit\n" + "".join(f"{letter}{at},{name} {at},{unit}\n" for at in range(count)))
    for name, matrix, row, column in (("A", a, "p", "p"), ("B", b, "f", "p"), ("C", c, "i", "f")):
        scipy.sparse.save_npz(os.path.join(places["npz"], name + ".npz"), matrix.tocsr(), compressed=False)
        matrix = matrix.tocoo()
        with open(os.path.join(places["csv"], name + ".csv"), "w") as file:
            entries = zip(matrix.row.tolist(), matrix.col.tolist(), matrix.data.tolist())
            file.write("row,column,value\n" + "".join(f"{row}{i},{column}{j},{value!r}\n" for i, j, value in entries))

    def place(name):
        own = os.path.join(places["packages"], name)
        os.makedirs(own)
        return {"fs": DirFileSystem(own, LocalFileSystem())}

    for package in packages(a, b, c, place):
        package.finalize_serialization()
    return places


def whole_process(*command):
    """Wall time in ms, largest resident memory in MB, what it printed. 0 and 1 are answers of zuji."""
    with tempfile.TemporaryFile() as out:
        start = time.perf_counter()
        child = subprocess.Popen(command, stdout=out, stderr=subprocess.DEVNULL)
        _, status, usage = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
        ms = (time.perf_counter() - start) * 1e3
        if child.returncode not in (0, 1):
            raise RuntimeError(f"{command[0]} ended with {child.returncode}")
        out.seek(0)
        return ms, usage.ru_maxrss / 1e3, out.read().decode()


def from_file(places, process):
    """One round, in turn: names of figures with values."""
    raw = {}
    for form in ("npz", "csv"):
        command = (ZUJI, "lci", "solve", places[form], "--demand", f"p{process}=1", "--method", "i0", "--format", "json")
        raw[f"zuji: file to score, {form}"], raw[f"zuji: memory, {form}"], out = whole_process(*command)
        raw[f"zuji: score, {form}"] = float(json.loads(out)["scores"][0]["amount"])
    command = (sys.executable, "-c", FIRST_SCORE, places["packages"], str(process))
    raw["bw2calc: file to score"], raw["bw2calc: memory"], out = whole_process(*command)
    score = float(out)
    raw["file to score, apart"] = max(abs(raw[f"zuji: score, {form}"] - score) / abs(score) for form in ("npz", "csv"))
    return raw


def file_ratios(ms):
    return {
        **{f"file to score, {form}": ms["bw2calc: file to score"] / ms[f"zuji: file to score, {form}"] for form in ("npz", "csv")},
        **{f"its memory, {form}": ms[f"zuji: memory, {form}"] / ms["bw2calc: memory"] for form in ("npz", "csv")},
    }


def brightway(data, categories, demands, direction):
    import bw2calc

    config = {"impact_categories": [f"m{k}" for k in range(categories)]}
    lca = bw2calc.FastScoresOnlyMultiLCA({f"d{j}": {int(j) + 1: 1} for j in demands}, config, data, direction=direction)
    lca._load_datapackages()
    lca.build_precalculated()
    return timed(lca.calculate)


def apart(peer, ours):
    """Relative differences of all values that are not zero in both."""
    peer, ours = peer.reshape(-1), ours.reshape(-1)
    some = (peer != 0) | (ours != 0)
    gap = numpy.abs(peer - ours)[some] / numpy.maximum(numpy.abs(peer), numpy.abs(ours))[some]
    return {"q50": float(numpy.quantile(gap, 0.5)), "q99": float(numpy.quantile(gap, 0.99)), "most": float(gap.max()), "zero in both": int((~some).sum())}


def main():
    arguments = [one for one in sys.argv[1:] if one != "--file-only"]
    file_only = len(arguments) < len(sys.argv) - 1
    path, rounds = arguments[0], int(arguments[1]) if len(arguments) > 1 else 3
    a, b, c = read(path)
    n, rows = a.shape[0], numpy.asarray((c @ b).todense())
    report = {"system": os.path.basename(path), "processes": n, "entries": int(a.nnz), "rounds": rounds, "raw": []}
    demands = (numpy.arange(1000, dtype=numpy.int64) * 7919) % n
    data = None if file_only else packages(a, b, c)
    with tempfile.TemporaryDirectory() as folder:
        places = write_files(folder, a, b, c)
        for round_ in range(rounds):
            raw = from_file(places, int(demands[round_ + 1]))
            if not file_only:
                raw.update(in_memory(path, a, c, rows, data, demands))
            report["raw"].append(raw)
    median = lambda key: statistics.median(raw[key] for raw in report["raw"])
    report["medians"] = {key: median(key) for key, value in report["raw"][0].items() if isinstance(value, (int, float))}
    ms = report["medians"]
    report["ratios"] = file_ratios(ms)
    if not file_only:
        report["ratios"].update(memory_ratios(ms))
    json.dump(report, sys.stdout, indent=1)
    print()


def in_memory(path, a, c, rows, data, demands):
    """One round with matrices in memory."""
    raw, n = {}, a.shape[0]
    with tempfile.TemporaryDirectory() as folder:
        file = os.path.join(folder, "lambda")
        out = subprocess.run([BIN, "--write", file, path], check=True, capture_output=True, text=True).stdout
        answers = numpy.fromfile(file, "<f8").reshape(-1, n)
    for line in map(json.loads, out.splitlines()):
        raw["zuji: " + line["what"]] = line.get("median_ms")
    for name, peer in (("umfpack", umfpack), ("pardiso", pardiso)):
        raw[name + " factorise"], raw[name + " solve"], answer = peer(a, rows[0])
        raw[name + " apart"] = apart(answer, answers[0])
    raw["bw2calc adjoint"], scores = brightway(data, c.shape[0], numpy.arange(n), "adjoint")
    scores = numpy.asarray(scores)
    raw["bw2calc apart"] = apart(scores if scores.shape == answers.shape else scores.T, answers)
    raw["bw2calc forward"], _ = brightway(data, c.shape[0], demands, "forward")
    return raw


def memory_ratios(ms):
    everything = next(key for key in ms if key.startswith("zuji: all products") and "1 category" not in key and "preparation" not in key)
    factors = min(ms["umfpack factorise"], ms["pardiso factorise"])
    return {
        "one score": min(ms["umfpack factorise"] + ms["umfpack solve"], ms["pardiso factorise"] + ms["pardiso solve"]) / ms["zuji: all products, 1 category"],
        "all products": ms["bw2calc adjoint"] / ms[everything],
        "all products, with preparation": ms["bw2calc adjoint"] / ms[everything + ", with preparation"],
        "1,000 inventories": ms["bw2calc forward"] / ms["zuji: 1000 inventories"],
        "factorise": factors / ms["zuji: prepare and factorise, Fast"],
    }


main()
