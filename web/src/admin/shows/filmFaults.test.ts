import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { faultWordsOf, filmFaults } from './filmFaults';

const SERVICE = '../src/showsondemand';
const refusals = readFileSync(`${SERVICE}/adapters/transcoder/port.py`, 'utf8');
const ingest = readdirSync(`${SERVICE}/vod_ingest`, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.py'))
  .map((name) => readFileSync(join(SERVICE, 'vod_ingest', name), 'utf8'))
  .join('\n');

/** Every code that a job may fail with: those of the two lists, and those that are named where a job ends. */
function everyCode(): string[] {
  const lists = refusals.slice(refusals.indexOf('class RefusalCode'), refusals.indexOf('class NotAVideo'));
  const listed = [...lists.matchAll(/^ {4}[A-Z_]+ = "(\w+)"$/gm)];
  const named = [...ingest.matchAll(/(?:Failure\(|Ending\.FAILED,)\s*(?:code=)?"(\w+)"/g)];
  return [...new Set([...listed, ...named].map(([, code = '']) => code))].sort();
}

test('every way for a film to fail has words in both languages', () => {
  expect(everyCode().length).toBeGreaterThan(20);
  expect(Object.keys(filmFaults.en).sort()).toEqual(everyCode());
  expect(Object.keys(filmFaults.de).sort()).toEqual(everyCode());
});

test('what MediaConvert numbers is said as what fails in any encoder', () => {
  expect(faultWordsOf('mediaconvert_1517', 'de')).toEqual(faultWordsOf('encoder', 'de'));
});
