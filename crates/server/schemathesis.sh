#!/bin/sh
# Holds a running server to the vendor's OpenAPI document, as owner and as viewer.
# Usage: crates/server/schemathesis.sh DOCUMENT [SERVER_BINARY]
# Needs `schemathesis` on PATH (pip install schemathesis), or SCHEMATHESIS to name it. The server is
# started here on a free port with a database of its own. The exit code is 0 only if both runs found
# nothing and the server still answers.
set -eu

document=${1:?name the OpenAPI document, such as altostrat-workspaces.yaml}
server=${2:-${CARGO_TARGET_DIR:-target}/debug/steward-server}
schemathesis=${SCHEMATHESIS:-schemathesis}
examples=${MAX_EXAMPLES:-1000}

here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
base="http://127.0.0.1:$port"
"$server" serve --listen "127.0.0.1:$port" --database "$work/steward.db" --edge-cases 2>"$work/server.log" &
pid=$!
trap 'kill "$pid" 2>/dev/null || true; wait "$pid" 2>/dev/null || true; rm -rf "$work"' EXIT

tries=0
until python3 -c "import urllib.request; urllib.request.urlopen('$base/healthz')" 2>/dev/null; do
    tries=$((tries + 1))
    if [ "$tries" -gt 100 ]; then
        cat "$work/server.log" >&2
        exit 1
    fi
    sleep 0.1
done

result=0
for person in owner viewer; do
    token=$("$server" token --database "$work/steward.db" altostrat "$person")
    echo "== as $person"
    "$schemathesis" --config-file "$here/schemathesis.toml" run "$document" --url "$base/api/altostrat" \
        --header "Authorization: Bearer $token" \
        --phases examples,coverage,fuzzing --checks all \
        --max-examples "$examples" --seed 1 --suppress-health-check all --no-color || result=1
done

if ! python3 -c "import urllib.request; urllib.request.urlopen('$base/healthz')"; then
    echo "the server no longer answers" >&2
    result=1
fi
if grep -q '"level":"ERROR"' "$work/server.log"; then
    echo "the server logged errors:" >&2
    grep '"level":"ERROR"' "$work/server.log" | head -5 >&2
    result=1
fi
exit "$result"
