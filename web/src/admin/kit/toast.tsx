/** Short word of what has happened, at the top of every page; one that offers a way back stays until it is closed. */
import { Button, Group } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconAlertTriangle, IconCheck } from '@tabler/icons-react';
import { problemWords } from '../../forms/problemWords';
import { currentLanguage } from '../../language/language';
import type { Messages } from '../../language/messages/en';
import { wordsIn } from '../words';
import { useKeys } from './useKeys';
import { kitWords } from './words';

export interface WayBack {
  label: string;
  /** A single key that does the same as long as the word stands, in lower case. */
  key?: string;
  run: () => void;
}

function closeButton() {
  return { closeButtonProps: { 'aria-label': wordsIn(kitWords, currentLanguage()).dismiss } };
}

const READ_MILLISECONDS = 5000;
/** Long enough to notice that it was the wrong one. */
const REGRET_MILLISECONDS = 15_000;

let said = 0;
/** Of several ways back that stand at once, the key is the newest one's. */
let newest = '';

export function sayDone(words: string, wayBack?: WayBack): void {
  const id = `done-${++said}`;
  if (wayBack) newest = id;
  notifications.show({
    id,
    color: 'tungsten',
    icon: <IconCheck size={18} />,
    autoClose: wayBack ? REGRET_MILLISECONDS : READ_MILLISECONDS,
    withBorder: true,
    ...closeButton(),
    role: 'status',
    message: wayBack ? <Regrettable id={id} words={words} wayBack={wayBack} /> : words,
  });
}

function Regrettable({ id, words, wayBack }: { id: string; words: string; wayBack: WayBack }) {
  const { label, key } = wayBack;
  const goBack = () => {
    notifications.hide(id);
    wayBack.run();
  };
  const goBackByKey = () => {
    if (id === newest) goBack();
  };
  useKeys(key ? { [key]: goBackByKey } : {});
  return (
    <Group justify="space-between" wrap="nowrap">
      <span>{words}</span>
      <Button
        size="compact-sm"
        variant="light"
        flex="none"
        aria-keyshortcuts={key?.toUpperCase()}
        title={key && `${label} (${key.toUpperCase()})`}
        onClick={goBack}
      >
        {label}
      </Button>
    </Group>
  );
}

export function sayFault(words: string): void {
  notifications.show({
    color: 'red',
    icon: <IconAlertTriangle size={18} />,
    autoClose: REGRET_MILLISECONDS,
    withBorder: true,
    ...closeButton(),
    role: 'alert',
    message: words,
  });
}

/** Says what the API refused, or that it could not be reached. */
export function sayProblem(error: unknown, messages: Messages): void {
  sayFault(problemWords(error, messages));
}
