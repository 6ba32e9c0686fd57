// Runs a part of the suite on CPython for WebAssembly: node run.mjs FOLDER [arguments of pytest]
// FOLDER holds what the tests import, installed for that platform. `make test-wasm` calls this.
import { createRequire } from "node:module";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, "..", "..");
const { loadPyodide } = createRequire(join(root, "tools", "npm", "package.json"))("pyodide");

const pyodide = await loadPyodide({ env: { HOME: "/tmp", PYTHONDONTWRITEBYTECODE: "1" } });
const [folder, ...pytestArguments] = process.argv.slice(2);
for (const [place, path] of [["/checkout", root], ["/installed", resolve(folder)]]) {
  pyodide.FS.mkdirTree(place);
  pyodide.FS.mount(pyodide.FS.filesystems.NODEFS, { root: path }, place);
}
pyodide.FS.chdir("/checkout");
pyodide.globals.set("given", pyodide.toPy(pytestArguments));
process.exitCode = pyodide.runPython(`
import sys
sys.path[:0] = ["/checkout/tests/wasm", "/checkout", "/installed"]
from part_of_the_suite import main
main(list(given))
`);
