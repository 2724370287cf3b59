"""Starts the reference server for a test and makes the vendors' clients for it.

STEWARD_SERVER names the server's binary. Every server has a database of its own, which goes away with it.
"""

import json
import os
import subprocess
import tempfile
import threading
import urllib.request

import anthropic
import openai


class Server:
    """A running server with the given settings, as a context."""

    def __init__(self, *settings):
        self._settings = settings

    def __enter__(self):
        self._folder = tempfile.TemporaryDirectory(prefix="steward-sdk-")
        self._database = os.path.join(self._folder.name, "steward.db")
        self._binary = os.environ["STEWARD_SERVER"]
        words = ["serve", "--listen", "127.0.0.1:0", "--database", self._database, "--edge-cases", "--faults"]
        for setting in self._settings:
            words += ["--setting", setting]
        self._process = subprocess.Popen(
            [self._binary, *words], stderr=subprocess.PIPE, text=True, encoding="utf-8"
        )
        for line in self._process.stderr:
            if address := json.loads(line).get("address"):
                self.address = address
                break
        else:
            raise RuntimeError("the server ended before it listened")
        # Nobody reading would block the server once the pipe is full.
        threading.Thread(target=self._process.stderr.read, daemon=True).start()
        return self

    def __exit__(self, *_):
        self._process.terminate()
        self._process.wait()
        self._process.stderr.close()
        self._folder.cleanup()

    def credential(self, person, *more, vendor="anthropic"):
        words = ["token", "--database", self._database, vendor, person, *more]
        return subprocess.check_output([self._binary, *words], text=True).strip()

    def client(self, person="owner", **more):
        """Anthropic's client with that person's key. Retries are off: each answer is looked at."""
        more.setdefault("api_key", self.credential(person))
        return anthropic.Anthropic(base_url=f"{self.address}/api/anthropic", max_retries=0, **more)

    def openai(self, person="owner", **more):
        """OpenAI's client with that person's key. Retries are off as well."""
        more.setdefault("admin_api_key", self.credential(person, vendor="openai"))
        return openai.OpenAI(base_url=f"{self.address}/api/openai/v1", max_retries=0, **more)

    def break_next(self, status, kind, path="/v1/organizations/**"):
        """The next request of Anthropic's to that path is answered like this."""
        body = {"type": "error", "error": {"type": kind, "message": "on request"}, "request_id": "req_fault"}
        action = {"status": status, "headers": {"request-id": "req_fault"}, "body": body}
        self.faults({"dialect": "anthropic", "path": path, "times": 1, "action": action})

    def faults(self, *rules):
        """These rules are in force from now on."""
        request = urllib.request.Request(
            f"{self.address}/api/_faults", data=json.dumps(rules).encode(), method="PUT"
        )
        urllib.request.urlopen(request).close()


def assert_strict(case, model):
    """Nothing is missing, nothing is left over, every type is the declared one, at every depth."""
    declared = set(type(model).model_fields)
    case.assertLessEqual(set(model.model_dump(exclude_unset=True)), declared)
    type(model).model_validate_json(model.model_dump_json(exclude_unset=True), strict=True)
    case.assertEqual(model.model_extra or {}, {})
    for name in model.model_fields_set:
        value = getattr(model, name)
        for inner in value if isinstance(value, list) else [value]:
            if hasattr(inner, "model_fields_set"):
                assert_strict(case, inner)
