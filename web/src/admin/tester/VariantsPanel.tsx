/** Every rendition that the browser could play: hold one, or let the player choose. */
import { Radio } from '@mantine/core';
import { useState } from 'react';
import { useLanguage } from '../../language/language';
import type { ShakaEngine } from '../../player/shakaEngine';
import { Badge } from '../kit/Badge';
import { Panel } from '../kit/Panel';
import { useWords } from '../words';
import { chooseVariant, type Variant } from './measuring';
import { sayBits } from './sayBits';
import styles from './VariantsPanel.module.css';
import { testerWords } from './words';

const AUTOMATIC = 'auto';

export function VariantsPanel({ engine, variants }: { engine: ShakaEngine | null; variants: Variant[] }) {
  const words = useWords(testerWords);
  const language = useLanguage();
  const [chosen, setChosen] = useState(AUTOMATIC);
  if (!engine || variants.length === 0) return null;
  const choose = (value: string) => {
    setChosen(value);
    chooseVariant(engine, value === AUTOMATIC ? null : Number(value));
  };
  return (
    <Panel title={words.variants}>
      <Radio.Group label={words.variantsHint} value={chosen} onChange={choose}>
        <div className={styles.variants}>
          <Radio value={AUTOMATIC} label={words.automatic} />
          {variants.map((variant) => (
            <div key={variant.id} className={styles.variant}>
              <Radio
                value={String(variant.id)}
                label={`${variant.height ? `${variant.width ?? '?'} × ${variant.height}, ` : ''}${sayBits(variant.bits, language)}`}
                description={[
                  variant.codecs,
                  variant.frameRate && `${Math.round(variant.frameRate)} fps`,
                  variant.language !== 'und' && variant.language,
                ]
                  .filter(Boolean)
                  .join(' · ')}
              />
              {variant.active && <Badge tone="good">{words.playing}</Badge>}
            </div>
          ))}
        </div>
      </Radio.Group>
    </Panel>
  );
}
