// The same bytes everywhere: every product document of the repository goes through the WebAssembly module and through
// the native programs, on one thread and on several, and all records must be equal to the last byte.
//
//   node wasm/tests/golden.mjs MODULE.wasm SLIM.wasm LINKED.wasm PARTS BUILD [BUILD…]
//
// SLIM.wasm is the module without factors, LINKED.wasm the one that solves linked inventories, PARTS the folder of the parts that a page loads into it.
// A BUILD is a folder such as target/release with the program `zuji` and `examples/records`, which writes the golden
// records: they are computed with factors of their own, so the module recomputes them from what they embed.

import { execFileSync, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, readdirSync, rmSync, existsSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join, relative, resolve } from "node:path";
import { test, after } from "node:test";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import assert from "node:assert/strict";

const root = resolve(dirname(fileURLToPath(import.meta.url)), "../..");
const [modulePath, slimPath, linkedPath, partsPath, ...builds] = process.argv.slice(2).map((path) => resolve(path));
assert.ok(modulePath && builds.length > 0, "usage: node golden.mjs MODULE.wasm SLIM.wasm LINKED.wasm PARTS BUILD [BUILD…]");
const programs = builds.map((build) => join(build, "zuji"));
const bytes = readFileSync(modulePath);
const compiled = await WebAssembly.compile(bytes);
const slimBytes = readFileSync(slimPath);
const slim = await WebAssembly.compile(slimBytes);
const scratch = mkdtempSync(join(tmpdir(), "zuji-golden-"));
after(() => rmSync(scratch, { recursive: true }));

/** A fresh instance as a function from request to answer. */
async function engine(module = compiled) {
  const { exports } = await WebAssembly.instantiate(module, {});
  return (request) => {
    const text = new TextEncoder().encode(JSON.stringify(request));
    const block = exports.zuji_alloc(text.length);
    new Uint8Array(exports.memory.buffer, block, text.length).set(text);
    const packed = BigInt.asUintN(64, exports.zuji_call(block, text.length));
    const [length, address] = [Number(packed >> 32n), Number(packed & 0xffffffffn)];
    const answer = new TextDecoder().decode(new Uint8Array(exports.memory.buffer, address, length));
    exports.zuji_free(address, length);
    exports.zuji_free(block, text.length);
    return JSON.parse(answer);
  };
}

/** The products under some folders: a document alone, or with the table that bears its name or stands beside it. */
function products(...folders) {
  const found = [];
  for (const folder of folders.map((folder) => join(root, folder)).filter(existsSync)) {
    const files = readdirSync(folder, { recursive: true }).map((file) => join(folder, String(file))).sort();
    for (const file of files.filter((file) => /\.ya?ml$/.test(file))) {
      if (!/^schema: *"?zuji\/product@1/m.test(readFileSync(file, "utf8"))) continue;
      const stem = basename(file).replace(/\.ya?ml$/, "");
      const tables = files.filter((table) => dirname(table) === dirname(file) && /\.[ct]sv$/.test(table));
      const own = tables.filter((table) => stem === "product" || basename(table).replace(/\.[ct]sv$/, "") === stem);
      if (own.length === 0) found.push({ document: file });
      for (const table of own) found.push({ table, document: file });
    }
  }
  return found;
}

/** What a native program makes of a product: its JSON result and its record. */
function native(program, { table, document }, threads, lang) {
  const record = join(scratch, "record.json");
  rmSync(record, { force: true });
  const files = table ? [table, "--product", document] : [document];
  const options = ["--format", "json", "--record", record, "--threads", String(threads), "--lang", lang];
  const run = spawnSync(program, ["footprint", ...files, ...options], { encoding: "utf8", maxBuffer: 1 << 28 });
  assert.ok([0, 1, 2].includes(run.status), `${program} ended with ${run.status ?? run.signal}: ${run.stderr}`);
  return {
    exit_status: run.status,
    result: JSON.parse(run.stdout),
    record: existsSync(record) ? readFileSync(record, "utf8") : null,
  };
}

const text = (path) => path && { name: basename(path), text: readFileSync(path, "utf8") };
const call = await engine();
const cases = products("examples", "tests/golden", "wasm/tests/inputs");

// Decimals of the answers are the shortest that mean their doubles: the same text is the same bits.
test("a linked inventory with loops, waste and co-products has the same scores everywhere", async () => {
  const linkedBytes = readFileSync(linkedPath);
  const module = await WebAssembly.compile(linkedBytes);
  assert.deepEqual(WebAssembly.Module.imports(module), []);
  console.log(`with linked inventories: ${linkedBytes.length} bytes, ${gzipSync(linkedBytes, { level: 9 }).length} gzip`);
  const path = join(root, "wasm/tests/inputs/linked.json");
  const ask = await engine(module);
  const answer = ask({ command: "scores", inventory: text(path) });
  assert.equal(answer.error, undefined);
  assert.ok(answer.products.length >= 40 && answer.impacts.length === 1);
  const steps = answer.impacts[0].certificate;
  assert.ok(steps && answer.products.every(({ scores: [score] }) => Number.isFinite(Number(score))));
  for (const program of programs) {
    for (const threads of ["1", "3"]) {
      const out = join(scratch, "scores.json");
      const run = spawnSync(program, ["lci", "scores", path, "-o", out, "--threads", threads, "--lang", "en"], { encoding: "utf8" });
      assert.ok([0, 1].includes(run.status), run.stderr);
      assert.deepEqual(JSON.parse(readFileSync(out, "utf8")), answer, `${program}, ${threads} threads`);
    }
  }
});

test("the module imports nothing", () => {
  assert.deepEqual(WebAssembly.Module.imports(compiled), []);
  console.log(`${bytes.length} bytes, ${gzipSync(bytes, { level: 9 }).length} gzip`);
});

test("the module without factors imports nothing, and asks for factors", async () => {
  assert.deepEqual(WebAssembly.Module.imports(slim), []);
  console.log(`without factors: ${slimBytes.length} bytes, ${gzipSync(slimBytes, { level: 9 }).length} gzip`);
  const call = await engine(slim);
  const request = { command: "footprint", document: text(cases[0].document) };
  assert.match(call(request).error, /load/);
  assert.match(call({ command: "load", parts: [{ schema: "x", id: "x", tables: [] }] }).error, /schema/);
  assert.equal(call({ command: "version" }).tables.length, 0);
});

/** A part as a page loads it, by its name. */
const part = (name) => JSON.parse(readFileSync(join(partsPath, `${name}.json`), "utf8"));
const parts = JSON.parse(readFileSync(join(partsPath, "index.json"), "utf8"));

test("parts, loaded in any order, make the same bytes as the whole", async () => {
  const slimCall = await engine(slim);
  for (const { id, sha256, gzip_bytes } of [...parts].reverse()) {
    const file = readFileSync(join(partsPath, `${id}.json`));
    assert.equal(createHash("sha256").update(file).digest("hex"), sha256);
    assert.ok(gzip_bytes <= 60_000, `${id} is ${gzip_bytes} bytes`);
    assert.ok(slimCall({ command: "load", parts: [part(id)] }).factors > 0, id);
  }
  for (const { table, document } of cases) {
    const request = { command: "footprint", table: text(table), document: text(document), lang: "zh" };
    assert.deepEqual(slimCall(request), call(request), document);
  }
});

test("the office chair needs no more than the parts of its own factors", async () => {
  const chair = cases.find(({ document }) => document.includes("office-chair"));
  const request = { command: "footprint", table: text(chair.table), document: text(chair.document) };
  const whole = call(request);
  const used = new Set(whole.result.by_line.flatMap(({ factors }) => factors));
  const needed = parts.filter(({ id }) => part(id).tables.some(({ rows }) => rows.some(({ id }) => used.has(id))));
  assert.ok(needed.length < parts.length / 2);
  const slimCall = await engine(slim);
  slimCall({ command: "load", parts: needed.map(({ id }) => part(id)) });
  const answer = slimCall(request);
  assert.deepEqual(answer.result.total, whole.result.total);
  assert.deepEqual(answer.result.by_line, whole.result.by_line);
  console.log(`${needed.length} parts, ${needed.reduce((sum, { gzip_bytes }) => sum + gzip_bytes, 0)} bytes gzip`);
});

test("there are products to compare", () => {
  const without = ["examples", "tests/golden", "wasm/tests/inputs"].filter(
    (folder) => !cases.some(({ document }) => document.startsWith(join(root, folder))),
  );
  assert.deepEqual(without, [], "no product in these folders");
  assert.ok(goldens[0].size > 0, "no golden record");
});

test("the module and the programs are of the same sources", () => {
  const { engine } = call({ command: "version" });
  for (const program of programs) {
    const made = native(program, cases[0], 1, "en").result.provenance.engine;
    assert.deepEqual(made, engine, `${program} is of another engine`);
  }
});

for (const product of cases) {
  test(relative(root, product.table ?? product.document), () => {
    for (const lang of ["zh", "en"]) {
      const request = { command: "footprint", table: text(product.table), document: text(product.document), lang };
      const here = call(request);
      assert.equal(here.error, undefined);
      for (const program of programs) {
        for (const threads of [1, 2, 5]) {
          const there = native(program, product, threads, lang);
          assert.equal(here.record, there.record, `${program} on ${threads} threads makes another record`);
          assert.deepEqual(here.result, there.result, `${program} on ${threads} threads has another result`);
          assert.equal(here.exit_status, there.exit_status);
        }
      }
      if (here.record === null) continue;
      assert.equal(here.record_sha256, createHash("sha256").update(here.record).digest("hex"));
      const verified = call({ command: "verify", record: here.record });
      assert.equal(verified.status, "recomputed", JSON.stringify(verified));
    }
  });
}

const goldens = builds.map((build, position) => {
  const folder = join(scratch, String(position));
  execFileSync(join(build, "examples", "records"), [folder], { stdio: "inherit" });
  return new Map(readdirSync(folder).map((name) => [name, readFileSync(join(folder, name), "utf8")]));
});

for (const [name, record] of goldens[0]) {
  test(`golden record ${basename(name, ".json")}`, () => {
    for (const [position, other] of goldens.entries()) {
      assert.equal(other.get(name), record, `${builds[position]} makes another record`);
    }
    const verified = call({ command: "verify", record });
    assert.equal(verified.status, "recomputed", JSON.stringify(verified));
  });
}

test("a fresh instance answers the same", async () => {
  const request = { command: "footprint", table: text(cases[0].table), document: text(cases[0].document) };
  assert.deepEqual((await engine())(request), call(request));
});

test("hostile requests get an answer, and the instance lives on", () => {
  const document = (text) => call({ command: "footprint", document: { name: "x.yaml", text } });
  const deep = (levels) => {
    let line = "{name: x, material: polypropylene, quantity: 1, unit: kg}";
    for (let level = 0; level < levels; level++) line = `{name: a, quantity: 1, lines: [${line}]}`;
    return `schema: zuji/product@1\nbom: [${line}]\n`;
  };
  assert.equal(document(deep(60)).result.schema, "zuji/footprint@1");
  assert.notEqual(document(deep(60)).record, null);
  assert.equal(document(deep(100_000)).exit_status, 2);
  assert.equal(document("a: &a [x]\nb: *a\n").result.diagnostics[0].code, "S601");
  assert.equal(document("\u0000").exit_status, 2);
  assert.equal(call({ command: "verify", record: "[".repeat(1_000_000) }).status, "not_a_record");
  assert.match(call({ command: "?" }).error, /\?/);
  assert.equal(call({ command: "version" }).engine.name, "zuji");
});
