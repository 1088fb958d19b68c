/** Single keys that do something as long as what uses them is shown, unless somebody types, or has switched them off. */
import { useEffect, useEffectEvent } from 'react';
import { isElsewhere } from '../../player/keys';
import { preferences } from '../../preferences/preferences';

export function useKeys(actions: Record<string, () => void>): void {
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    const act = actions[event.key.toLowerCase()];
    if (!act || isElsewhere(event)) return;
    event.preventDefault();
    act();
  });
  useEffect(() => {
    if (!preferences().singleKeys) return;
    const listen = (event: KeyboardEvent) => onKey(event);
    addEventListener('keydown', listen);
    return () => removeEventListener('keydown', listen);
  }, []);
}
