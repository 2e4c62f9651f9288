"""The server: what comes from the editor in its order, checks in the pauses between, and diagnostics as they change."""

from __future__ import annotations

import gc
import logging
import os
import pkgutil
import time
import traceback
from collections.abc import Callable, Iterable
from importlib import import_module
from queue import Empty
from types import ModuleType
from typing import Any

from vaultkit.base.errors import VaultkitError
from vaultkit.lsp import features, jsonrpc
from vaultkit.lsp.diagnostics import diagnostics_of
from vaultkit.lsp.jsonrpc import Connection
from vaultkit.lsp.uris import path_of_uri
from vaultkit.lsp.vaults import EditedVault, OpenVault

_LOG = logging.getLogger(__name__)

# Between two checks while somebody types, and from the last keystroke until the link at the cursor counts as written.
CHECK_SECONDS, TYPED_SECONDS = 0.15, 2.0
# Between two looks at the disk: if the editor reports changed files, and if not.
WATCHED_SECONDS, POLL_SECONDS = 30.0, 3.0
# An editor or a sync client writes several files in a row.
DISK_SECONDS = 0.3
COLLECT_AFTER = 50  # checks

# A file or folder -> the folder of its vault, None if it is in none.
RootOf = Callable[[str], str | None]


def feature_modules() -> dict[str, ModuleType]:
    """Method -> the module that answers it."""
    names = [module.name for module in pkgutil.iter_modules(features.__path__)]
    modules = [import_module(f"{features.__name__}.{name}") for name in names]
    return {module.METHOD: module for module in modules}


class EditorServer:
    """One session with one editor."""

    def __init__(self, connection: Connection, open_vault: OpenVault, root_of: RootOf, version: str) -> None:
        self._connection = connection
        self._open_vault = open_vault
        self._root_of = root_of
        self._version = version
        self._features = feature_modules()
        self._vaults: dict[str, EditedVault] = {}
        self._encoding = "utf-16"
        self._folders: list[str] = []
        self._published: dict[str, tuple[int | None, list[Any]]] = {}
        self._due: dict[str, float] = {}
        self._is_initialized = self._is_shut_down = False
        self._can_watch = False
        self._checks = 0
        self._checked_at = 0.0

    def run(self) -> int:
        """Serve until the editor leaves; return the exit status."""
        self._connection.start()
        while True:
            now = time.monotonic()
            wait = max(0.0, min(self._due.values()) - now) if self._due else None
            try:
                message = self._connection.receive(wait)
            except Empty:
                self._run_due()
                continue
            if message is None or message.get("method") == "exit":
                return 0 if self._is_shut_down else 1
            self._handle(message)

    def _handle(self, message: dict[str, Any]) -> None:
        method, request_id = message.get("method"), message.get("id")
        if method is None:
            return  # an answer to one of our requests
        if request_id is not None and self._connection.is_cancelled(request_id):
            self._connection.respond_error(request_id, jsonrpc.REQUEST_CANCELLED, "cancelled")
            return
        try:
            result = self._call(method, message.get("params") or {}, is_request=request_id is not None)
        except _NoSuchMethodError:
            if request_id is not None:
                self._connection.respond_error(request_id, jsonrpc.METHOD_NOT_FOUND, f"no method {method}")
        except VaultkitError as error:
            self._complain(request_id, jsonrpc.REQUEST_FAILED, str(error))
        except (KeyError, TypeError, IndexError, AttributeError) as error:
            _LOG.debug("%s", traceback.format_exc())
            self._complain(request_id, jsonrpc.INVALID_PARAMS, f"{method}: {type(error).__name__}: {error}")
        except Exception as error:  # a bug of ours ends one answer, not the session
            _LOG.error("%s", traceback.format_exc())
            self._complain(request_id, jsonrpc.INTERNAL_ERROR, f"{method}: {type(error).__name__}: {error}")
        else:
            if request_id is not None:
                self._connection.respond(request_id, result)

    def _complain(self, request_id: Any, code: int, text: str) -> None:
        if request_id is not None:
            self._connection.respond_error(request_id, code, text)
        else:
            self._connection.notify("window/logMessage", {"type": 1, "message": text})

    def _call(self, method: str, params: Any, *, is_request: bool) -> Any:
        if method == "initialize":
            return self._initialize(params)
        if not self._is_initialized:
            raise VaultkitError("the server is not initialized")
        module = self._features.get(method)
        if module is not None:
            return self._answer(module, params)
        handler = {
            "initialized": self._initialized,
            "shutdown": self._shut_down,
            "textDocument/didOpen": self._did_open,
            "textDocument/didChange": self._did_change,
            "textDocument/didClose": self._did_close,
            "textDocument/didSave": self._did_save,
            "workspace/didChangeWatchedFiles": self._disk_changed,
            "workspace/didCreateFiles": self._disk_changed,
            "workspace/didDeleteFiles": self._disk_changed,
            "workspace/didRenameFiles": self._disk_changed,
            "workspace/didChangeConfiguration": self._disk_changed,
            "workspace/didChangeWorkspaceFolders": self._did_change_folders,
        }.get(method)
        if handler is None:
            if is_request:
                raise _NoSuchMethodError
            return None
        return handler(params)

    def _answer(self, module: ModuleType, params: Any) -> Any:
        """Ask a feature: the vault of the document, or all vaults."""
        if "textDocument" in params:
            vaults: Iterable[EditedVault] = filter(None, [self._vault_of(params["textDocument"]["uri"])])
        elif "files" in params:
            vaults = filter(None, [self._vault_of(params["files"][0]["oldUri"])])
        else:
            vaults = self._vaults.values()
        found: Any = None
        for vault in vaults:
            if getattr(module, "NEEDS_CHECK", False) and vault.is_dirty:
                self._check(vault)
            answer = module.answer(vault, params)
            found = answer if found is None else [*found, *(answer or ())]
        return found

    # The life of the session.

    def _initialize(self, params: Any) -> Any:
        capabilities = params.get("capabilities") or {}
        offered = (capabilities.get("general") or {}).get("positionEncodings") or ["utf-16"]
        self._encoding = next((one for one in ("utf-32", "utf-16", "utf-8") if one in offered), "utf-16")
        workspace = capabilities.get("workspace") or {}
        self._can_watch = bool((workspace.get("didChangeWatchedFiles") or {}).get("dynamicRegistration"))
        folders = [one["uri"] for one in params.get("workspaceFolders") or []]
        folders = folders or [uri for uri in [params.get("rootUri")] if uri]
        self._folders = [place for uri in folders if (place := path_of_uri(uri)) is not None]
        self._is_initialized = True
        offers: dict[str, Any] = {
            "positionEncoding": self._encoding,
            "textDocumentSync": {"openClose": True, "change": 2, "save": {"includeText": False}},
            "workspace": {"workspaceFolders": {"supported": True, "changeNotifications": True}},
        }
        for module in self._features.values():
            for key, value in module.CAPABILITY.items():
                offers[key] = {**offers[key], **value} if key == "workspace" else value
        return {"capabilities": offers, "serverInfo": {"name": "vaultkit", "version": self._version}}

    def _initialized(self, params: Any) -> None:
        for folder in self._folders:
            self._open_folder(folder)
        if self._can_watch:
            watchers = [{"globPattern": "**/*"}]
            registration = {
                "id": "vaultkit-files",
                "method": "workspace/didChangeWatchedFiles",
                "registerOptions": {"watchers": watchers},
            }
            self._connection.request("client/registerCapability", {"registrations": [registration]})
        self._due["disk"] = time.monotonic() + self._poll_seconds

    @property
    def _poll_seconds(self) -> float:
        return WATCHED_SECONDS if self._can_watch else POLL_SECONDS

    def _shut_down(self, params: Any) -> None:
        self._is_shut_down = True
        self._due.clear()

    def _open_folder(self, folder: str) -> None:
        root = self._root_of(folder)
        if root is not None and root not in self._vaults:
            try:
                self._open(root)
            except VaultkitError as error:
                self._connection.notify("window/showMessage", {"type": 2, "message": f"vaultkit: {error}"})

    def _open(self, root: str) -> EditedVault:
        begun = time.monotonic()
        vault = self._vaults[root] = EditedVault(root, self._open_vault, self._encoding)
        gc.collect()
        gc.freeze()  # what stays for the session is not looked at again when garbage is collected
        seconds, notes = time.monotonic() - begun, len(vault.snapshot.notes)
        text = f"vaultkit: {root}: {notes} note{'' if notes == 1 else 's'} in {seconds:.1f} s"
        self._connection.notify("window/logMessage", {"type": 3, "message": text})
        return vault

    def _vault_of(self, uri: str) -> EditedVault | None:
        """The innermost open vault that has the address; one that is not open yet is opened."""
        place = path_of_uri(uri)
        if place is None:
            return None
        inside = [root for root in self._vaults if place.startswith(os.path.join(root, ""))]
        if inside:
            return self._vaults[max(inside, key=len)]
        root = self._root_of(place)
        return self._open(root) if root is not None and root not in self._vaults else None

    def _did_change_folders(self, params: Any) -> None:
        event = params["event"]
        for one in event.get("removed", ()):
            place = path_of_uri(one["uri"])
            if place is not None and place in self._vaults:
                self._withdraw(self._vaults.pop(place))
        for one in event.get("added", ()):
            place = path_of_uri(one["uri"])
            if place is not None:
                self._open_folder(place)

    def _withdraw(self, vault: EditedVault) -> None:
        for uri in [uri for uri in self._published if vault.path_of(uri) is not None]:
            self._publish(uri, [], None)

    # Documents.

    def _document(self, params: Any) -> tuple[EditedVault, str] | None:
        uri = params["textDocument"]["uri"]
        vault = self._vault_of(uri)
        path = vault.path_of(uri) if vault is not None else None
        return (vault, path) if vault is not None and path is not None else None

    def _did_open(self, params: Any) -> None:
        found = self._document(params)
        if found is not None:
            vault, path = found
            document = params["textDocument"]
            vault.open_text(path, document["text"], document.get("version"))
            self._check_soon()

    def _did_change(self, params: Any) -> None:
        found = self._document(params)
        if found is not None:
            vault, path = found
            vault.change_text(path, params["contentChanges"], params["textDocument"].get("version"))
            self._check_soon()

    def _did_close(self, params: Any) -> None:
        found = self._document(params)
        if found is not None:
            found[0].close_text(found[1])
            self._check_soon()

    def _did_save(self, params: Any) -> None:
        found = self._document(params)
        if found is not None:
            found[0].typed_at.pop(found[1], None)
            self._check_soon()

    def _disk_changed(self, params: Any) -> None:
        self._due["disk"] = min(self._due.get("disk", float("inf")), time.monotonic() + DISK_SECONDS)

    def _check_soon(self) -> None:
        now = time.monotonic()
        self._due["check"] = max(now, self._checked_at + CHECK_SECONDS)
        self._due["typed"] = now + TYPED_SECONDS

    # Checks in the pauses.

    def _run_due(self) -> None:
        now = time.monotonic()
        if self._due.get("check", now + 1) <= now:
            del self._due["check"]
            for vault in list(self._vaults.values()):
                self._guarded(lambda vault=vault: self._check(vault))  # type: ignore[misc]
        elif self._due.get("typed", now + 1) <= now:
            del self._due["typed"]
            for vault in self._vaults.values():
                vault.typed_at.clear()
                self._publish_all(vault, vault.texts)
        elif self._due.get("disk", now + 1) <= now:
            for vault in list(self._vaults.values()):
                self._guarded(lambda vault=vault: self._publish_all(vault, vault.check_disk()))  # type: ignore[misc]
            self._due["disk"] = time.monotonic() + self._poll_seconds
        if self._checks >= COLLECT_AFTER and self._connection.is_idle:
            self._checks = 0
            gc.collect()

    def _guarded(self, step: Callable[[], None]) -> None:
        """Run a step whose failure is reported and does not end the session."""
        try:
            step()
        except Exception as error:
            _LOG.error("%s", traceback.format_exc())
            self._complain(None, jsonrpc.INTERNAL_ERROR, f"vaultkit: {type(error).__name__}: {error}")

    def _check(self, vault: EditedVault) -> None:
        self._checks += 1
        self._publish_all(vault, vault.check_edits())
        self._checked_at = time.monotonic()

    def _publish_all(self, vault: EditedVault, changed: Iterable[str]) -> None:
        for path in sorted({*changed, *vault.texts}):
            self._publish(
                vault.uri(path), diagnostics_of(vault, path, is_typing="typed" in self._due), vault.versions.get(path)
            )

    def _publish(self, uri: str, found: list[Any], version: int | None) -> None:
        """Send diagnostics that are new, or that are about another version of an open document."""
        if self._published.get(uri, (None, [])) == (version, found):
            return
        self._published[uri] = (version, found)
        if not found and version is None:
            del self._published[uri]
        params: dict[str, Any] = {"uri": uri, "diagnostics": found}
        if version is not None:
            params["version"] = version
        self._connection.notify("textDocument/publishDiagnostics", params)


class _NoSuchMethodError(Exception):
    """The editor asks for something that the server did not announce."""
