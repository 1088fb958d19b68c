/** Fails when src/api/schema.d.ts is not what the API's own document would give. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const WEB = resolve(import.meta.dirname, '..');
const KEPT = join(WEB, 'src/api/schema.d.ts');
const folder = mkdtempSync(join(tmpdir(), 'schema-'));
try {
  const made = join(folder, 'schema.d.ts');
  const tool = join(WEB, 'node_modules/openapi-typescript/bin/cli.js');
  const words = [join(WEB, '../docs/openapi.json'), '--default-non-nullable', 'false', '--output', made];
  execFileSync(process.execPath, [tool, ...words], { stdio: 'pipe' });
  if (readFileSync(made, 'utf8') !== readFileSync(KEPT, 'utf8')) {
    console.error('src/api/schema.d.ts is stale: npm run generate');
    process.exitCode = 1;
  }
} finally {
  rmSync(folder, { recursive: true });
}
