/** What is asked for, out of the address and back into it; defaults are left out. */
import type { Facets, Sort } from '../shows/queries';

const SORTS: readonly Sort[] = ['latest', 'title', 'duration'];

export function facetsOf(search: URLSearchParams): Facets {
  return {
    q: search.get('q') ?? '',
    genre: search.get('genre') ?? '',
    sort: SORTS.find((sort) => sort === search.get('sort')) ?? 'latest',
  };
}

export function queryOf({ q, genre, sort }: Facets): Record<string, string> {
  return { ...(q && { q }), ...(genre && { genre }), ...(sort !== 'latest' && { sort }) };
}
