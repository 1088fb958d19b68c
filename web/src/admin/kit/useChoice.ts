/** Which rows of a list are chosen, to do something with all of them. */
import { useState } from 'react';

export function useChoice<Row extends { id: string }>(pages: { items: Row[] }[] = []) {
  const [chosen, choose] = useState<ReadonlySet<string>>(new Set());
  return {
    selection: { chosen, choose },
    rows: pages.flatMap((page) => page.items).filter(({ id }) => chosen.has(id)),
    clear: () => choose(new Set()),
  };
}
