/** Fails when the JavaScript that the home page needs weighs more than its budget; the player is apart, loaded on /watch. */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { gzipSync } from 'node:zlib';

const BUDGET_KILOBYTES = 150;
const DIST = resolve(import.meta.dirname, '../dist');
const FIRST_PAGE = 'index.html';

const manifest = JSON.parse(readFileSync(resolve(DIST, '.vite/viewer.json'), 'utf8'));
const needed = new Set();
const visit = (key) => {
  const chunk = manifest[key];
  if (!chunk) throw new Error(`${key} is not in the build's manifest`);
  if (needed.has(chunk.file)) return;
  needed.add(chunk.file);
  for (const imported of chunk.imports ?? []) visit(imported);
};
visit(FIRST_PAGE);

const kilobytes = [...needed]
  .map((file) => gzipSync(readFileSync(resolve(DIST, file)), { level: 9 }).length / 1000)
  .reduce((sum, size) => sum + size, 0);
console.log(
  `First page: ${kilobytes.toFixed(1)} kB of JavaScript (gzip) in ${needed.size} files, budget ${BUDGET_KILOBYTES} kB`,
);
if (kilobytes > BUDGET_KILOBYTES) process.exit(1);
