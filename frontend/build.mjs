// node build.mjs [--watch]: bundles src/ into the Python package, with hashed names, a manifest for
// the templates, a size budget that fails the build, and the licence texts of what we ship of others.
import * as esbuild from 'esbuild';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';

const OUT = '../src/provender/kit/ui/static/dist';
const WATCHED = process.argv.includes('--watch');
const LICENCES = ['MIT', 'ISC', '0BSD', 'BSD-0-Clause', 'BSD-2-Clause', 'BSD-3-Clause', 'Apache-2.0'];
const FIRST_LOAD_BUDGET_BYTES = 40_000; // gzip -9 of app.js with its static imports, and app.css
const ISLAND_BUDGET_BYTES = 6_000; // gzip -9 of each chunk that is fetched when its tag is on the page

const options = {
  bundle: true,
  format: 'esm',
  splitting: true,
  minify: !WATCHED,
  sourcemap: WATCHED,
  target: 'es2022',
  legalComments: 'none',
  metafile: true,
  entryPoints: { app: 'src/app.js' },
  outdir: OUT,
  entryNames: '[name]-[hash]',
  chunkNames: 'chunk/[name]-[hash]',
  logLevel: 'warning',
};

// What we ship of others, each with its licence text; an unlisted licence stops the build.
function writeNotices(inputs) {
  const notices = new Map();
  for (const path of Object.keys(inputs)) {
    const folder = path.match(/^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//)?.[1];
    if (!folder || notices.has(folder)) continue;
    const about = JSON.parse(readFileSync(`${folder}/package.json`));
    if (!LICENCES.includes(about.license)) throw new Error(`${about.name}: licence ${about.license} is not on the list`);
    const file = readdirSync(folder).find((name) => /^licen[cs]e/i.test(name));
    if (!file) throw new Error(`${about.name} ships no licence text`);
    notices.set(folder, `${about.name} ${about.version}, ${about.license}\n\n${readFileSync(`${folder}/${file}`, 'utf8').trim()}\n`);
  }
  writeFileSync(`${OUT}/THIRD_PARTY_NOTICES.txt`, [...notices.values()].sort().join(`\n${'-'.repeat(72)}\n\n`));
}

const relative = (file) => file.split('/dist/')[1];
const gzipBytes = (file) => gzipSync(readFileSync(file), { level: 9 }).length;

// The files a first visit loads: the entry, what it imports statically, and its style sheet.
function listFirstLoad(outputs, entry, files = new Set()) {
  files.add(entry);
  for (const one of outputs[entry].imports) {
    if (one.kind === 'import-statement' && !files.has(one.path)) listFirstLoad(outputs, one.path, files);
  }
  if (outputs[entry].cssBundle) files.add(outputs[entry].cssBundle);
  return files;
}

function checkBudget(outputs, entry) {
  const first = listFirstLoad(outputs, entry);
  const total = [...first].reduce((sum, file) => sum + gzipBytes(file), 0);
  if (total > FIRST_LOAD_BUDGET_BYTES) throw new Error(`first load: ${total} bytes gzip, over its budget`);
  for (const file of Object.keys(outputs)) {
    if (first.has(file) || !file.endsWith('.js')) continue;
    if (gzipBytes(file) > ISLAND_BUDGET_BYTES) throw new Error(`${file}: ${gzipBytes(file)} bytes gzip, over its budget`);
  }
  return total;
}

function copyHashed(name) {
  const bytes = readFileSync(`src/${name}`);
  const hash = createHash('sha256').update(bytes).digest('hex').slice(0, 8).toUpperCase();
  const hashed = name.replace(/\.(\w+)$/, `-${hash}.$1`);
  writeFileSync(`${OUT}/${hashed}`, bytes);
  return hashed;
}

const finish = {
  name: 'finish',
  setup: (build) => build.onEnd((result) => {
    if (result.errors.length) return;
    const { outputs, inputs } = result.metafile;
    const [entry, output] = Object.entries(outputs).find(([, one]) => one.entryPoint === 'src/app.js');
    const manifest = { 'app.js': relative(entry), 'app.css': relative(output.cssBundle), 'mark.svg': copyHashed('mark.svg') };
    writeNotices(inputs);
    if (!WATCHED) console.log(`first load ${checkBudget(outputs, entry)} bytes gzip`);
    writeFileSync(`${OUT}/manifest.json`, `${JSON.stringify(manifest, null, 1)}\n`);
  }),
};

if (existsSync(OUT)) rmSync(OUT, { recursive: true });
mkdirSync(OUT, { recursive: true });
if (WATCHED) await (await esbuild.context({ ...options, plugins: [finish] })).watch();
else await esbuild.build({ ...options, plugins: [finish] });
