/** What Shaka's controls lack for people with a keyboard or a screen reader. */
import type shaka from 'shaka-player/dist/shaka-player.ui-es2021';
import { clock } from '../language/format';

/** Mends until the returned function is called. `seekValue` puts "1:20 of 42:00" into words. */
export function makeControlsAccessible(
  container: HTMLElement,
  controls: shaka.ui.Controls,
  video: HTMLVideoElement,
  seekValue: (at: string, of: string) => string,
): () => void {
  // A button of the advertising part that is never shown, and has no name.
  container.querySelector('.shaka-ad-info')?.setAttribute('aria-label', 'Ad');
  const seekBar = container.querySelector('.shaka-seek-bar');
  const sayPosition = () => {
    const of = Number.isFinite(video.duration) ? video.duration : 0;
    seekBar?.setAttribute('aria-valuetext', seekValue(clock(video.currentTime), clock(of)));
  };
  // Faded-out sliders are disabled: a Tab brings them back before it moves on.
  const showOnTab = (event: KeyboardEvent) => {
    if (event.key === 'Tab') controls.showUI();
  };
  // Before anybody else hears of it: what is left by Escape is the menu, wherever the focus is, and not the player.
  const closeOnEscape = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' || !controls.anySettingsMenusAreOpen()) return;
    event.stopImmediatePropagation();
    controls.hideSettingsMenus();
    container.querySelector<HTMLElement>('.shaka-overflow-menu-button')?.focus();
  };
  video.addEventListener('timeupdate', sayPosition);
  addEventListener('keydown', closeOnEscape, true);
  addEventListener('keydown', showOnTab, true);
  return () => {
    video.removeEventListener('timeupdate', sayPosition);
    removeEventListener('keydown', closeOnEscape, true);
    removeEventListener('keydown', showOnTab, true);
  };
}
