import { createHash } from "node:crypto";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { strToU8, zipSync } from "fflate";
import { ROOT } from "./sources.ts";

/** Small Python packages of our own, in a folder as a release of Pyodide has them. */

export const wheelOf = (name: string): string => `${name.replaceAll("-", "_")}-1.0-py3-none-any.whl`;

const PACKAGES = [
  {
    name: "whet-stone",
    module: "whetstones",
    code: "from grit import ROUGH\n\ndef edge(n):\n    return n * ROUGH\n",
    depends: ["grit"],
  },
  { name: "grit", module: "grit", code: "ROUGH = 6\n", depends: [] },
];

function wheel({ name, module, code }: (typeof PACKAGES)[number]): Uint8Array {
  const info = `${name.replaceAll("-", "_")}-1.0.dist-info`;
  return zipSync({
    [`${module}.py`]: strToU8(code),
    [`${info}/METADATA`]: strToU8(`Metadata-Version: 2.1\nName: ${name}\nVersion: 1.0\n`),
    [`${info}/WHEEL`]: strToU8("Wheel-Version: 1.0\nGenerator: tests\nRoot-Is-Purelib: true\nTag: py3-none-any\n"),
    [`${info}/RECORD`]: strToU8(`${module}.py,,\n`),
  });
}

/** Puts them into a folder within that one, with their list, and gives its path. */
export async function packagesFolder(within: string): Promise<string> {
  const folder = join(within, "release");
  await mkdir(folder, { recursive: true });
  const own = join(ROOT, "node_modules", "pyodide", "pyodide-lock.json");
  const { info } = JSON.parse(await readFile(own, "utf8")) as { info: object };
  const packages: Record<string, object> = {};
  for (const one of PACKAGES) {
    const bytes = wheel(one);
    await writeFile(join(folder, wheelOf(one.name)), bytes);
    packages[one.name] = {
      name: one.name,
      version: "1.0",
      file_name: wheelOf(one.name),
      install_dir: "site",
      package_type: "package",
      sha256: createHash("sha256").update(bytes).digest("hex"),
      imports: [one.module],
      depends: one.depends,
      unvendored_tests: false,
    };
  }
  await writeFile(join(folder, "pyodide-lock.json"), JSON.stringify({ info, packages }));
  return folder;
}
