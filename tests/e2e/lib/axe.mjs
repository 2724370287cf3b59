// What axe finds on a page as it stands. Guarantees: WCAG 2.2 A and AA, best practice and the size of targets, which axe
// leaves out by itself. Must not know any screen.

import { AxeBuilder } from "@axe-core/playwright";

const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

/** One line for each place that breaks a rule. `rules` narrows what is asked. */
export async function violations(page, label, rules) {
  const builder = new AxeBuilder({ page }).setLegacyMode(true);
  if (rules) builder.withRules(rules);
  else builder.options({ runOnly: { type: "tag", values: TAGS }, rules: { "target-size": { enabled: true } } });
  const { violations, incomplete } = await builder.analyze();
  return [...violations, ...incomplete.filter(({ id }) => id === "target-size")].flatMap(({ id, nodes }) =>
    nodes.map(({ target, any, all, none }) => `${label}: ${id} at ${target} ${[...any, ...all, ...none].map(({ message }) => message).join("; ")}`.slice(0, 300)));
}
