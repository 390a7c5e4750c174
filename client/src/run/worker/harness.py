"""Runs a person's program in Pyodide, and tells how it went. The page's side of it is `python.ts`."""

import ast
import builtins
import io
import json
import linecache
import os
import random
import sys
import traceback

MAIN = "main.py"
HARNESS = "<harness>"
# Frames of the interpreter's own machinery, which say nothing to whoever wrote the program.
OWN = (HARNESS, "/lib/python314.zip/_pyodide/", "/lib/python314.zip/pyodide/", "<frozen importlib._bootstrap")
NOT_SHOWN = object()


class Out(io.RawIOBase):
    """A stream of the program's, every byte of which goes to the page."""

    def __init__(self, host, name):
        self._host = host
        self.name = f"<{name}>"
        self._stream = name

    def writable(self):
        return True

    def write(self, data):
        data = bytes(data)
        self._host.write(self._stream, data)
        return len(data)


class In(io.TextIOBase):
    """The program's input: every line is asked for."""

    name = "<stdin>"
    encoding = "utf-8"

    def __init__(self, ask):
        self._ask = ask
        self._rest = ""

    def readable(self):
        return True

    def readline(self, size=-1):
        if self._rest == "":
            line = self._ask("")
            if line is None:
                return ""
            self._rest = line + "\n"
        size = len(self._rest) if size is None or size < 0 else size
        line, self._rest = self._rest[:size], self._rest[size:]
        return line

    def read(self, size=-1):
        if size is not None and size >= 0:
            return self.readline(size)
        return "".join(iter(self.readline, ""))


class Program:
    """One program, its names, and what it asks and shows."""

    def __init__(self, host, known_imports, seed):
        self._host = host
        self._known_imports = known_imports
        self.names = {"__name__": "__main__", "__builtins__": builtins, "__file__": MAIN}
        sys.modules["__main__"].__dict__.update(self.names)
        sys.stdout = io.TextIOWrapper(Out(host, "stdout"), "utf-8", "replace", "\n", write_through=True)
        sys.stderr = io.TextIOWrapper(Out(host, "stderr"), "utf-8", "backslashreplace", "\n", write_through=True)
        sys.stdin = In(self._ask)
        sys.argv = [MAIN]
        builtins.input = self._input
        random.seed(seed)

    def _ask(self, prompt):
        from pyodide.ffi import can_run_sync, run_sync

        line = run_sync(self._host.askAndWait(prompt)) if can_run_sync() else self._host.ask(prompt)
        # The page's null is a value of its own here.
        return line if isinstance(line, str) else None

    def _input(self, prompt="", /):
        line = self._ask(str(prompt))
        if line is None:
            raise EOFError("There is no more input.")
        return line

    def run(self, code):
        """Runs the program, and shows the value of its last line where that is a table or a picture."""
        return self._guarded(lambda: self._show(self._execute(code, MAIN)))

    def test(self, code, index):
        """Runs a test among the program's names."""
        return self._guarded(lambda: self._execute(code, f"test {index + 1}"))

    def _execute(self, code, name):
        lines = code.splitlines(keepends=True)
        linecache.cache[name] = (len(code), None, lines, name)
        tree = ast.parse(code, name)
        last = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) else None
        exec(compile(tree, name, "exec", dont_inherit=True), self.names)
        if last is None:
            return NOT_SHOWN
        return eval(compile(ast.Expression(last.value), name, "eval", dont_inherit=True), self.names)

    def _guarded(self, act):
        try:
            act()
            return json.dumps({"outcome": "ok"})
        except MemoryError:
            return json.dumps({"outcome": "too_much_memory"})
        except SystemExit as end:
            if end.code is None or end.code == 0:
                return json.dumps({"outcome": "ok"})
            return self._fault(end)
        except BaseException as error:
            return self._fault(error)

    def _fault(self, error):
        told = traceback.TracebackException.from_exception(error, compact=True)
        self._without_own_frames(told, set())
        message = "".join(told.format_exception_only()).strip().splitlines()
        fault = {
            "message": self._missing(error) or (message[-1] if message else type(error).__name__),
            "traceback": "".join(told.format()),
            "line": self._line(error),
        }
        return json.dumps({"outcome": "error", "fault": fault})

    def _without_own_frames(self, told, seen):
        if told is None or id(told) in seen:
            return
        seen.add(id(told))
        kept = [frame for frame in told.stack if not frame.filename.startswith(OWN)]
        told.stack = traceback.StackSummary.from_list(kept)
        for other in (told.__cause__, told.__context__, *(told.exceptions or ())):
            self._without_own_frames(other, seen)

    def _line(self, error):
        """The last line of the program on the way to the error."""
        if isinstance(error, SyntaxError) and error.filename == MAIN:
            return error.lineno
        lines = [line for frame, line in traceback.walk_tb(error.__traceback__) if frame.f_code.co_filename == MAIN]
        return lines[-1] if lines else None

    def _missing(self, error):
        """What to say of a package that the server could have."""
        if not isinstance(error, ModuleNotFoundError) or error.name is None:
            return None
        package = self._known_imports.get(error.name.split(".")[0])
        if package is None:
            return None
        shown = {"numpy": "NumPy", "scipy": "SciPy", "matplotlib": "Matplotlib"}.get(package, package)
        command = "npm run python-packages" + ("" if package == "numpy" else f" -- {package}")
        return f"{shown} is not installed on this server. Whoever runs it can add it with `{command}`."

    def _show(self, value):
        self._show_figures()
        if value is NOT_SHOWN or value is None:
            return
        picture = self._picture(value)
        if picture is not None:
            self._host.image(picture)
        elif self._is_frame(value):
            shown = value.head(200)
            self._host.table(json.dumps(["", *map(str, shown.columns)]), self._cells(shown.itertuples()), len(value))
        elif isinstance(value, list) and value and all(isinstance(row, dict) for row in value):
            columns = list(dict.fromkeys(key for row in value[:200] for key in row))
            rows = ([row.get(column) for column in columns] for row in value[:200])
            self._host.table(json.dumps([str(column) for column in columns]), self._cells(rows), len(value))

    def _show_figures(self):
        pyplot = sys.modules.get("matplotlib.pyplot")
        for number in pyplot.get_fignums() if pyplot else ():
            picture = io.BytesIO()
            pyplot.figure(number).savefig(picture, format="png")
            self._host.image(picture.getvalue())

    @staticmethod
    def _picture(value):
        if isinstance(value, type):
            return None
        draw = getattr(value, "_repr_png_", None)
        picture = draw() if callable(draw) else None
        return picture if isinstance(picture, bytes) else None

    @staticmethod
    def _is_frame(value):
        return all(hasattr(value, name) for name in ("columns", "head", "itertuples")) and not isinstance(value, type)

    @staticmethod
    def _cells(rows):
        plain = (str, int, float, bool, type(None))
        cells = [[cell if type(cell) in plain else str(cell) for cell in row][:51] for row in rows]
        # JSON has no NaN, and a number that JavaScript cannot hold is shown as it is written.
        return json.dumps([[cell if Program._is_held(cell) else str(cell) for cell in row] for row in cells])

    @staticmethod
    def _is_held(cell):
        if isinstance(cell, float):
            return cell - cell == 0
        return not isinstance(cell, int) or abs(cell) < 2**53


def begin(host, known_imports, files, seed):
    """A program in its own folder, with its files beside it."""
    for name, text in json.loads(files).items():
        os.makedirs(os.path.dirname(name) or ".", exist_ok=True)
        with open(name, "w", encoding="utf-8") as file:
            file.write(text)
    return Program(host, json.loads(known_imports), seed)
