/** What a list is narrowed to, kept in the address: a reload, a link and the back button all show the same rows. */
import { useSearchParams } from 'react-router';

export interface Filters<Name extends string> {
  values: Record<Name, string>;
  /** Something narrows the list. */
  active: boolean;
  set: (changes: Partial<Record<Name, string>>) => void;
  clear: () => void;
}

/** `defaults` names the filters; one at its default does not stand in the address. */
export function useFilters<Name extends string>(defaults: Record<Name, string>): Filters<Name> {
  const [search, setSearch] = useSearchParams();
  const names = Object.keys(defaults) as Name[];
  const values = Object.fromEntries(
    names.map((name) => [name, search.get(name) ?? defaults[name]]),
  ) as Record<Name, string>;
  const write = (changes: Partial<Record<Name, string>>) => {
    setSearch(
      (before) => {
        const after = new URLSearchParams(before);
        for (const [name, value] of Object.entries(changes) as [Name, string][]) {
          if (value === defaults[name]) after.delete(name);
          else after.set(name, value);
        }
        return after;
      },
      { replace: true, preventScrollReset: true },
    );
  };
  return {
    values,
    active: names.some((name) => values[name] !== defaults[name]),
    set: write,
    clear: () => write(defaults),
  };
}
