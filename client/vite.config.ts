import { readdir, readFile, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";
import react from "@vitejs/plugin-react";
import { defineConfig, type Plugin } from "vite";

/** What is text; fonts are compressed already. */
const TEXT = /\.(js|css|html|svg|json|webmanifest)$/;

/** Puts every text that was built beside itself as Brotli and gzip, where that is smaller, so that the server need not compress. */
function compressed(): Plugin {
  let directory = "";
  return {
    name: "whetstone-compressed",
    apply: "build",
    configResolved: ({ root, build }) => {
      directory = resolve(root, build.outDir);
    },
    // Behind all that writes, also what is copied from the public folder.
    closeBundle: {
      order: "post",
      sequential: true,
      handler: async (error?: Error) => {
        if (error) return;
        const names = await readdir(directory, { recursive: true });
        await Promise.all(names.filter((name) => TEXT.test(name)).map((name) => compress(join(directory, name))));
      },
    },
  };
}

async function compress(file: string): Promise<void> {
  const text = await readFile(file);
  const params = { [constants.BROTLI_PARAM_SIZE_HINT]: text.length };
  const [brotli, gzipped] = await Promise.all([
    promisify(brotliCompress)(text, { params }),
    promisify(gzip)(text, { level: constants.Z_BEST_COMPRESSION }),
  ]);
  if (brotli.length < text.length) await writeFile(`${file}.br`, brotli);
  if (gzipped.length < text.length) await writeFile(`${file}.gz`, gzipped);
}

export default defineConfig({
  plugins: [react(), compressed()],
  resolve: { conditions: ["whetstone-source", "module", "browser", "development|production"] },
  css: { modules: { localsConvention: "camelCaseOnly" } },
  build: { target: "es2023", modulePreload: { polyfill: false }, assetsInlineLimit: 0 },
  server: { proxy: { "/api": "http://127.0.0.1:3000", "/socket.io": { target: "http://127.0.0.1:3000", ws: true } } },
});
