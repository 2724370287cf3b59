// Holds requests back until a test lets them go: what happens meanwhile does not depend on how fast the machine is.

/** Holds every request of this method to a service's API. Gives back what lets them go, and all later ones. */
export async function hold(page, method, service = "altostrat") {
  let release;
  const released = new Promise((resolve) => (release = resolve));
  await page.route(`**/api/${service}/**`, async (route) => {
    if (route.request().method() === method) await released;
    await route.continue().catch(() => {});
  });
  return release;
}
