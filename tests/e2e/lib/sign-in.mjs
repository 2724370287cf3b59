// Signing in: as a person does at the service's page, and by a pasted token where a test is about something else.
// Must not know what comes after it.

/** Pastes a token on the sign-in page and waits until that page is left. */
export async function signInByToken(page, token, { at = "/workspaces", keep = false } = {}) {
  await page.goto(at);
  if (keep) await page.getByRole("checkbox", { name: "Keep me signed in for this tab" }).check();
  await page.getByLabel("Access token").fill(token);
  await page.getByRole("button", { name: "Sign in with token" }).click();
  await page.getByRole("navigation", { name: "Main" }).waitFor();
}

/** Who is who on the service's own page. */
export const PEOPLE = {
  owner: "Continue as Olivia Okafor",
  admin: "Continue as Anders Holm",
  viewer: "Continue as Vera Marchetti",
  outsider: "Continue as Oskar Lindqvist",
};

/** Walks through the service's page, from the sign-in page on. */
export async function signInAtTheService(page, person, { keep = false } = {}) {
  if (keep) await page.getByRole("checkbox", { name: "Keep me signed in for this tab" }).check();
  await page.getByRole("button", { name: "Continue with Altostrat" }).click();
  await page.getByRole("button", { name: PEOPLE[person] }).click();
  await page.getByRole("navigation", { name: "Main" }).waitFor();
}
