/** The sheet of keys. */
import { useMessages } from '../language/language';
import { Dialog } from '../ui/Dialog';

export function KeyboardHelp({ onClose }: { onClose: () => void }) {
  const words = useMessages();
  const keys: [keys: string[], does: string][] = [
    [[words.keys.space, 'K'], words.keys.playPause],
    [['←', '→', 'J', 'L'], words.keys.seek],
    [['↑', '↓'], words.keys.volume],
    [['M'], words.keys.mute],
    [['C'], words.keys.captions],
    [['F'], words.keys.fullScreen],
    [['P'], words.keys.pictureInPicture],
    [['0 – 9'], words.keys.jump],
    [[words.keys.home, words.keys.end], words.keys.ends],
    [['<', '>'], words.keys.speed],
    [[',', '.'], words.keys.frame],
    [['S'], words.keys.skip],
    [['N'], words.keys.next],
    [['?'], words.keys.help],
    [['Esc'], words.keys.leave],
  ];
  return (
    <Dialog title={words.keyboardHelp} closeLabel={words.close} onClose={onClose}>
      <dl className="player-keys">
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
    </Dialog>
  );
}
