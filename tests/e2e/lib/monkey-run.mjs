// One run of the monkey from a fresh server to the verdict. Guarantees: what it gives back as errors is everything that
// must not be: the page's, the policy's, and each contradiction between record and database.

import { peopleOf } from "./accounts.mjs";
import { contradictions, everything } from "./claims.mjs";
import { guard } from "./guard.mjs";
import { play } from "./monkey.mjs";
import { startServer } from "./server.mjs";

const SECOND = ["anthropic/owner", "openai/owner"];
const said = (value) => (typeof value === "object" ? Object.entries(value).map(([name, count]) => `${name} ${count}`).join(", ") : value);

/** Plays for so long and judges. */
export async function run({ browser, seed, forMs, tell }) {
  const accounts = ["altostrat/owner", SECOND[seed % SECOND.length]];
  // The limit of 100 requests a minute would hold up the monkey: faults ask for pauses enough.
  const server = await startServer({ people: peopleOf(accounts), settings: ["anthropic_rate=0"] });
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, baseURL: server.origin });
  try {
    const page = await context.newPage();
    const watch = await guard(page);
    const before = await everything(server, accounts);
    const { record, count, wrong, done, requests, mutations } = await play({ page, server, guard: watch, accounts, seed, forMs, tell });
    await page.close();
    const after = await everything(server, accounts);
    const mismatches = await contradictions(record.all(), before, after);
    const errors = [...wrong, ...watch.unexpected()];
    const figures = { accounts: accounts.join(", "), ...count, requests, "of them changing": mutations, ...record.counts(), mismatches: mismatches.length, errors: errors.length };
    const summary = Object.entries(figures).map(([name, value]) => `${name}: ${said(value)}`).join("\n");
    return { summary, errors: [...errors, ...mismatches], done, figures };
  } finally {
    await context.close();
    await server.stop();
  }
}
