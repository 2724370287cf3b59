// What each service holds, asked through its API as a script would ask: the truth that a screen is compared with.
// Guarantees: the same few words for every service, whatever its own are. Must not know any screen.

const all = "limit=1000&include_archived=true&include_default=true";

/** How a service is spoken to. `name` is what it calls itself; paths begin after `/api/SERVICE`. */
export const SERVICES = {
  altostrat: {
    name: "Altostrat", list: "/workspaces", rows: ({ data }) => data, one: (id) => `/workspaces/${id}`, archived: ({ archived }) => archived,
    archive: (id) => ["DELETE", `/workspaces/${id}`],
    members: (id) => `/workspaces/${id}/members`, persons: ({ data }) => data.map(({ user_id, role }) => [user_id, role]),
  },
  anthropic: {
    name: "Anthropic", list: "/v1/organizations/workspaces", query: `?${all}`, rows: ({ data }) => data,
    one: (id) => `/v1/organizations/workspaces/${id}`, archived: ({ archived_at }) => archived_at !== null,
    archive: (id) => ["POST", `/v1/organizations/workspaces/${id}/archive`],
    members: (id) => `/v1/organizations/workspaces/${id}/members?limit=1000`, persons: ({ data }) => data.map(({ user_id, workspace_role }) => [user_id, workspace_role]),
  },
  flashback: {
    name: "Flashback", list: "/workspace", rows: ({ workspaces }) => workspaces, one: (id) => `/workspace/${id}`, inside: "workspace", archived: () => false,
    archive: (id) => ["DELETE", `/workspace/${id}`],
    members: (id) => `/workspace/${id}`, persons: ({ workspace }) => workspace.users.map(({ userId, role }) => [userId, role]),
  },
  openai: {
    name: "OpenAI", list: "/v1/organization/projects", query: "?limit=100&include_archived=true", rows: ({ data }) => data,
    one: (id) => `/v1/organization/projects/${id}`, archived: ({ status }) => status === "archived",
    archive: (id) => ["POST", `/v1/organization/projects/${id}/archive`],
    members: (id) => `/v1/organization/projects/${id}/users?limit=100`, persons: ({ data }) => data.map(({ id: user, role }) => [user, role]),
  },
};

/** `anthropic/owner` is of Anthropic; `owner` alone of Altostrat. */
const of = (who) => SERVICES[who.includes("/") ? who.split("/")[0] : "altostrat"];

async function asked(server, who, method, path, body) {
  const reply = await server.api(who, method, path, body);
  if (reply.status >= 300) throw new Error(`${method} ${path}: ${reply.status} ${JSON.stringify(reply.body)}`);
  return reply.body;
}

/** Every workspace that a person sees: id, name, whether it is archived, and the service's own `object`. */
export async function holdings(server, who) {
  const service = of(who);
  const found = [];
  for (let after = ""; ; ) {
    const page = await asked(server, who, "GET", `${service.list}${service.query ?? ""}${after}`);
    for (const object of service.rows(page)) found.push({ id: object.id, name: object.name, archived: service.archived(object), object });
    if (!page.has_more || !page.last_id) return found;
    after = `&${who.startsWith("anthropic") ? "after_id" : "after"}=${page.last_id}`;
  }
}

/** `id service` of everything that these people see, in an order of their own: a list over all of them shows just that. */
export async function places(server, ...people) {
  const all = await Promise.all(people.map(async (who) => (await holdings(server, who)).map(({ id }) => `${id} ${of(who).name}`)));
  return all.flat().sort();
}

/** The workspace of a name. */
export async function holding(server, who, name) {
  const found = (await holdings(server, who)).find((each) => each.name === name);
  if (!found) throw new Error(`${who} has no workspace called ${name}`);
  return found;
}

/** The service's own object of a workspace; nothing if the service does not show it. */
export async function object(server, who, id) {
  const service = of(who);
  const { status, body } = await server.api(who, "GET", service.one(id));
  if (status === 404) return undefined;
  return service.inside ? body[service.inside] : body;
}

/** `active`, `archived`, or `gone` where a service does not show archived ones. */
export async function stateOf(server, who, id) {
  const now = await object(server, who, id);
  if (!now) return "gone";
  return of(who).archived(now) ? "archived" : "active";
}

/** Archives as somebody else would. */
export const archiveElsewhere = (server, who, id) => asked(server, who, ...of(who).archive(id));

/** The members as `{ user id: role }`. */
export const membersOf = async (server, who, id) => Object.fromEntries(of(who).persons(await asked(server, who, "GET", of(who).members(id))));

/** A fault on the list of a service. */
export const onList = (service, fault) => ({ dialect: service, method: "GET", path: SERVICES[service].list, ...fault });
