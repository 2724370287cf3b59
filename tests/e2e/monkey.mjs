// Lets a monkey loose on the release build while the service fails, then holds the page's own record of attempts against
// the database. Guarantees: the seed is printed, and another run with it throws the same dice (what they fall on hangs on
// how fast the machine is); any error, any word of the content policy and any contradiction ends it with exit code 1 and
// the last actions. `--seed N`, `--minutes M`
// (10), `--aloud` to print each action.

import { launch } from "./lib/browser.mjs";
import { run } from "./lib/monkey-run.mjs";

const option = (name, otherwise) => {
  const at = process.argv.indexOf(name);
  const value = at < 0 ? otherwise : Number(process.argv[at + 1]);
  if (Number.isFinite(value)) return value;
  console.error(`${name} needs a number.`);
  process.exit(1);
};
const seed = option("--seed", Math.floor(Math.random() * 1_000_000));
const minutes = option("--minutes", 10);

console.log(`Seed ${seed}, ${minutes} minutes.`);
const browser = await launch();
const tell = process.argv.includes("--aloud") ? console.log : undefined;
const { summary, errors, done } = await run({ browser, seed, forMs: minutes * 60_000, tell });
await browser.close();
console.log(summary);
if (errors.length > 0) {
  console.error(`\n${errors.join("\n")}\n\nThe last actions:\n${done.join("\n")}\n\nAgain: cargo xtask monkey --seed ${seed}`);
}
process.exit(errors.length > 0 ? 1 : 0);
