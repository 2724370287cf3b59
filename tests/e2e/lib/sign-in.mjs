// Signing in: each way there is, as a person does it, and by a pasted token where a test is about something else. Must
// not know what comes after it.

/** Pastes a token on the sign-in page and waits until that page is left. */
export async function signInByToken(page, token, { at = "/workspaces", keep = false } = {}) {
  await page.goto(at);
  await tick(page, keep);
  await page.getByLabel("Access token").fill(token);
  await page.getByRole("button", { name: "Sign in with token" }).click();
  await page.getByRole("navigation", { name: "Main" }).waitFor();
}

/** Who is who on Altostrat's own page. */
export const PEOPLE = {
  owner: "Continue as Olivia Okafor",
  admin: "Continue as Anders Holm",
  viewer: "Continue as Vera Marchetti",
  outsider: "Continue as Oskar Lindqvist",
};

/** What Flashback knows the demo people by. */
export const EMAILS = {
  owner: "olivia.okafor@example.com",
  admin: "anders.holm@example.com",
  viewer: "vera.marchetti@example.com",
};
export const PASSWORD = "demo";

const tick = async (page, keep) => {
  if (keep) await page.getByRole("checkbox", { name: "Keep me signed in for this tab" }).check();
};

/** The services one can choose from. */
export const chooser = (page) => page.getByRole("group", { name: "Service", exact: true });

/** Chooses a service among several. */
export const choose = (page, name) => chooser(page).getByRole("radio", { name, exact: true }).check();

/** Walks through Altostrat's page, from the sign-in page on. */
export async function signInAtTheService(page, person, { keep = false } = {}) {
  await tick(page, keep);
  await page.getByRole("button", { name: "Continue with Altostrat" }).click();
  await page.getByRole("button", { name: PEOPLE[person] }).click();
  await page.getByRole("navigation", { name: "Main" }).waitFor();
}

/** The dialog that signs in to an account again. */
export const signInAgain = (page, label) => page.getByRole("dialog", { name: `Sign in again to ${label}`, exact: true });

/** Presses what opens a service's page in a window of its own, acts there, and waits until the window has closed itself. */
export async function throughWindow(page, button, act) {
  const opens = page.waitForEvent("popup");
  await button.click();
  const opened = await opens;
  const closed = opened.isClosed() ? undefined : opened.waitForEvent("close");
  // Where acting fails, that is what is told.
  closed?.catch(() => {});
  await act(opened);
  await closed;
}

/** Goes through Altostrat's page in a window of its own. */
export const signInByWindow = (page, part, person) =>
  throughWindow(page, part.getByRole("button", { name: /^(Continue with Altostrat|Open the window again)$/ }).first(), (opened) => opened.getByRole("button", { name: PEOPLE[person] }).click());

/** Types a key into the dialog that signs in again. */
export async function keyInDialog(dialog, key) {
  await dialog.getByLabel("Admin key").fill(key);
  await dialog.getByRole("button", { name: "Sign in with key" }).click();
}

/** Types e-mail and password there. */
export async function passwordInDialog(dialog, email, password) {
  await dialog.getByLabel("E-mail").fill(email);
  await dialog.getByLabel("Password", { exact: true }).fill(password);
  await dialog.getByRole("button", { name: "Sign in with password" }).click();
}

/** Pastes an Admin key for a service. */
export async function signInByKey(page, service, key, { keep = false } = {}) {
  await choose(page, service);
  await tick(page, keep);
  await page.getByLabel("Admin key").fill(key);
  await page.getByRole("button", { name: "Sign in with key" }).click();
}

/** Types e-mail and password. */
export async function signInByPassword(page, service, email, password, { keep = false } = {}) {
  await choose(page, service);
  await tick(page, keep);
  await page.getByLabel("E-mail").fill(email);
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Sign in with password" }).click();
}

/** Goes from wherever one is to the form for a further account. */
export async function addAccount(page) {
  await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Accounts", exact: true }).click();
  await page.getByRole("link", { name: "Add account" }).click();
  await page.getByRole("heading", { name: "Add account", level: 1 }).waitFor();
}
