/** Forgetting what was watched. */
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { api } from '../../api/client';
import { answered } from '../../api/problem';
import { watchedShows } from '../shows/queries';

/** Forgets one show or many; what is gone leaves the page at once. */
export function useForgetting() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (showIds: string[]) =>
      Promise.all(
        showIds.map((showId) =>
          answered(api.DELETE('/users/me/progress/{show_id}', { params: { path: { show_id: showId } } })),
        ),
      ),
    onSettled: () => cache.invalidateQueries({ queryKey: watchedShows.queryKey }),
  });
}
