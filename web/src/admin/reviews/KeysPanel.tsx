/** The keys of the bench: everything on it can be done with them. */
import { preferences } from '../../preferences/preferences';
import { Panel } from '../kit/Panel';
import { useWords } from '../words';
import styles from './KeysPanel.module.css';
import { reviewWords } from './words';

export function KeysPanel() {
  const words = useWords(reviewWords);
  const keys: [names: string[], does: string][] = [
    [['K'], `${words.play} / ${words.pause}`],
    [['J', 'L'], `${words.back10} / ${words.on10}`],
    [[',', '.'], `${words.frameBack} / ${words.frameOn}`],
    [['<', '>'], words.speed],
    [['[', ']'], `${words.previousFinding} / ${words.nextFinding}`],
    [['A'], words.approve],
    [['R'], words.reject],
    [['N'], words.next],
    [['U'], words.takeBack],
  ];
  return (
    <div className={styles.panel}>
      <Panel title={words.keys}>
        {!preferences().singleKeys && <p>{words.keysOff}</p>}
        <dl className={styles.keys}>
          {keys.map(([names, does]) => (
            <div key={does}>
              <dt>
                {names.map((name) => (
                  <kbd key={name}>{name}</kbd>
                ))}
              </dt>
              <dd>{does}</dd>
            </div>
          ))}
        </dl>
      </Panel>
    </div>
  );
}
