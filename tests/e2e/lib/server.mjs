// The reference server as a fixture. Guarantees: each server has a port and a database of its own, answers /healthz
// before it is handed out, and does not outlive this process. Databases of one size are sown once and copied. Must
// not know any screen.

import { execFile, spawn } from "node:child_process";
import { copyFile, mkdtemp, rm } from "node:fs/promises";
import { existsSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { until } from "./until.mjs";

const run = promisify(execFile);

function given(name) {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set: start this by \`cargo xtask test e2e\`, \`bench\` or \`shots\`.`);
  return value;
}

const scratch = await mkdtemp(join(tmpdir(), "steward-e2e-"));
const children = new Set();
process.on("exit", () => {
  for (const child of children) child.kill("SIGKILL");
  rmSync(scratch, { recursive: true, force: true });
});

let number = 0;
const sown = new Map();
const tokens = new Map();

/** A database with so many workspaces that nobody writes to. */
function template(workspaces) {
  if (!sown.has(workspaces)) {
    const file = join(scratch, `seed-${workspaces}.db`);
    const made = mint(file, workspaces, "owner").then((token) => {
      tokens.set(`${workspaces} owner`, Promise.resolve(token));
      return file;
    });
    sown.set(workspaces, made);
  }
  return sown.get(workspaces);
}

/** `owner` and `altostrat/owner` are one; `anthropic/owner` is another service's. */
const plain = (who) => who.replace(/^altostrat\//, "");
const parts = (who) => (who.includes("/") ? who.split("/") : ["altostrat", who]);

async function mint(file, workspaces, who) {
  const words = ["token", "--database", file, "--workspaces", String(workspaces), "--edge-cases", ...parts(who)];
  return (await run(given("STEWARD_SERVER"), words)).stdout.trim();
}

/** A credential of a demo person, good at every server with so many workspaces. */
async function credential(workspaces, person) {
  const file = await template(workspaces);
  const name = `${workspaces} ${person}`;
  if (!tokens.has(name)) tokens.set(name, mint(file, workspaces, person));
  return tokens.get(name);
}

/** A running server. `settings` are its answers to open questions, as `name=value`; `elsewhere` has it at a second origin too. */
export async function startServer({ workspaces = 40, settings = [], dist = given("STEWARD_DIST"), people = [], elsewhere = false } = {}) {
  // Credentials first: their sessions are rows of the database that is copied.
  const credentials = new Map();
  for (const person of new Set(["owner", ...people.map(plain)])) credentials.set(person, await credential(workspaces, person));
  const database = join(scratch, `${++number}.db`);
  const forget = () => Promise.all(["", "-wal", "-shm"].map((end) => rm(database + end, { force: true })));
  let child;
  let ended;
  let said = "";
  let origin;
  let other;
  const answered = [];
  /** Listens at these places, with the data that all servers of this size begin with. */
  const begin = async (at, also) => {
    // The newest rows may still be in the log beside the file.
    for (const end of ["", "-wal"]) {
      const from = (await template(workspaces)) + end;
      if (existsSync(from)) await copyFile(from, database + end);
    }
    const words = ["serve", "--listen", at, "--database", database, "--dist", dist, "--faults"];
    for (const setting of settings) words.push("--setting", setting);
    if (elsewhere) words.push("--also-listen", also);
    const started = (child = spawn(given("STEWARD_SERVER"), words, { stdio: ["ignore", "ignore", "pipe"] }));
    children.add(started);
    let broken = "";
    let listens = false;
    started.stderr.setEncoding("utf8").on("data", (text) => {
      said = (said + text).slice(-20_000);
      const lines = (broken + text).split("\n");
      broken = lines.pop();
      for (const line of lines) if (line.includes('"message":"answered"')) answered.push(JSON.parse(line));
      other ??= /"other":"(http:\/\/127\.0\.0\.1:\d+)"/.exec(said)?.[1];
      const address = /"address":"(http:\/\/127\.0\.0\.1:\d+)"/.exec(text)?.[1];
      origin ??= address;
      listens ||= address !== undefined;
    });
    ended = new Promise((resolve) => started.once("exit", resolve)).finally(() => children.delete(started));
    await until("the server listens", () => {
      if (started.exitCode !== null) throw new Error(said);
      return listens && origin;
    });
    await until("the server is healthy", async () => (await fetch(`${origin}/healthz`)).ok);
  };
  await begin("127.0.0.1:0", "127.0.0.1:0");

  const token = (person) => {
    const credential = credentials.get(plain(person));
    if (!credential) throw new Error(`start the server with people: ["${person}"]`);
    return credential;
  };
  const faulty = async (method, rules) => {
    const body = rules && JSON.stringify(rules.map((rule) => ({ dialect: "altostrat", ...rule })));
    const reply = await fetch(`${origin}/api/_faults`, { method, body });
    if (!reply.ok) throw new Error(await reply.text());
  };
  const api = async (person, method, path, body) => {
    const reply = await fetch(`${origin}/api/${parts(person)[0]}${path}`, {
      method,
      // What is true, whatever rules are in force and however far reads lag behind.
      headers: { Authorization: `Bearer ${token(person)}`, "Content-Type": "application/json", "x-no-faults": "1" },
      body: body && JSON.stringify(body),
    });
    const text = await reply.text();
    return { status: reply.status, body: text ? JSON.parse(text) : undefined };
  };
  return {
    origin,
    /** The second origin, if there is one. */
    other,
    /** A credential of one of the `people` (the owner is always among them), such as `viewer` or `flashback/owner`. */
    token,
    /** Asks the API as a script would, past all faults. */
    api,
    /** Every workspace a person sees, as the server tells it. */
    workspaces: async (person = "owner") => (await api(person, "GET", "/workspaces")).body.data,
    /** The faults in force from now on, in place of those before. */
    faults: (...rules) => faulty("PUT", rules),
    noFaults: () => faulty("DELETE"),
    /** Puts its clock so many seconds ahead of this machine's. */
    clock: (ahead) => fetch(`${origin}/api/_faults/clock`, { method: "PUT", body: String(ahead) }),
    /** What it has answered by its own log, oldest first, narrowed by methods and path: `METHOD path status`. */
    answered: (methods, path) =>
      answered.filter((each) => methods.includes(each.method) && path.test(each.path)).map(({ method, path, status }) => `${method} ${path} ${status}`),
    /** Begins anew where it is, with the data that it had at first and no faults: for what can be done once. */
    afresh: async () => {
      child.kill("SIGKILL");
      await ended;
      await forget();
      await begin(new URL(origin).host, other && new URL(other).host);
    },
    /** What it has logged, for the message of a failed test. */
    log: () => said,
    stop: async () => {
      child.kill("SIGTERM");
      const late = setTimeout(() => child.kill("SIGKILL"), 2_000);
      await ended;
      clearTimeout(late);
      await forget();
    },
  };
}
