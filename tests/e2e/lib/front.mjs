// Something in front of the server: a proxy, a gateway, a second origin. Guarantees: a listener of its own, which the
// browser meets with its own cache and its own rules about origins; what is not answered here is answered by the server;
// what came is noted. Must not know any screen.

import { once } from "node:events";
import { createServer, request as ask } from "node:http";

const HOP = ["transfer-encoding", "connection", "keep-alive"];

/**
 * Stands in front of `origin`. `answer` is given method, path and headers of a request, and gives a reply in the
 * server's place (`status`, `headers`, `body`), or nothing; `change` changes the headers of the server's own replies.
 */
export async function front(origin, { answer = () => undefined, change = (headers) => headers } = {}) {
  const rules = { answer, change };
  const asked = [];
  const server = createServer(async (request, response) => {
    const path = request.url;
    const { method, headers } = request;
    asked.push({ method, path, headers });
    const own = await rules.answer({ method, path, headers });
    if (own) {
      request.resume();
      response.writeHead(own.status ?? 200, own.headers);
      response.end(own.body);
      return;
    }
    const { hostname, port, host } = new URL(origin);
    const onward = ask({ hostname, port, method, path, headers: { ...headers, host } }, (real) => {
      const kept = Object.fromEntries(Object.entries(real.headers).filter(([name]) => !HOP.includes(name)));
      response.writeHead(real.statusCode, rules.change(kept, { method, path, headers }));
      real.pipe(response);
    });
    onward.on("error", () => response.destroy());
    request.pipe(onward);
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    origin: `http://127.0.0.1:${server.address().port}`,
    /** What came, oldest first, narrowed by method and path. */
    asked: (method, path = /^\/api\//) => asked.filter((each) => each.method === method && path.test(each.path)),
    /** Other rules from now on. */
    rule: (more) => Object.assign(rules, more),
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}

/** What a service at another origin answers a browser with, so that a page may use it. */
export const cors = (origin, more = {}) => ({
  "access-control-allow-origin": origin,
  "access-control-allow-methods": "GET, POST, PATCH, DELETE",
  "access-control-allow-headers": "authorization, content-type, x-api-key, anthropic-version, anthropic-dangerous-direct-browser-access",
  ...more,
});

/** The same replies for anybody's page. */
export const forPages = ({ "cross-origin-resource-policy": _, ...headers }) => headers;
