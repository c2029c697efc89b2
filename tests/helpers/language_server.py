"""A YAML language server as an editor runs it: a child process that speaks LSP over its standard input and output."""

from __future__ import annotations

import json
import os
import queue
import subprocess
import threading
import time
from pathlib import Path
from types import TracebackType
from typing import Any


class LanguageServer:
    """Start the server, open texts in it, and read what it says of them."""

    def __init__(self, command: list[str], folder: Path, timeout: float = 40) -> None:
        self.timeout = timeout
        self.folder = folder
        self.process = subprocess.Popen(
            command,
            cwd=folder,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "NODE_OPTIONS": ""},
        )
        self.messages: queue.Queue[dict[str, Any] | None] = queue.Queue()
        self.number = 0
        threading.Thread(target=self._read, daemon=True).start()

    def __enter__(self) -> LanguageServer:
        root = self.folder.as_uri()
        capabilities = {"textDocument": {"publishDiagnostics": {}, "hover": {"contentFormat": ["plaintext"]}}}
        self.request(
            "initialize",
            {
                "processId": os.getpid(),
                "rootUri": root,
                "workspaceFolders": [{"uri": root, "name": "test"}],
                "capabilities": capabilities,
            },
        )
        self.notify("initialized", {})
        settings = {"validate": True, "hover": True, "schemaStore": {"enable": False}}
        self.notify("workspace/didChangeConfiguration", {"settings": {"yaml": settings}})
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.process.kill()
        self.process.wait()
        for stream in (self.process.stdin, self.process.stdout):
            if stream is not None:
                stream.close()

    def diagnostics(self, path: Path, text: str) -> list[tuple[int, str]]:
        """Open `text` as the file `path`; return the line (from 1) and the words of each diagnostic."""
        uri = path.as_uri()
        document = {"uri": uri, "languageId": "yaml", "version": 1, "text": text}
        self.notify("textDocument/didOpen", {"textDocument": document})
        said = self._until(
            lambda m: m.get("method") == "textDocument/publishDiagnostics" and m["params"]["uri"] == uri
        )
        return sorted((d["range"]["start"]["line"] + 1, d["message"]) for d in said["params"]["diagnostics"])

    def hover(self, path: Path, line: int, col: int) -> str:
        """What an open file shows at a place (both from 1)."""
        place = {"textDocument": {"uri": path.as_uri()}, "position": {"line": line - 1, "character": col - 1}}
        contents = (self.request("textDocument/hover", place) or {}).get("contents", "")
        return str(contents["value"] if isinstance(contents, dict) else contents)

    def request(self, method: str, params: dict[str, Any]) -> Any:
        self.number += 1
        number = self.number
        self._send({"id": number, "method": method, "params": params})
        answer = self._until(lambda m: m.get("id") == number and "method" not in m)
        assert "error" not in answer, answer["error"]
        return answer.get("result")

    def notify(self, method: str, params: dict[str, Any]) -> None:
        self._send({"method": method, "params": params})

    def _send(self, message: dict[str, Any]) -> None:
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        assert self.process.stdin is not None
        self.process.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
        self.process.stdin.flush()

    def _read(self) -> None:
        stream = self.process.stdout
        assert stream is not None
        while True:
            length = 0
            while line := stream.readline().strip():
                name, _, value = line.partition(b":")
                if name.lower() == b"content-length":
                    length = int(value)
            if not length:
                self.messages.put(None)
                return
            self.messages.put(json.loads(stream.read(length)))

    def _until(self, wanted: Any) -> dict[str, Any]:
        """Read messages up to the one wanted; answer what the server itself asks on the way."""
        end = time.monotonic() + self.timeout
        while True:
            try:
                message = self.messages.get(timeout=max(0.01, end - time.monotonic()))
            except queue.Empty:
                raise AssertionError(f"the language server said nothing for {self.timeout} s") from None
            assert message is not None, "the language server has stopped"
            if "method" in message and "id" in message:
                items = message.get("params", {}).get("items", [])
                self._send({"id": message["id"], "result": [None] * len(items) if items else None})
            elif wanted(message):
                return message
