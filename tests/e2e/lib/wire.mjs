// What is wrong with the way to a service, below HTTP, and with the device: ports that refuse, lines that are slow, waits that
// nobody has time for, a clock that is off. Guarantees: the browser's own network meets it; the page is not told. Must not
// know any screen.

import { once } from "node:events";
import { createServer, request as ask } from "node:http";

const SLOW_BYTES = 100;
const SLOW_MS = 100;

const listening = async (handler) => {
  const server = createServer(handler).listen(0, "127.0.0.1");
  await once(server, "listening");
  return server;
};

/** Where nobody listens: each connection is refused. */
export async function refusing() {
  const server = await listening();
  const { port } = server.address();
  server.close();
  await once(server, "close");
  return { port, close() {} };
}

/** A line that lets through 1 kB of an answer in a second. */
export async function slow(origin) {
  const drip = async (from, to) => {
    for await (const chunk of from) {
      for (let at = 0; at < chunk.length; at += SLOW_BYTES) {
        to.write(chunk.subarray(at, at + SLOW_BYTES));
        await new Promise((resolve) => setTimeout(resolve, SLOW_MS));
      }
    }
    to.end();
  };
  const server = await listening((asked, answer) => {
    // A service may hold the host that was meant against the page's.
    const { hostname, port, host } = new URL(origin);
    const onward = ask({ hostname, port, method: asked.method, path: asked.url, headers: { ...asked.headers, host } }, (real) => {
      const { "transfer-encoding": _, ...headers } = real.headers;
      answer.writeHead(real.statusCode, headers);
      drip(real, answer).catch(() => answer.destroy());
    });
    onward.on("error", () => answer.destroy());
    asked.pipe(onward);
  });
  return {
    port: server.address().port,
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}

const HURRY = "test.hurry";
const OFF = "test.off";

/** Lets a page's waits be hurried and its clock be set later on. To be called before its first navigation. */
export const spoilTime = (page) =>
  page.addInitScript(
    ([hurry, off]) => {
      const wait = window.setTimeout;
      // Limits of 10 s and more, or the later ones of a minute of looks: short waits stay as they are, and so do the limits then.
      const looks = [4_000, 7_000, 8_000, 15_000, 30_000, 35_000];
      const long = { limits: (ms) => ms >= 9_000, looks: (ms) => looks.includes(ms) };
      window.setTimeout = (run, ms, ...more) => wait(run, long[sessionStorage.getItem(hurry)]?.(ms) ? ms / 20 : ms, ...more);
      const now = Date.now;
      Date.now = () => now() + Number(sessionStorage.getItem(off));
    },
    [HURRY, OFF],
  );

const setting = (name) => (page, value) => page.evaluate(([name, value]) => (value ? sessionStorage.setItem(name, value) : sessionStorage.removeItem(name)), [name, String(value || "")]);

/** Which waits are a twentieth: `limits`, `looks` or none. */
export const hurry = setting(HURRY);

/** By how many milliseconds the page's clock is off. */
export const clockOff = setting(OFF);
