/** What of a film lies at the server already, as far as it is of this very file. */
import SparkMD5 from 'spark-md5';
import type { Upload } from '../../api/types';

/** Numbers of the parts that have arrived, with their ETags. */
export type Arrived = Map<number, string>;

export function partOf(file: Blob, number: number, partSize: number): Blob {
  return file.slice((number - 1) * partSize, number * partSize);
}

export function sizeOfPart(number: number, size: number, partSize: number): number {
  return Math.min(partSize, size - (number - 1) * partSize);
}

export function partNumbers(size: number, partSize: number): number[] {
  return Array.from({ length: Math.ceil(size / partSize) }, (_, index) => index + 1);
}

/**
 * The parts that need not be sent again. A file of the same name and length may have been cut anew: its first and last
 * parts are compared (an ETag is the MD5 of a part), and where they differ everything is sent.
 */
export async function arrivedOf(upload: Upload, file: Blob): Promise<Arrived> {
  const whole = upload.parts.filter(
    ({ partNumber, size }) => size === sizeOfPart(partNumber, upload.size, upload.partSize),
  );
  for (const part of new Set([whole.at(0), whole.at(-1)])) {
    if (part && (await md5(partOf(file, part.partNumber, upload.partSize))) !== part.etag) return new Map();
  }
  return new Map(whole.map(({ partNumber, etag }) => [partNumber, etag]));
}

async function md5(part: Blob): Promise<string> {
  return SparkMD5.ArrayBuffer.hash(await part.arrayBuffer());
}
