// The second half of docs/FAULTS.md: what a browser is shown of each cell, and by which test. Guarantees: it is what the tests
// walk through; each cell of the first half, which `crates/flows` makes, has one here. Made anew with STEWARD_WRITE=1.

import assert from "node:assert/strict";
import { readFile, writeFile } from "node:fs/promises";
import { test } from "node:test";
import { CELLS, columnOf, ENDS, FAULTS, HERE_ALONE, rowOf } from "./lib/faults-table.mjs";

const FILE = new URL("../../docs/FAULTS.md", import.meta.url);
const BEGINS = "## In the browser";
const TESTS = {
  list: "faults-reading", open: "faults-reading", members: "faults-reading", save: "faults-forms", create: "faults-forms", archive: "faults-archive",
  "change of a role": "faults-members", "adding a member": "faults-members", cancelling: "faults-blockers", deleting: "faults-blockers", "sign in": "faults-session", renewal: "faults-session",
};

/** Where an operation cannot meet a fault. */
const NOT_MET = "–";
const line = (...cells) => `| ${cells.join(" | ")} |`;
const parts = (line) => line.split("|").slice(1, -1).map((cell) => cell.trim());

/** What is made natively, and what is made here. */
const halves = (text) => [text.split(BEGINS)[0], text.slice(text.split(BEGINS)[0].length)];

/** The columns and rows of the first table. */
function native(text) {
  const [head, , ...rows] = text.split("\n").filter((line) => line.startsWith("|")).map(parts);
  const columns = head.slice(1);
  const met = rows.flatMap(([row, ...cells]) => columns.filter((_, at) => cells[at] !== NOT_MET).map((column) => ({ row, column })));
  return { columns, rows: rows.map(([fault]) => fault), met };
}

/** How the cells of a row and a column end, each way once. */
function ways(column, row) {
  const cells = CELLS.filter(({ operation, fault }) => columnOf(operation) === column && rowOf(fault) === row);
  return [...new Set(cells.map(({ ends }) => ends))].join(", ");
}

function written({ columns, rows: shared }) {
  const rows = [...shared, ...HERE_ALONE];
  const operations = Object.keys(TESTS);
  const all = [...columns, ...new Set(operations.map(columnOf).filter((column) => !columns.includes(column)))];
  const tests = (column) => [...new Set(operations.filter((each) => columnOf(each) === column).map((each) => `\`${TESTS[each]}\``))].join(", ");
  const kinds = Object.keys(FAULTS).filter((fault) => rowOf(fault) !== fault);
  return [
    BEGINS, "",
    "What Chromium shows of each cell at the release build and the server with `--faults`. Made by `tests/e2e/faults-table.test.mjs` from the cells",
    "that the tests of the last line walk through; `STEWARD_WRITE=1` makes it anew. Two words in a cell are two kinds of the fault: a change that was",
    "carried out, and one that was not. In every cell: what was typed stays to the letter, nothing stays busy, focus is somewhere, what is offered",
    "leads on to success, and a press is one request. How many cells ran stands in the last lines of `cargo xtask test`.", "",
    line("fault", ...all), line(...["fault", ...all].map(() => "---")),
    ...rows.map((row) => line(row, ...all.map((column) => ways(column, row) || NOT_MET))),
    line("test in `tests/e2e`", ...all.map(tests)), "",
    ...Object.entries(ENDS).map(([end, words]) => `- **${end}**: ${words}.`), "",
    `Kinds: ${rows.map((row) => [row, kinds.filter((kind) => rowOf(kind) === row)]).filter(([, of]) => of.length > 0).map(([row, of]) => `*${row}*: ${of.join("; ")}`).join(". ")}.`, "",
    `${CELLS.length} cells with all kinds.`, "",
  ].join("\n");
}

test("docs/FAULTS.md has the cells that are walked through", async () => {
  const [first, second] = halves(await readFile(FILE, "utf8"));
  const table = written(native(first));
  if (process.env.STEWARD_WRITE) await writeFile(FILE, first + table);
  else assert.equal(second, table);
});

test("each cell that is shown natively is shown in a browser, and is the same fault", async () => {
  const { rows, met } = native(halves(await readFile(FILE, "utf8"))[0]);
  const missing = met.filter(({ row, column }) => !ways(column, row)).map(({ row, column }) => `${row} at ${column}`);
  assert.deepEqual(missing, []);
  const unknown = Object.keys(FAULTS).map(rowOf).filter((row) => ![...rows, ...HERE_ALONE].includes(row));
  assert.deepEqual(unknown, [], "every kind is of a row");
});
