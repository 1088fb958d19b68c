/** One show, everything that can be said of it, and what has happened to it. */
import { useQuery } from '@tanstack/react-query';
import { useParams } from 'react-router';
import { Loaded } from '../kit/Loaded';
import { useMay } from '../staff';
import { Editor } from './Editor';
import { editedShow } from './queries';

export function EditorPage() {
  const { showId = '' } = useParams();
  const query = useQuery(editedShow(showId));
  const mayEdit = useMay('edit');
  return <Loaded query={query}>{(show) => <Editor key={showId} show={show} mayEdit={mayEdit} />}</Loaded>;
}
