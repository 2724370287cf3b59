// Several accounts in one tab, as they are after a reload. Guarantees: what is put into the tab is what the app itself
// would have kept there. Must not know any screen.

import { SERVICES } from "./services.mjs";

/** First requests that boot.js may begin by itself: those that a bearer token is enough for. */
const FIRST = ["altostrat", "flashback"];

const claims = (token) => JSON.parse(Buffer.from(token.split(".")[1], "base64url"));

/** Whom a credential speaks for, as the app asks when it is signed in to. */
const WHO = {
  altostrat: (server, who) => {
    const said = claims(server.token(who));
    return { subject: said.sub, name: said["urn:altostrat:name"] ?? said.name };
  },
  anthropic: async (server, who) => {
    const { body } = await server.api(who, "GET", "/v1/organizations/me");
    return { subject: body.id, name: body.name };
  },
  flashback: async (server, who) => {
    const { body } = await server.api(who, "GET", "/user/profile");
    return { subject: body.data.id, name: body.data.name };
  },
  openai: () => ({}),
};

const parts = (name) => {
  const [account, who] = name.includes("=") ? name.split("=") : [name.split("/")[0], name];
  const [place] = who.split("/");
  return { account, place, who };
};

/** Whom a server has to have credentials for, so that these accounts can be signed in to. */
export const peopleOf = (accounts) => accounts.map((name) => parts(name).who);

/** What the tab keeps for these accounts, each as `service/person`, or with an account's id in front: `altostrat-2=altostrat/admin`. */
export async function sessions(server, accounts) {
  const kept = {};
  for (const { account, place, who } of accounts.map(parts)) {
    const label = SERVICES[place].name + account.slice(place.length).replace("-", " ");
    const token = server.token(who);
    const expires = token.split(".").length === 3 ? claims(token).exp * 1_000 : undefined;
    const first = FIRST.includes(place) ? `${server.other ?? ""}/api/${place}${SERVICES[place].list}` : undefined;
    const session = { account, place, label, kept: true, token, expires, ...(await WHO[place](server, who)), first };
    kept[`steward.session/${account}`] = JSON.stringify(session);
  }
  return kept;
}

/** Signs a page in to all of them, from its first load on. A later load finds what the app left. */
export const signInAs = async (page, server, accounts) =>
  page.addInitScript((kept) => {
    if (sessionStorage.getItem("signed-in")) return;
    sessionStorage.setItem("signed-in", "yes");
    for (const [name, value] of Object.entries(kept)) sessionStorage.setItem(name, value);
  }, await sessions(server, accounts));
