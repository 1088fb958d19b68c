import { expect, test } from 'vitest';
import { giveBack, inTurn, want } from './claims';

/** Requests as a server would see them, each answered only when `answerNext` is called. */
function server() {
  const seen: string[] = [];
  const open: (() => void)[] = [];
  const ask = (what: string) => () =>
    new Promise<void>((resolve) => {
      seen.push(what);
      open.push(resolve);
    });
  const settled = () => new Promise((resolve) => setTimeout(resolve));
  const answerNext = async () => {
    await settled();
    open.shift()?.();
    await settled();
  };
  return { seen, ask, answerNext, settled };
}

test('a claim that is asked for while the last one is given back waits for the answer', async () => {
  const { seen, ask, answerNext, settled } = server();
  void giveBack('film', ask('release'));
  void inTurn('film', ask('claim'));
  await settled();

  const before = [...seen];
  await answerNext();

  expect([before, seen]).toEqual([['release'], ['release', 'claim']]);
});

test('a film that is left and opened again at once is not given back', async () => {
  const { seen, ask, answerNext } = server();
  const takeOff = want('left film');
  void inTurn('left film', ask('claim'));
  takeOff();
  const given = giveBack('left film', ask('release'));
  const takeOffAgain = want('left film');
  await answerNext();
  await given;
  takeOffAgain();

  expect(seen).toEqual(['claim']);
});

test('what was refused holds nobody up, and films do not wait for each other', async () => {
  const refused = inTurn('refused film', () => Promise.reject(new Error('taken')));
  const other = inTurn('another', () => Promise.resolve('mine'));

  await expect(refused).rejects.toThrow('taken');
  await expect(inTurn('refused film', () => Promise.resolve('mine'))).resolves.toBe('mine');
  await expect(other).resolves.toBe('mine');
});
