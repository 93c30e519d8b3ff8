/** A multipart/form-data POST as browsers send it: the fields first, then the file as a stream. What follows the file is ignored. */
import type { IncomingMessage } from 'node:http';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Busboy, type BusboyInstance } from '@fastify/busboy';
import { S3Error } from './errors.ts';

export type PostForm = {
  /** By lower-case name; of a name given twice the first counts. */
  fields: Map<string, string>;
  /** As the browser named it, without folders. */
  fileName: string;
  file: Readable;
  /** Settles when the whole request was read; rejects when it was cut or malformed. */
  read: Promise<void>;
};

/** S3 takes 20 KB of fields before the file. */
const mostFieldBytes = 20 * 1024;
const mostFields = 100;

const malformed = (why: string): S3Error =>
  new S3Error(
    'MalformedPOSTRequest',
    `The body of your POST request is not well-formed multipart/form-data. ${why}`,
  );

const parserFor = (request: IncomingMessage): BusboyInstance => {
  const type = request.headers['content-type'] ?? '';
  try {
    return new Busboy({
      headers: { ...request.headers, 'content-type': type },
      limits: { fieldSize: mostFieldBytes, fields: mostFields, files: 1 },
      isPartAFile: (name) => name?.toLowerCase() === 'file',
    });
  } catch (error) {
    throw malformed(error instanceof Error ? error.message : '');
  }
};

/** Resolves at the beginning of the file; the caller reads or destroys the stream. */
export const readPostForm = (request: IncomingMessage): Promise<PostForm> => {
  const parser = parserFor(request);
  const fields = new Map<string, string>();
  let size = 0;
  return new Promise((resolve, reject) => {
    parser.on('field', (name, value, nameCut, valueCut) => {
      size += name.length + value.length;
      if (nameCut || valueCut || size > mostFieldBytes) {
        reject(
          new S3Error(
            'MaxPostPreDataLengthExceeded',
            'Your POST request fields preceding the file were too large.',
          ),
        );
      }
      const field = name.toLowerCase();
      if (!fields.has(field)) fields.set(field, value);
    });
    parser.on('file', (_name, file, fileName) => {
      // Whoever reads the file hears of its end; when nobody does any more, an error of it must not end the home.
      file.on('error', () => undefined);
      read.catch((error: unknown) => file.destroy(error instanceof Error ? error : malformed('')));
      resolve({ fields: new Map(fields), fileName: fileName ?? '', file, read });
    });
    const read = pipeline(request, parser).catch((error: unknown) => {
      throw error instanceof S3Error ? error : malformed(error instanceof Error ? error.message : '');
    });
    read.then(
      () => reject(new S3Error('InvalidArgument', 'POST requires exactly one file upload per request.')),
      reject,
    );
  });
};
