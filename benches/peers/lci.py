#!/usr/bin/env python3
"""Linked inventories: Zuji and its peers in turn, in one run; medians, ratios and the difference of the answers.

    pip install numpy scipy bw2calc bw_processing pypardiso    # in a virtual environment; libumfpack5 from Debian
    cargo build --release -p zuji-benches
    python3 benches/peers/lci.py SYSTEM.bin [ROUNDS] > benches/runs/lci-DATE.json

SYSTEM.bin is a generated system in the form that `benches/src/generated.rs` describes. Peers: bw2calc's
FastScoresOnlyMultiLCA (adjoint for all products, forward for 1,000 demands), and the factorisations it can use, UMFPACK
and PARDISO, on the transposed matrix (far cheaper than the matrix itself), each with one solve. Matrices are in memory.
"""
import ctypes, ctypes.util, json, os, statistics, subprocess, sys, tempfile, time, warnings

warnings.simplefilter("ignore")
import numpy, scipy.sparse

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
BIN = os.path.join(os.environ.get("CARGO_TARGET_DIR", os.path.join(ROOT, "target")), "release", "lci")


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


def packages(a, b, c):
    """The system as bw2calc's data packages, in memory."""
    import bw_processing

    def places(rows, columns):
        array = numpy.zeros(len(rows), dtype=bw_processing.INDICES_DTYPE)
        array["row"], array["col"] = rows, columns
        return array

    flows = 10_000_000
    inventory = bw_processing.create_datapackage(name="inventory", sum_intra_duplicates=True)
    columns = numpy.repeat(numpy.arange(a.shape[1]), numpy.diff(a.indptr))
    other = a.indices != columns
    inventory.add_persistent_vector(matrix="technosphere_matrix", name="t", indices_array=places(a.indices + 1, columns + 1),
                                    data_array=numpy.where(other, -a.data, a.data), flip_array=other)
    columns = numpy.repeat(numpy.arange(b.shape[1]), numpy.diff(b.indptr))
    inventory.add_persistent_vector(matrix="biosphere_matrix", name="b", indices_array=places(flows + b.indices, columns + 1), data_array=b.data)
    methods = []
    for k in range(c.shape[0]):
        method = bw_processing.create_datapackage(name=f"m{k}")
        part = slice(c.indptr[k], c.indptr[k + 1])
        method.add_persistent_vector(matrix="characterization_matrix", name="c", data_array=c.data[part], global_index=0, identifier=f"m{k}",
                                     indices_array=places(flows + c.indices[part], numpy.zeros(c.indptr[k + 1] - c.indptr[k], int)))
        methods.append(method)
    return [inventory, *methods]


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
    path, rounds = sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 3
    a, b, c = read(path)
    n, rows = a.shape[0], numpy.asarray((c @ b).todense())
    report = {"system": os.path.basename(path), "processes": n, "entries": int(a.nnz), "rounds": rounds, "raw": []}
    data, demands = packages(a, b, c), (numpy.arange(1000, dtype=numpy.int64) * 7919) % n
    for _ in range(rounds):
        raw = {}
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
        report["raw"].append(raw)
    median = lambda key: statistics.median(raw[key] for raw in report["raw"])
    report["median_ms"] = {key: median(key) for key, value in report["raw"][0].items() if isinstance(value, (int, float))}
    ms = report["median_ms"]
    everything = next(key for key in ms if key.startswith("zuji: all products") and "1 category" not in key and "preparation" not in key)
    factors = min(ms["umfpack factorise"], ms["pardiso factorise"])
    report["ratios"] = {
        "one score": min(ms["umfpack factorise"] + ms["umfpack solve"], ms["pardiso factorise"] + ms["pardiso solve"]) / ms["zuji: all products, 1 category"],
        "all products": ms["bw2calc adjoint"] / ms[everything],
        "all products, with preparation": ms["bw2calc adjoint"] / ms[everything + ", with preparation"],
        "1,000 inventories": ms["bw2calc forward"] / ms["zuji: 1000 inventories"],
        "factorise": factors / ms["zuji: prepare and factorise, Fast"],
    }
    json.dump(report, sys.stdout, indent=1)
    print()


main()
