// Bundles the browser's part: ts/*.ts and css/*.css -> static/ui/built/, each beside its compressed twins, which the server sends as they are. Run by `make setup`.
import { build } from "esbuild";
import { copyFile, mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, gzipSync } from "node:zlib";

const here = dirname(fileURLToPath(import.meta.url));
const built = join(here, "static/ui/built");
const figtree = dirname(createRequire(import.meta.url).resolve("@fontsource-variable/figtree/package.json"));

await mkdir(built, { recursive: true });
await copyFile(join(figtree, "files/figtree-latin-wght-normal.woff2"), join(built, "figtree.woff2"));
await copyFile(join(figtree, "LICENSE"), join(built, "figtree-license.txt"));

const shared = { bundle: true, minify: true, legalComments: "none", outdir: built, logLevel: "warning" };
await build({
  ...shared,
  entryPoints: ["participant", "desk", "screen", "page", "offline", "sw"].map((name) => join(here, `ts/${name}.ts`)),
  format: "iife",
  target: ["chrome100", "safari15.4", "firefox100"],
});
await build({ ...shared, entryPoints: [{ in: "sortablejs", out: "sortable" }], format: "iife", globalName: "Sortable", footer: { js: "window.Sortable=Sortable.default;" }, absWorkingDir: here });
await build({
  ...shared,
  entryPoints: ["main", "practice"].map((name) => join(here, `css/${name}.css`)),
  target: ["chrome109", "safari15.4", "firefox115"],
  plugins: [{ name: "font", setup: (it) => it.onResolve({ filter: /\.woff2$/ }, () => ({ path: "./figtree.woff2", external: true })) }],
});

for (const folder of [built, join(here, "static/ui")]) {
  for (const name of await readdir(folder)) {
    if (!/\.(js|css|svg)$/.test(name)) continue;
    const bytes = await readFile(join(folder, name));
    await writeFile(join(folder, `${name}.gz`), gzipSync(bytes, { level: 9 }));
    await writeFile(join(folder, `${name}.br`), brotliCompressSync(bytes));
  }
}
