/** What stays in the corner across all pages while films are on their way, and takes what is dropped anywhere. */
import { UnstyledButton } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { IconChevronDown, IconChevronUp } from '@tabler/icons-react';
import { type RefObject, useEffect, useRef, useState } from 'react';
import { useLocation } from 'react-router';
import { useWords } from '../words';
import { DropCurtain } from './DropCurtain';
import { TransferRow } from './TransferRow';
import styles from './Tray.module.css';
import type { Transfer } from './transfer';
import { takeUpJobs } from './transfers';
import { useTransfers } from './useTransfers';
import { uploadWords } from './words';

const JOB_LISTS = ['ingest'];
const SHOW_LISTS = ['library', 'reviews', 'overview'];

export function Tray() {
  const transfers = useTransfers();
  const { pathname } = useLocation();
  useWarningBeforeLeaving(transfers.some(wouldBeLost));
  useTellingLists(JOB_LISTS, transfers.filter(({ job }) => job).length);
  useTellingLists(SHOW_LISTS, transfers.filter(({ stage }) => stage === 'ready').length);
  useEffect(() => {
    // What they are is told by the list of jobs too; nobody waits for it here.
    takeUpJobs().catch(() => undefined);
  }, []);
  return (
    <>
      <DropCurtain />
      {transfers.length > 0 && pathname !== '/uploads' && <Corner transfers={transfers} />}
    </>
  );
}

function Corner({ transfers }: { transfers: readonly Transfer[] }) {
  const words = useWords(uploadWords);
  const [open, setOpen] = useState(true);
  const corner = useRef<HTMLElement>(null);
  useTellingSize(corner);
  const count = (stage: Transfer['stage']) => transfers.filter((each) => each.stage === stage).length;
  const [done, failed] = [count('ready'), count('failed')];
  return (
    <section ref={corner} className={styles.tray} aria-label={words.tray}>
      <UnstyledButton className={styles.head ?? ''} aria-expanded={open} onClick={() => setOpen(!open)}>
        <span role="status">{words.summary(transfers.length - done - failed, done, failed)}</span>
        {open ? <IconChevronDown size={20} /> : <IconChevronUp size={20} />}
      </UnstyledButton>
      {open && (
        <ul className={styles.rows}>
          {transfers.map((transfer) => (
            <TransferRow key={transfer.key} transfer={transfer} />
          ))}
        </ul>
      )}
    </section>
  );
}

/** As variables of the page, for what else stands at its foot: beside this or above it, not under it. */
function useTellingSize(corner: RefObject<HTMLElement | null>) {
  useEffect(() => {
    if (!corner.current) return;
    const { style } = document.documentElement;
    const observer = new ResizeObserver(([entry]) => {
      const size = entry?.borderBoxSize[0];
      style.setProperty('--tray-height', `${size?.blockSize ?? 0}px`);
      style.setProperty('--tray-width', `${size?.inlineSize ?? 0}px`);
    });
    observer.observe(corner.current);
    return () => {
      observer.disconnect();
      style.removeProperty('--tray-height');
      style.removeProperty('--tray-width');
    };
  }, [corner]);
}

/** What has become a job or a show stands in its lists at once. */
function useTellingLists(lists: string[], count: number) {
  const cache = useQueryClient();
  useEffect(() => {
    if (count === 0) return;
    for (const list of lists) void cache.invalidateQueries({ queryKey: ['mine', list] });
  }, [cache, count, lists]);
}

/** Till a film is whole at the server, closing the page stops it. */
function wouldBeLost({ stage, job }: Transfer): boolean {
  return !job && stage !== 'failed';
}

function useWarningBeforeLeaving(needed: boolean) {
  useEffect(() => {
    if (!needed) return;
    const warn = (event: BeforeUnloadEvent) => event.preventDefault();
    addEventListener('beforeunload', warn);
    return () => removeEventListener('beforeunload', warn);
  }, [needed]);
}
