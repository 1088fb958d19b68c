/** Any stream, played and looked into; what is tested stands in the address, so that it can be handed on. */
import { Button, NativeSelect, TextInput } from '@mantine/core';
import { IconLink, IconTestPipe } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { type SubmitEvent, useState } from 'react';
import { useSearchParams } from 'react-router';
import { Emptiness } from '../../ui/Notice';
import { PageHead } from '../kit/PageHead';
import { useWords } from '../words';
import { copyText } from '../kit/copyText';
import { useOwnDocument } from './ownDocument';
import { testedShow } from './queries';
import { Test } from './Test';
import styles from './TesterPage.module.css';
import { testerWords } from './words';

export function TesterPage() {
  const words = useWords(testerWords);
  const ready = useOwnDocument();
  const [search, setSearch] = useSearchParams();
  const showId = search.get('show') ?? '';
  const show = useQuery(testedShow(showId)).data ?? null;
  const chosen = search.get('format') ?? '';
  const ownAddress =
    (chosen === 'dash' ? show?.dashSrcVideoURL : null) ?? show?.hlsSrcVideoURL ?? show?.dashSrcVideoURL;
  const address = search.get('url') ?? ownAddress ?? '';
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
          const isShow = show !== null && [show.hlsSrcVideoURL, show.dashSrcVideoURL].includes(url);
          setSearch({ ...(isShow ? { show: show.id } : { url }), ...(format && { format }) });
          setRun(run + 1);
        }}
      />
      {address === '' ? (
        !showId && <Emptiness title={words.nothingYet} hint={words.nothingYetHint} />
      ) : (
        <Test key={`${address} ${chosen} ${run}`} address={address} format={chosen} show={show} run={run} />
      )}
    </>
  );
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
