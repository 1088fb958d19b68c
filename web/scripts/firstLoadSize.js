/** Fails when the JavaScript that a client's first page needs weighs more than its budget; what one page needs is apart. */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { gzipSync } from 'node:zlib';

const BUDGETS_KILOBYTES = { viewer: 150, admin: 260 };
const INDEXES = { viewer: 'index.html', admin: 'admin/index.html' };
const DIST = resolve(import.meta.dirname, '../dist');

function kilobytesOf(client) {
  const manifest = JSON.parse(readFileSync(resolve(DIST, `.vite/${client}.json`), 'utf8'));
  const needed = new Set();
  const visit = (key) => {
    const chunk = manifest[key];
    if (!chunk) throw new Error(`${key} is not in the build's manifest`);
    if (needed.has(chunk.file)) return;
    needed.add(chunk.file);
    for (const imported of chunk.imports ?? []) visit(imported);
  };
  visit(INDEXES[client]);
  const sizes = [...needed].map((file) => gzipSync(readFileSync(resolve(DIST, file)), { level: 9 }).length);
  return sizes.reduce((sum, size) => sum + size, 0) / 1000;
}

for (const [client, budget] of Object.entries(BUDGETS_KILOBYTES)) {
  const kilobytes = kilobytesOf(client);
  console.log(`${client}: ${kilobytes.toFixed(1)} kB of JavaScript at first (gzip), budget ${budget} kB`);
  if (kilobytes > budget) process.exitCode = 1;
}
