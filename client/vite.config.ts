import { cp, mkdir, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";
import react from "@vitejs/plugin-react";
import { defineConfig, type Plugin, type Rolldown } from "vite";

/** What is text or an interpreter's code; fonts are compressed already. */
const TEXT = /\.(js|css|html|svg|json|webmanifest|wasm)$/;

/** Files of more bytes are compressed by less effort: the most would take half a minute of each build, for a tenth. */
const LARGE = 1024 * 1024;

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
  const params = {
    [constants.BROTLI_PARAM_SIZE_HINT]: text.length,
    [constants.BROTLI_PARAM_QUALITY]: text.length > LARGE ? 9 : constants.BROTLI_MAX_QUALITY,
  };
  const [brotli, gzipped] = await Promise.all([
    promisify(brotliCompress)(text, { params }),
    promisify(gzip)(text, { level: constants.Z_BEST_COMPRESSION }),
  ]);
  if (brotli.length < text.length) await writeFile(`${file}.br`, brotli);
  if (gzipped.length < text.length) await writeFile(`${file}.gz`, gzipped);
}

const EARLIER_MOST = 5;
const EARLIER_DAYS = 7;
const DAY_MS = 24 * 60 * 60 * 1_000;

/**
 * Keeps the files of the builds before this one for a week, beside the built client, for the pages of them that are still open. Each has a
 * folder that is named by when it was replaced, with what no later build has, as a name is the hash of what is in the file.
 */
function keptForOpenPages(): Plugin {
  let directory = "";
  return {
    name: "whetstone-kept-for-open-pages",
    apply: "build",
    configResolved: ({ root, build }) => {
      directory = resolve(root, build.outDir);
    },
    // Before anything is written, as that empties the folder.
    buildStart: async () => {
      const replaced = await namesIn(join(directory, "assets"));
      if (replaced.length === 0) return;
      const folder = join(dirname(directory), "earlier", new Date().toISOString().replaceAll(":", "-"));
      await mkdir(folder, { recursive: true });
      await cp(join(directory, "assets"), join(folder, "assets"), { recursive: true });
    },
    closeBundle: {
      order: "post",
      sequential: true,
      handler: async (error?: Error) => {
        if (!error) await tidyEarlier(join(dirname(directory), "earlier"), join(directory, "assets"));
      },
    },
  };
}

const namesIn = (folder: string): Promise<string[]> => readdir(folder).catch(() => []);

async function tidyEarlier(folder: string, assets: string): Promise<void> {
  const later = new Set(await namesIn(assets));
  const builds = (await namesIn(folder)).sort().reverse();
  let kept = 0;
  for (const build of builds) {
    const files = await namesIn(join(folder, build, "assets"));
    const own = files.filter((file) => !later.has(file));
    const age = Date.now() - Date.parse(build.replace(/T(\d\d)-(\d\d)-/, "T$1:$2:"));
    const isKept = own.length > 0 && kept < EARLIER_MOST && age < EARLIER_DAYS * DAY_MS;
    const goes = isKept ? files.filter((file) => later.has(file)).map((file) => join("assets", file)) : [""];
    await Promise.all(goes.map((file) => rm(join(folder, build, file), { recursive: true })));
    if (isKept) kept++;
    for (const file of own) later.add(file);
  }
}

/**
 * What every page stands on comes as two files, what it starts with as another, what connects to a room as a fourth, and a candidate's way
 * from there into the room as a fifth, each with all that it needs: each file costs a round trip and a head. What is asked for ahead of
 * all that is small and comes first.
 */
const TOGETHER = [
  { name: "early", test: /client[\\/]src[\\/]api[\\/]early\.ts$/ },
  { name: "base", test: /node_modules[\\/](react|react-dom|scheduler|use-sync-external-store)[\\/]/ },
  {
    name: "libraries",
    test: /client[\\/]src[\\/]browser[\\/]schemas\.ts|node_modules[\\/](@tanstack[\\/](router-core|react-router|history|store|react-store)|zod)[\\/]/,
  },
  { name: "start", test: /client[\\/]src[\\/](router\.tsx|ui[\\/]base\.css)$/ },
  { name: "connection", test: /client[\\/]src[\\/]room[\\/]store[\\/]context\.tsx$/ },
  { name: "way-in", test: /client[\\/]src[\\/]room[\\/](RoomPage|candidate[\\/]CandidateScreen)\.tsx$/ },
];

/**
 * Puts what comes ahead into the page, and writes the page as those get it who open a link: it asks for what connects, and then for the
 * room's own page. And as those get it who come back to a room, and need all of that at once.
 */
function pagesOnTheWayIn(): Plugin {
  return {
    name: "whetstone-pages-on-the-way-in",
    apply: "build",
    enforce: "post",
    generateBundle: {
      order: "post",
      handler(_, bundle) {
        const page = bundle["index.html"];
        const files = (pattern: RegExp) => Object.keys(bundle).filter((name) => pattern.test(name));
        const [early, connection, wayIn] = ["early", "connection", "way-in"].flatMap((name) =>
          files(new RegExp(`^assets/${name}-[\\w-]+\\.js$`)),
        );
        // Another page than ours, as a test builds one, has no way in.
        if (page?.type !== "asset" || !early || !connection || !wayIn) return;
        const styles = files(/^assets\/way-in-[\w-]+\.css$/);
        const bare = String(page.source);
        // Behind the page's own script, by which its build is known.
        const pageWith = (next: readonly string[], links: readonly string[]) => {
          const named = next.length > 0 ? ` data-next="${next.map((file) => `/${file}`).join(" ")}"` : "";
          const ahead = `<script type="module" async crossorigin src="/${early}"${named}></script>`;
          return bare.replace("</head>", `  ${[ahead, ...links].join("\n    ")}\n  </head>`);
        };
        const write = (fileName: string, source: string) => this.emitFile({ type: "asset", fileName, source });
        const script = (file: string) => `<link rel="modulepreload" crossorigin href="/${file}">`;
        const sheet = (file: string) => `<link rel="preload" as="style" crossorigin href="/${file}">`;
        page.source = pageWith([], []);
        write("join.html", pageWith([wayIn, ...styles], [script(connection)]));
        write("room.html", pageWith([], [script(connection), script(wayIn), ...styles.map(sheet)]));
      },
    },
  };
}

/** Zod describes schemas as JSON Schema, too, which the server alone asks for; the page comes without what does that. */
function withoutJsonSchema(): Plugin {
  return {
    name: "whetstone-without-json-schema",
    apply: "build",
    async load(id) {
      if (!/[\\/]zod[\\/]v4[\\/]core[\\/](to-json-schema|json-schema-processors)\.js$/.test(id)) return null;
      const names = [...(await readFile(id, "utf8")).matchAll(/^export (?:const|function) (\w+)/gm)].map(
        ([, name]) => name,
      );
      return names.map((name) => `export const ${name} = () => undefined;`).join("\n");
    },
  };
}

/** The Emacs map says of the calls that fill it that they do nothing, and would come without its keys. */
function withEmacsKeys(): Plugin {
  return {
    name: "whetstone-with-emacs-keys",
    transform(code, id) {
      if (!/[\\/]@replit[\\/]codemirror-emacs[\\/]/.test(id)) return null;
      return { code: code.replaceAll("/*@__PURE__*/EmacsHandler", "EmacsHandler"), map: null };
    },
  };
}

/** `file?size` is how many bytes a file has, so that a page can say how much of it has come: what travels is compressed. */
function sizes(): Plugin {
  const SIZE = /\?size$/;
  return {
    name: "whetstone-sizes",
    enforce: "pre",
    resolveId: {
      filter: { id: SIZE },
      handler: async function (id, importer) {
        const file = await this.resolve(id.replace(SIZE, ""), importer, { skipSelf: true });
        return file && `${file.id}?size`;
      },
    },
    load: {
      filter: { id: SIZE },
      handler: async (id) => `export default ${(await stat(id.replace(SIZE, ""))).size};`,
    },
  };
}

const BOARD = /[\\/]@excalidraw[\\/]excalidraw[\\/]dist[\\/]prod[\\/]/;
/** Where the board's page finds what it is made of; see `room/workspace/board/assets.ts`. */
const BOARD_ASSETS = "assets/board";

/**
 * A hand's Chinese, Japanese and Korean takes thirteen megabytes in two hundred files, each of which would be asked for when a letter of it is
 * drawn; the system's own letters stand for it.
 */
const HAND_DRAWN_CJK = /\bXiaolai\//;

/** The same script without the faces of that font, so that a page asks for none. */
function withoutCjkFaces(code: string): string {
  const faces = new Set([...code.matchAll(/([\w$]+)="\.\/fonts\/Xiaolai\/[^"]+"/g)].map(([, name]) => name));
  const face = /\{uri:([\w$]+),descriptors:\{unicodeRange:"[^"]*"\}\},?/g;
  return code.replaceAll(face, (whole, name: string) => (faces.has(name) ? "" : whole));
}

const PICKER = 'role:"dialog","aria-modal":"true",className:"color-picker-container"';

/** Says to those who do not see it what stands there: colours that open nothing, a line that ends no page, and the size that a button shows. */
const asItIs = (code: string): string =>
  code
    .replace(PICKER, 'className:"color-picker-container"')
    .replace('"footer",{role:"contentinfo",className:"layer-ui', '"div",{className:"layer-ui')
    .replace(/(className:"reset-zoom-button zoom-button",title:[^,]+),"aria-label":[^,]+/, "$1");

/**
 * The board asks this server and no other: its fonts come with the build, and the host that it would ask where one is missing is this one. It
 * comes in one language, and without what makes fonts smaller for a picture in SVG, of which nobody makes one.
 */
function boardFromHere(): Plugin {
  const foreign = "https://esm.sh/";
  return {
    name: "whetstone-board-from-here",
    apply: "build",
    async load(id) {
      if (!BOARD.test(id)) return null;
      if (/[\\/]locales[\\/](?!en-)/.test(id)) return "export default {};";
      if (/[\\/]subset-(shared|worker)\.chunk\.js$/.test(id)) return "export {};";
      const code = await readFile(id, "utf8");
      // Its own class of that name says other things of it than the page's, and would for the whole page.
      if (id.endsWith("index.css"))
        return code.replaceAll(/(?<![\w-])\.visually-hidden\{/g, ".excalidraw .visually-hidden{");
      if (!code.includes(foreign) && !HAND_DRAWN_CJK.test(code) && !code.includes(PICKER)) return null;
      return asItIs(withoutCjkFaces(code)).replaceAll(foreign, `\${location.origin}/${BOARD_ASSETS}/missing/`);
    },
    async generateBundle(_, bundle) {
      // Another page than ours has no board.
      if (!Object.values(bundle).some((file) => file.type === "chunk" && file.moduleIds.some((id) => BOARD.test(id))))
        return;
      const fonts = join(dirname(fileURLToPath(import.meta.resolve("@excalidraw/excalidraw"))), "fonts");
      for (const name of await readdir(fonts, { recursive: true })) {
        if (!name.endsWith(".woff2") || HAND_DRAWN_CJK.test(name)) continue;
        const fileName = `${BOARD_ASSETS}/fonts/${name.replaceAll("\\", "/")}`;
        this.emitFile({ type: "asset", fileName, source: await readFile(join(fonts, name)) });
      }
    },
  };
}

/** Interpreters come with what they need elsewhere than in a browser, of which nothing need be said. */
const ofOurOwn = (level: Rolldown.LogLevel, log: Rolldown.RolldownLog, tell: Rolldown.LogOrStringHandler): void => {
  if (!/pyodide|quickjs|sql\.js/.test(`${log.id} ${log.message}`)) tell(level, log);
};

export default defineConfig({
  plugins: [
    react(),
    sizes(),
    withoutJsonSchema(),
    withEmacsKeys(),
    boardFromHere(),
    pagesOnTheWayIn(),
    compressed(),
    keptForOpenPages(),
  ],
  resolve: { conditions: ["whetstone-source", "module", "browser", "development|production"] },
  // A worker comes as one file, as it may fetch nothing.
  worker: { format: "iife", rolldownOptions: { output: { codeSplitting: false }, onLog: ofOurOwn } },
  css: { modules: { localsConvention: "camelCaseOnly" } },
  build: {
    target: "es2023",
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    rolldownOptions: { output: { codeSplitting: { groups: TOGETHER } } },
  },
  server: { proxy: { "/api": "http://127.0.0.1:3000", "/socket.io": { target: "http://127.0.0.1:3000", ws: true } } },
});
