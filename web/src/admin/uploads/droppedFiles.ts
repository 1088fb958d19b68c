/** The files that somebody let go of or chose, folders gone through, and which of them may be films. */

const NAMES = /\.(mp4|m4v|mov|mkv|webm|avi|mpg|mpeg|mts|m2ts|ts|wmv|asf|mxf|ogv|ogg|flv|3gp|vob)$/i;
const PLAYLIST = 'mpegurl';

export function isFilm(file: File): boolean {
  return (file.type.startsWith('video/') && !file.type.endsWith(PLAYLIST)) || NAMES.test(file.name);
}

/** Every file in what was dropped, however deep. To be called in the event itself: afterwards the browser forgets. */
export async function droppedFiles(data: DataTransfer): Promise<File[]> {
  // What does not come from a folder of the system, such as a picture out of a page, is a file and no entry.
  const entries = [...data.items].map((item) => item.webkitGetAsEntry() ?? item.getAsFile());
  const found = await Promise.all(entries.flatMap((entry) => (entry ? [filesBelow(entry)] : [])));
  return found.flat();
}

async function filesBelow(entry: FileSystemEntry | File): Promise<File[]> {
  if (entry instanceof File) return [entry];
  if (entry.name.startsWith('.')) return [];
  if (isFileEntry(entry)) return [await new Promise<File>((resolve, reject) => entry.file(resolve, reject))];
  const below = await entriesIn((entry as FileSystemDirectoryEntry).createReader());
  return (await Promise.all(below.map(filesBelow))).flat();
}

function isFileEntry(entry: FileSystemEntry): entry is FileSystemFileEntry {
  return entry.isFile;
}

/** A reader gives a hundred at a time, and nothing at the end. */
async function entriesIn(reader: FileSystemDirectoryReader): Promise<FileSystemEntry[]> {
  const some = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject));
  return some.length === 0 ? [] : [...some, ...(await entriesIn(reader))];
}
