/** The subtitles of a show: what there is, and another file; each is looked at over the film, a file before it is sent. */
import { ActionIcon, Button, FileButton, TextInput } from '@mantine/core';
import { IconEye, IconTrash } from '@tabler/icons-react';
import { lazy, Suspense, useState } from 'react';
import { ProblemError } from '../../api/problem';
import { faultWords } from '../../forms/problemWords';
import { ownLanguageName } from '../../language/format';
import { useMessages } from '../../language/language';
import { Panel } from '../kit/Panel';
import { LanguageField } from '../shows/LanguageField';
import { useWords } from '../words';
import type { ShownCaptions } from './CaptionsDialog';
import { captionsOfFile, captionsOfShow } from './captionText';
import styles from './Editor.module.css';
import { type NewCaptions, removeCaptions, uploadCaptions } from './queries';
import type { Editing } from './useEditing';
import { useSideAction } from './useSideAction';
import { editorWords } from './words';

const PREVIEW_CHARACTERS = 600;
// With the player, which is heavier than the rest of the page.
const CaptionsDialog = lazy(() =>
  import('./CaptionsDialog').then((module) => ({ default: module.CaptionsDialog })),
);

export function CaptionsPanel({ editing }: { editing: Editing }) {
  const words = useWords(editorWords);
  const { show } = editing;
  const hasFilm = show.hlsSrcVideoURL !== null || show.dashSrcVideoURL !== null;
  const [shown, setShown] = useState<ShownCaptions | null>(null);
  const removing = useSideAction(
    editing,
    (language: string) => removeCaptions(show.id, language),
    words.captionsDone,
  );
  return (
    <Panel title={words.captions}>
      {show.captions.length === 0 && <p className={styles.dim}>{words.noCaptions}</p>}
      <ul>
        {show.captions.map(({ language, label, url }) => (
          <li key={language} className={styles.row}>
            <span className={styles.grow}>
              {label} <span className={styles.dim}>({language})</span>
            </span>
            {hasFilm && (
              <ActionIcon
                variant="subtle"
                color="gray"
                aria-label={words.captionLook(label)}
                onClick={() =>
                  setShown({
                    name: label,
                    language,
                    key: url,
                    read: () => captionsOfShow(show.id, language),
                  })
                }
              >
                <IconEye size={18} />
              </ActionIcon>
            )}
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
      <NewCaptionsForm editing={editing} hasFilm={hasFilm} onLook={setShown} />
      {shown && (
        <Suspense>
          <CaptionsDialog show={show} hasFilm={hasFilm} captions={shown} onClose={() => setShown(null)} />
        </Suspense>
      )}
    </Panel>
  );
}

interface NewCaptionsFormProps {
  editing: Editing;
  hasFilm: boolean;
  onLook: (captions: ShownCaptions) => void;
}

function NewCaptionsForm({ editing, hasFilm, onLook }: NewCaptionsFormProps) {
  const words = useWords(editorWords);
  const messages = useMessages();
  const [file, setFile] = useState<File | null>(null);
  const [beginning, setBeginning] = useState('');
  const [language, setLanguage] = useState('');
  const [label, setLabel] = useState('');
  const tag = language.trim();
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
        { file, language: tag, label: label || ownLanguageName(tag) },
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
          <Button
            variant="default"
            leftSection={<IconEye size={18} />}
            onClick={() =>
              onLook({
                name: file.name,
                language,
                key: `${file.name} ${file.size} ${file.lastModified}`,
                read: () => captionsOfFile(file),
              })
            }
          >
            {hasFilm ? words.captionLookFirst : words.captionReadFirst}
          </Button>
          <div className={styles.row}>
            <LanguageField
              className={styles.grow ?? ''}
              label={words.captionLanguage}
              value={language}
              error={tagFault && faultWords(tagFault, messages)}
              onChange={(typed) => {
                sending.reset();
                setLanguage(typed);
              }}
            />
            <TextInput
              className={styles.grow ?? ''}
              label={words.captionLabel}
              placeholder={tag && ownLanguageName(tag)}
              value={label}
              onChange={(event) => setLabel(event.currentTarget.value)}
            />
            <Button disabled={!tag} loading={sending.isPending} onClick={send}>
              {words.captionAdd}
            </Button>
          </div>
        </>
      )}
    </div>
  );
}
