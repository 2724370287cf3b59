// How large the places are that can be pressed. Guarantees: a target is what a press reaches, its label and whatever lies
// around it included, and not the box of its letters; links in a sentence are left out, as WCAG 2.5.8 does. Must not know
// any screen.

/** One line for each control that a press 11 pixels beside its middle does not reach. */
export const small = (page, label) =>
  page.evaluate((label) => {
    // Browsers round a point to whole pixels, and a box may begin between two.
    const REACH = 11;
    const found = [];
    const inSentence = (control) => {
      if (control.localName !== "a" || !/^inline$/.test(getComputedStyle(control).display)) return false;
      const around = control.parentElement.textContent.replace(control.textContent, "");
      return /\p{L}/u.test(around);
    };
    const own = (control, at) => at && (control.contains(at) || [...(control.labels ?? [])].some((label) => label.contains(at)));
    // What floats over the page, as a notice does, covers what is below it only until the page is scrolled.
    const floats = (control, at) => {
      for (let part = at; part; part = part.parentElement) if (getComputedStyle(part).position === "fixed") return !part.contains(control);
      return false;
    };
    for (const control of document.querySelectorAll("a[href], button, input, select, textarea, [role=button], summary")) {
      if (!control.checkVisibility({ visibilityProperty: true }) || control.closest("[inert], [aria-hidden=true]") || inSentence(control)) continue;
      control.scrollIntoView({ block: "center", inline: "center", behavior: "instant" });
      const box = control.getBoundingClientRect();
      const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
      // What lies behind a dialog, or off the screen until it is needed, is not there to be pressed.
      if (!own(control, document.elementFromPoint(x, y))) continue;
      const missed = [[-REACH, 0], [REACH, 0], [0, -REACH], [0, REACH]].filter(([right, down]) => {
        const at = document.elementFromPoint(x + right, y + down);
        return !own(control, at) && !floats(control, at);
      });
      if (missed.length > 0) {
        const name = control.getAttribute("aria-label") ?? control.textContent.trim();
        found.push(`${label}: ${control.localName} "${name}" is ${Math.round(box.width)} by ${Math.round(box.height)} px, and presses at ${missed.map(([right, down]) => `${right},${down} reach ${(document.elementFromPoint(x + right, y + down) ?? document.body).localName}`).join("; ")}`.slice(0, 300));
      }
    }
    return found;
  }, label);
