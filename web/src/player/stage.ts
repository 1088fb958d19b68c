/** The picture's place in the page. */

interface Stage {
  host: HTMLElement;
  title: string;
  posterURL: string | null;
}

/** Shaka owns every node that it adds: a container made by hand, which React never renders into. */
export function makeStage({ host, title, posterURL }: Stage) {
  const container = document.createElement('div');
  container.className = 'player-stage';
  const video = document.createElement('video');
  video.playsInline = true;
  video.setAttribute('aria-label', title);
  if (posterURL) video.poster = posterURL;
  container.append(video);
  host.replaceChildren(container);
  return { container, video };
}
