/** Any stream, played and looked into; what is tested stands in the address, so that it can be handed on. */
import { Button, NativeSelect, TextInput } from '@mantine/core';
import { IconLink, IconTestPipe } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { type SubmitEvent, useState } from 'react';
import { useSearchParams } from 'react-router';
import type { Show } from '../../api/types';
import { Emptiness } from '../../ui/Notice';
import { PageHead } from '../kit/PageHead';
import { useWords } from '../words';
import { copyText } from '../kit/copyText';
import { useOwnDocument } from './ownDocument';
import { jobBehind } from './hurdles';
import { showBehindJob, testedShow } from './queries';
import { Test } from './Test';
import styles from './TesterPage.module.css';
import { testerWords } from './words';

export function TesterPage() {
  const words = useWords(testerWords);
  const ready = useOwnDocument();
  const [search, setSearch] = useSearchParams();
  const showId = search.get('show') ?? '';
  const asked = useQuery(testedShow(showId)).data ?? null;
  const pasted = search.get('url') ?? '';
  const behind = useQuery(showBehindJob(jobBehind(pasted, location)));
  // Our own media play with a grant only: with that of the show whose stream the address is, if it is one's.
  const show = asked ?? (behind.data && isOf(behind.data, pasted) ? behind.data : null);
  const chosen = search.get('format') ?? '';
  const ownAddress =
    (chosen === 'dash' ? show?.dashSrcVideoURL : null) ?? show?.hlsSrcVideoURL ?? show?.dashSrcVideoURL;
  const address = pasted || (ownAddress ?? '');
  const [run, setRun] = useState(0);
  if (!ready) return null;
  return (
    <>
      <PageHead name={words.tester} hint={show ? words.ofShow(show.title) : words.hint}>
        {address && (
          <Button
            variant="default"
            leftSection={<IconLink size={18} />}
            onClick={() => copyText(location.href, words.shared, words.copyFailed)}
          >
            {words.share}
          </Button>
        )}
      </PageHead>
      <AddressForm
        key={address}
        address={address}
        format={chosen}
        onTest={(url, format) => {
          const isAsked = asked !== null && isOf(asked, url);
          setSearch({ ...(isAsked ? { show: asked.id } : { url }), ...(format && { format }) });
          setRun(run + 1);
        }}
      />
      {address === '' ? (
        !showId && <Emptiness title={words.nothingYet} hint={words.nothingYetHint} />
      ) : behind.isLoading ? null : (
        <Test key={`${address} ${chosen} ${run}`} address={address} format={chosen} show={show} run={run} />
      )}
    </>
  );
}

function isOf(show: Show, address: string): boolean {
  return [show.hlsSrcVideoURL, show.dashSrcVideoURL].includes(address);
}

interface AddressFormProps {
  address: string;
  format: string;
  onTest: (address: string, format: string) => void;
}

function AddressForm({ address, format, onTest }: AddressFormProps) {
  const words = useWords(testerWords);
  const [text, setText] = useState(address);
  const [wanted, setWanted] = useState(format);
  const [refused, setRefused] = useState(false);
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const url = URL.parse(text.trim());
    const fits = url !== null && ['http:', 'https:'].includes(url.protocol);
    setRefused(!fits);
    if (fits) onTest(text.trim(), wanted);
  };
  return (
    <form className={styles.form} onSubmit={submit} noValidate>
      <TextInput
        className={styles.address ?? ''}
        label={words.address}
        placeholder="https://example.org/film/master.m3u8"
        description={words.addressHint}
        inputMode="url"
        autoComplete="off"
        spellCheck={false}
        value={text}
        error={refused && words.addressFault}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <NativeSelect
        label={words.format}
        value={wanted}
        data={[
          { value: '', label: words.auto },
          { value: 'hls', label: 'HLS' },
          { value: 'dash', label: 'DASH' },
        ]}
        onChange={(event) => setWanted(event.currentTarget.value)}
      />
      <Button className={styles.go ?? ''} type="submit" leftSection={<IconTestPipe size={18} />}>
        {words.test}
      </Button>
    </form>
  );
}
