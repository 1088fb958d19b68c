/** The form of a show with its pictures, subtitles and history beside it. */
import { Button } from '@mantine/core';
import type { SubmitEvent } from 'react';
import type { Show } from '../../api/types';
import { problemWords } from '../../forms/problemWords';
import { useMessages } from '../../language/language';
import { FaultNotice } from '../../ui/Notice';
import { BackLink } from '../kit/BackLink';
import { PageHead } from '../kit/PageHead';
import { useFaultInSight } from '../kit/useFaultInSight';
import { Panel } from '../kit/Panel';
import { ShowFields } from '../shows/ShowFields';
import { textFaults } from '../shows/showText';
import { StateBadge } from '../shows/StateBadge';
import { showWords } from '../shows/words';
import { useWords } from '../words';
import { CaptionsPanel } from './CaptionsPanel';
import { ConflictDialog } from './ConflictDialog';
import styles from './Editor.module.css';
import { HistoryPanel } from './HistoryPanel';
import { LeaveGuard } from './LeaveGuard';
import { MarkerFields } from './MarkerFields';
import { PosterPanel } from './PosterPanel';
import { ShowActions } from './ShowActions';
import { StreamFields } from './StreamFields';
import { useEditing } from './useEditing';
import { editorWords } from './words';

export function Editor({ show: first, mayEdit }: { show: Show; mayEdit: boolean }) {
  const words = useWords(editorWords);
  const about = useWords(showWords);
  const messages = useMessages();
  const editing = useEditing(first);
  const { show, draft, changed, saving, clash } = editing;
  const form = useFaultInSight(saving.error);
  const faults = textFaults(saving.error, messages);
  const save = (event: SubmitEvent) => {
    event.preventDefault();
    if (changed.length > 0) editing.save();
  };
  return (
    <>
      <PageHead
        name={show.title}
        hint={<StateBadge show={show} />}
        above={<BackLink to="/shows">{words.toLibrary}</BackLink>}
      >
        {mayEdit && <ShowActions editing={editing} />}
      </PageHead>
      <div className={styles.columns}>
        <form ref={form} onSubmit={save} noValidate className={styles.form}>
          <h2 className="visually-hidden">{show.title}</h2>
          <fieldset disabled={!mayEdit} className={styles.fields} aria-label={about.about}>
            {saving.error && Object.keys(faults).length === 0 && (
              <FaultNotice words={problemWords(saving.error, messages)} />
            )}
            <ShowFields text={draft} faults={faults} onChange={editing.change} />
            <MarkerFields
              markers={draft.markers}
              fault={saving.error ? (faults as Record<string, string>).markers : undefined}
              onChange={(markers) => editing.change({ markers })}
            />
            <StreamFields draft={draft} faults={faults} hint={words.streamsHint} onChange={editing.change} />
          </fieldset>
          {changed.length > 0 && (
            <div className={styles.bar}>
              <span role="status">{words.unsaved}</span>
              <Button variant="subtle" color="gray" onClick={editing.discard}>
                {words.discard}
              </Button>
              <Button type="submit" loading={saving.isPending}>
                {words.save}
              </Button>
            </div>
          )}
        </form>
        <div className={styles.aside}>
          {mayEdit && <PosterPanel editing={editing} />}
          {mayEdit && <CaptionsPanel editing={editing} />}
          <Panel title={words.history}>
            <HistoryPanel showId={show.id} />
          </Panel>
        </div>
      </div>
      {clash && <ConflictDialog editing={editing} />}
      <LeaveGuard dirty={changed.length > 0} />
    </>
  );
}
