// Altostrat's API as react-admin asks for data. The service has no paging, sorting or search: one reply has the whole list. It is kept
// until something changes or a minute has passed, so that a filter works on what is loaded, as Steward's does.
import { HttpError, fetchUtils } from "react-admin";
import { subject, token } from "./auth.js";

const BASE = "/api/altostrat/workspaces";
const KEPT_MS = 60_000;

const request = (path, options = {}) =>
  fetchUtils.fetchJson(BASE + path, { ...options, user: { authenticated: true, token: `Bearer ${token()}` } });

let kept;
const forget = () => (kept = undefined);

async function whole() {
  if (!kept || Date.now() - kept.at > KEPT_MS) {
    const { json } = await request("");
    kept = { at: Date.now(), rows: json.data.map((row) => ({ ...row, state: row.archived ? "archived" : "active" })) };
  }
  return kept.rows;
}

const matches = ({ q = "", state }) => {
  const word = q.toLowerCase();
  return (row) => (!state || row.state === state) && [row.name, row.id, row.description ?? ""].some((text) => text.toLowerCase().includes(word));
};

const collator = new Intl.Collator(undefined, { numeric: true });
const by = ({ field, order }) => {
  const direction = order === "DESC" ? -1 : 1;
  return (a, b) => direction * collator.compare(a[field] ?? "", b[field] ?? "");
};

/** The caller's role in a workspace: no other request tells it. */
async function role(id) {
  const { json } = await request(`/${encodeURIComponent(id)}/members`);
  return { id, role: json.data.find(({ user_id: user }) => user === subject())?.role ?? "none" };
}

const unsupported = async () => {
  throw new HttpError("The service has no such operation.", 405);
};

export const dataProvider = {
  async getList(resource, { filter, sort, pagination: { page, perPage } }) {
    const rows = (await whole()).filter(matches(filter)).sort(by(sort));
    return { data: rows.slice((page - 1) * perPage, page * perPage), total: rows.length };
  },
  async getOne(resource, { id }) {
    const { json } = await request(`/${encodeURIComponent(id)}`);
    return { data: { ...json, state: json.archived ? "archived" : "active" } };
  },
  async getMany(resource, { ids }) {
    const one = resource === "roles" ? role : async (id) => (await dataProvider.getOne(resource, { id })).data;
    return { data: await Promise.all(ids.map(one)) };
  },
  async update(resource, { id, data, previousData }) {
    const changed = Object.fromEntries(["name", "description"].filter((field) => data[field] !== previousData[field]).map((field) => [field, data[field]]));
    const { json } = await request(`/${encodeURIComponent(id)}`, { method: "PATCH", body: JSON.stringify(changed) });
    forget();
    return { data: { ...json, state: json.archived ? "archived" : "active" } };
  },
  async delete(resource, { id, previousData }) {
    await request(`/${encodeURIComponent(id)}`, { method: "DELETE" });
    forget();
    return { data: previousData };
  },
  create: unsupported,
  getManyReference: unsupported,
  updateMany: unsupported,
  deleteMany: unsupported,
};
