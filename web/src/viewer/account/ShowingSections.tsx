/** How films and words are shown on this device; each change counts at once. */
import { LANGUAGES, useMessages } from '../../language/language';
import { languageName } from '../../language/format';
import {
  type CaptionBackdrop,
  type CaptionSize,
  setPreferences,
  usePreferences,
} from '../../preferences/preferences';
import { SelectField, Switch } from '../../ui/Field';
import styles from './AccountPage.module.css';
import { Section } from './Section';

/** What captions can be asked for in; a film shows them where it has them. */
const CAPTION_LANGUAGES = [
  'ar',
  'de',
  'en',
  'es',
  'fr',
  'it',
  'ja',
  'ko',
  'nl',
  'pl',
  'pt',
  'ru',
  'sv',
  'tr',
  'uk',
  'zh',
];

export function PlaybackSection() {
  const words = useMessages();
  const { language, nextEpisodeByItself, singleKeys } = usePreferences();
  return (
    <Section title={words.playback}>
      <SelectField
        label={words.interfaceLanguage}
        value={language ?? ''}
        options={[['', words.followBrowser], ...Object.entries(LANGUAGES)]}
        onChoose={(chosen) => setPreferences({ language: chosen || null })}
      />
      <Switch
        label={words.nextEpisodeByItself}
        on={nextEpisodeByItself}
        onTurn={(on) => setPreferences({ nextEpisodeByItself: on })}
      />
      <Switch label={words.singleKeys} on={singleKeys} onTurn={(on) => setPreferences({ singleKeys: on })} />
    </Section>
  );
}

export function CaptionSection() {
  const words = useMessages();
  const { captionLanguage, captionSize, captionBackdrop } = usePreferences();
  const sizes: [CaptionSize, string][] = [
    ['small', words.sizeSmall],
    ['medium', words.sizeMedium],
    ['large', words.sizeLarge],
  ];
  const backdrops: [CaptionBackdrop, string][] = [
    ['none', words.backdropNone],
    ['shade', words.backdropShade],
    ['solid', words.backdropSolid],
  ];
  const languages = CAPTION_LANGUAGES.map((code): [string, string] => [code, languageName(code)]);
  return (
    <Section title={words.captionStyle}>
      <SelectField
        label={words.captionLanguage}
        value={captionLanguage ?? ''}
        options={[
          ['', words.captionsOff],
          ...languages.sort(([, one], [, other]) => one.localeCompare(other)),
        ]}
        onChoose={(chosen) => setPreferences({ captionLanguage: chosen || null })}
      />
      <div className={styles.pair}>
        <SelectField
          label={words.captionSize}
          value={captionSize}
          options={sizes}
          onChoose={(chosen) => setPreferences({ captionSize: chosen as CaptionSize })}
        />
        <SelectField
          label={words.captionBackdrop}
          value={captionBackdrop}
          options={backdrops}
          onChoose={(chosen) => setPreferences({ captionBackdrop: chosen as CaptionBackdrop })}
        />
      </div>
      <p className={styles.sample} data-size={captionSize} data-backdrop={captionBackdrop}>
        <span>{words.captionSample}</span>
      </p>
    </Section>
  );
}
