/** A secret that is in one answer and nowhere else: to be copied now, and closed by saying that one has it. */
import { Button, Group, Text } from '@mantine/core';
import { IconCopy } from '@tabler/icons-react';
import { useWords } from '../words';
import { copyText } from './copyText';
import styles from './ShownOnce.module.css';
import { kitWords } from './words';

interface ShownOnceProps {
  text: string;
  hint: string;
  copyFailed: string;
  haveIt: string;
  onClose: () => void;
}

export function ShownOnce({ text, hint, copyFailed, haveIt, onClose }: ShownOnceProps) {
  const kit = useWords(kitWords);
  return (
    <div className={styles.once}>
      <Text>{hint}</Text>
      <code className={styles.text}>{text}</code>
      <Group justify="flex-end">
        <Button
          variant="default"
          data-autofocus
          leftSection={<IconCopy size={18} />}
          onClick={() => copyText(text, kit.copied, copyFailed)}
        >
          {kit.copy}
        </Button>
        <Button onClick={onClose}>{haveIt}</Button>
      </Group>
    </div>
  );
}
