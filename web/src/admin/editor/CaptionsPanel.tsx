/** The subtitles of a show: what there is, and another file, looked at before it is sent. */
import { ActionIcon, Button, FileButton, TextInput } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { ProblemError } from '../../api/problem';
import { faultWords } from '../../forms/problemWords';
import { ownLanguageName } from '../../language/format';
import { useMessages } from '../../language/language';
import { Panel } from '../kit/Panel';
import { LanguageField } from '../shows/LanguageField';
import { useWords } from '../words';
import styles from './Editor.module.css';
import { type NewCaptions, removeCaptions, uploadCaptions } from './queries';
import type { Editing } from './useEditing';
import { useSideAction } from './useSideAction';
import { editorWords } from './words';

const PREVIEW_CHARACTERS = 600;

export function CaptionsPanel({ editing }: { editing: Editing }) {
  const words = useWords(editorWords);
  const { show } = editing;
  const removing = useSideAction(
    editing,
    (language: string) => removeCaptions(show.id, language),
    words.captionsDone,
  );
  return (
    <Panel title={words.captions}>
      {show.captions.length === 0 && <p className={styles.dim}>{words.noCaptions}</p>}
      <ul>
        {show.captions.map(({ language, label }) => (
          <li key={language} className={styles.row}>
            <span className={styles.grow}>
              {label} <span className={styles.dim}>({language})</span>
            </span>
            <ActionIcon
              variant="subtle"
              color="gray"
              aria-label={words.captionRemove(label)}
              disabled={removing.isPending}
              onClick={() => removing.mutate(language)}
            >
              <IconTrash size={18} />
            </ActionIcon>
          </li>
        ))}
      </ul>
      <NewCaptionsForm editing={editing} />
    </Panel>
  );
}

function NewCaptionsForm({ editing }: { editing: Editing }) {
  const words = useWords(editorWords);
  const messages = useMessages();
  const [file, setFile] = useState<File | null>(null);
  const [beginning, setBeginning] = useState('');
  const [language, setLanguage] = useState('');
  const [label, setLabel] = useState('');
  const sending = useSideAction(
    editing,
    (captions: NewCaptions) => uploadCaptions(editing.show.id, captions),
    words.captionsDone,
  );
  const refused = sending.error instanceof ProblemError ? sending.error.faults : [];
  const tagFault = refused.find(({ pointer }) => pointer.endsWith('/language'));
  const choose = (chosen: File | null) => {
    setFile(chosen);
    void chosen?.slice(0, PREVIEW_CHARACTERS).text().then(setBeginning);
  };
  const send = () => {
    if (file)
      sending.mutate(
        { file, language, label: label || ownLanguageName(language) },
        { onSuccess: () => setFile(null) },
      );
  };
  return (
    <div className={styles.rows}>
      <FileButton accept=".vtt,.srt" onChange={choose}>
        {(props) => (
          <Button variant="default" mt="sm" {...props}>
            {words.captionFile}
          </Button>
        )}
      </FileButton>
      {file && (
        <>
          <p className={styles.dim}>
            {words.captionPreview}: {file.name}
          </p>
          {/* A long file scrolls in here, and a keyboard must be able to. */}
          {/* eslint-disable-next-line jsx-a11y-x/no-noninteractive-tabindex */}
          <pre className={styles.preview} tabIndex={0} aria-label={words.captionPreview}>
            {beginning}
          </pre>
          <div className={styles.row}>
            <LanguageField
              className={styles.grow ?? ''}
              label={words.captionLanguage}
              value={language}
              error={tagFault && faultWords(tagFault, messages)}
              onChange={(tag) => {
                sending.reset();
                setLanguage(tag.trim());
              }}
            />
            <TextInput
              className={styles.grow ?? ''}
              label={words.captionLabel}
              placeholder={language && ownLanguageName(language)}
              value={label}
              onChange={(event) => setLabel(event.currentTarget.value)}
            />
            <Button disabled={!language} loading={sending.isPending} onClick={send}>
              {words.captionAdd}
            </Button>
          </div>
        </>
      )}
    </div>
  );
}
